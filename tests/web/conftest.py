"""A published course for the tests of pages, and browsers of its people."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.support.builders import Classroom, find_classroom, make_classroom
from tests.support.fixtures import classroom_template, postgres_classroom, postgres_template, settings
from tests.support.people import browser_of

__all__ = [
    "browse",
    "classroom",
    "classroom_template",
    "postgres_classroom",
    "postgres_template",
    "settings",
]


@pytest.fixture
def classroom(store, tmp_path, now) -> Classroom:
    """Return the course with its people; nothing is held, pages can be asked for."""
    with store() as session:
        if (tmp_path / "library").is_dir():
            return find_classroom(session, tmp_path / "library")
        return make_classroom(session, tmp_path, now)


@pytest.fixture
def browse(app, classroom) -> Callable[[str], FlaskClient]:
    """Return a function that gives a signed-in browser: ``browse("student")``; "" is nobody's."""

    def browser(who: str) -> FlaskClient:
        return browser_of(app, getattr(classroom, who).id) if who else app.test_client()

    return browser
