"""A published course for the tests of operations."""

import pytest

from tests.support.builders import Classroom, find_classroom, make_classroom
from tests.support.fixtures import classroom_template, postgres_classroom, postgres_template, settings
from tests.support.watching import attempt, exam, hall, order, others, sit, student, verified

__all__ = [
    "attempt",
    "classroom",
    "classroom_template",
    "exam",
    "hall",
    "order",
    "others",
    "postgres_classroom",
    "postgres_template",
    "settings",
    "sit",
    "student",
    "verified",
]


@pytest.fixture
def classroom(session, tmp_path, now) -> Classroom:
    """Return the course with its people."""
    if (tmp_path / "library").is_dir():
        return find_classroom(session, tmp_path / "library")
    return make_classroom(session, tmp_path, now)
