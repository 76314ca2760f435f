"""A published course for the tests of operations."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.settings import Settings
from app.web.application import configuration
from app.web.clock import start_chance, start_clock
from app.web.database import database, init_database
from tests.support.builders import Classroom, find_classroom, make_classroom
from tests.support.chance import randbits
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
def app(settings: Settings) -> Iterator[Flask]:
    """Return an application that has a database of this test alone and no pages: nobody asks for one."""
    app = Flask("app", static_folder=None)
    app.config.from_mapping(configuration(settings))
    start_clock(app, settings.now)
    start_chance(app, randbits)
    init_database(app, settings)
    yield app
    with app.app_context():
        database().close()


@pytest.fixture
def classroom(session, tmp_path, now) -> Classroom:
    """Return the course with its people."""
    if (tmp_path / "library").is_dir():
        return find_classroom(session, tmp_path / "library")
    return make_classroom(session, tmp_path, now)
