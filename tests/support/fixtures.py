"""Fixtures of a published course: made once, its database copied for each test that names ``classroom``."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from app.factory import create_app
from app.settings import Settings
from app.web.database import database, writing
from tests.conftest import START
from tests.support.builders import make_classroom
from tests.support.instance import copy_template, make_settings
from tests.support.postgres import run_sql


@pytest.fixture(scope="session")
def classroom_template(tmp_path_factory: pytest.TempPathFactory, template_database: Path) -> Path:
    """Return a folder that holds the database and the library of a course."""
    folder = tmp_path_factory.mktemp("classroom")
    copy_template(template_database, folder / "instance")
    fill(folder, lambda session: make_classroom(session, folder, START))
    return folder


@pytest.fixture(scope="session")
def postgres_classroom(tmp_path_factory: pytest.TempPathFactory, postgres_cluster: str) -> Path:
    """Fill the database ``classroom`` with a course; return the folder that holds its library."""
    folder = tmp_path_factory.mktemp("classroom-on-postgres")
    run_sql(postgres_cluster, "CREATE DATABASE classroom TEMPLATE template")
    url = f"{postgres_cluster}classroom"
    fill(folder, lambda session: make_classroom(session, folder, START), DATABASE_URL=url)
    return folder


@pytest.fixture
def postgres_template(request: pytest.FixtureRequest) -> str:
    """Let a test that names ``classroom`` have a copy of the database with the course."""
    if "classroom" not in request.fixturenames:
        return "template"
    request.getfixturevalue("postgres_classroom")
    return "classroom"


def fill(folder: Path, make: Callable[[Session], object], **environ: str) -> None:
    """Let a function make something in the database of a template."""
    app = create_app(make_settings(folder / "instance", **environ))
    with app.app_context():
        with writing() as session:
            make(session)
        database().close()


@pytest.fixture
def settings(settings: Settings, request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Put the course's database in place of the empty one where a test asks for it."""
    if "classroom" not in request.fixturenames:
        return settings
    on_sqlite = settings.database_url.startswith("sqlite")
    on_file = "drilled" if "drilled" in request.fixturenames else "classroom_template"
    template: Path = request.getfixturevalue(on_file if on_sqlite else "postgres_classroom")
    if on_sqlite:
        shutil.copyfile(template / "instance" / "casehall.db", settings.instance / "casehall.db")
    shutil.copytree(template / "library", tmp_path / "library")
    return settings
