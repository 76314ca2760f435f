"""A published course for the tests of operations."""

import pytest

from tests.support.builders import Classroom, find_classroom, make_classroom
from tests.support.fixtures import classroom_template, settings

__all__ = ["classroom", "classroom_template", "settings"]


@pytest.fixture
def classroom(session, tmp_path, now) -> Classroom:
    """Return the course with its people."""
    if (tmp_path / "library").is_dir():
        return find_classroom(session, tmp_path / "library")
    return make_classroom(session, tmp_path, now)
