"""Fixtures of a published course: made once, its database copied for each test that names ``classroom``."""

import shutil
from pathlib import Path

import pytest

from app.factory import create_app
from app.settings import Settings
from app.web.database import database, writing
from tests.conftest import START
from tests.support.builders import make_classroom
from tests.support.instance import copy_template, make_settings


@pytest.fixture(scope="session")
def classroom_template(tmp_path_factory: pytest.TempPathFactory, template_database: Path) -> Path:
    """Return a folder that holds the database and the library of a course."""
    folder = tmp_path_factory.mktemp("classroom")
    copy_template(template_database, folder / "instance")
    app = create_app(make_settings(folder / "instance"))
    with app.app_context():
        with writing() as session:
            make_classroom(session, folder, START)
        database().close()
    return folder


@pytest.fixture
def settings(settings: Settings, request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Put the course's database in place of the empty one where a test asks for it."""
    if "classroom" in request.fixturenames and settings.database_url.startswith("sqlite"):
        template: Path = request.getfixturevalue("classroom_template")
        shutil.copyfile(template / "instance" / "casehall.db", settings.instance / "casehall.db")
        shutil.copytree(template / "library", tmp_path / "library")
    return settings
