"""A published course for the tests of pages, and browsers of its people."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.settings import Settings
from tests.support.application import own_application
from tests.support.builders import Classroom, Texts, find_classroom, make_classroom, publish_texts
from tests.support.fixtures import classroom_template, postgres_classroom, postgres_template, settings
from tests.support.people import browser_of
from tests.web.drills import drilled

__all__ = [
    "browse",
    "classroom",
    "classroom_template",
    "drilled",
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
def own_app(settings: Settings) -> Iterator[Flask]:
    """Return an application to which a test can add."""
    with own_application(settings) as app:
        yield app


@pytest.fixture
def browse(app, classroom) -> Callable[[str], FlaskClient]:
    """Return a function that gives a signed-in browser: ``browse("student")``; "" is nobody's."""

    def browser(who: str) -> FlaskClient:
        return browser_of(app, getattr(classroom, who).id) if who else app.test_client()

    return browser


@pytest.fixture
def home(classroom: Classroom) -> str:
    """Return the address of the offering."""
    return f"/teach/offerings/{classroom.offering.public_id}"


@pytest.fixture
def publish(
    store: Callable[[], AbstractContextManager[Session]], classroom: Classroom, now: datetime
) -> Callable[[Texts], None]:
    """Return a function that changes files of the course and loads them."""

    def act(texts: Texts) -> None:
        with store() as session:
            publish_texts(session, classroom.library, texts, now)

    return act
