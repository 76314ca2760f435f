"""Fixtures: an instance with a migrated database, its application, a client, a session, the clock."""

import gc
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.settings import Settings
from app.web.database import writing
from tests.support import postgres
from tests.support.application import application_on
from tests.support.chance import begin_chance
from tests.support.detail_names import ask_for_names
from tests.support.instance import copy_template, make_settings, make_template
from tests.support.postgres_reuse import Databases
from tests.support.routes import share_routes
from tests.support.statements import share_statements

# Examples are judged by what they give, never by how long a busy machine takes. The same commit
# gets the same examples each time, so that a red run can be had again; `make fuzz` draws new ones.
hypothesis.settings.register_profile("casehall", deadline=None, derandomize=True)
hypothesis.settings.register_profile("fuzz", deadline=None, derandomize=False, print_blob=True)
hypothesis.settings.load_profile("casehall")

share_routes()
share_statements()
ask_for_names()

# every test has an application of its own: looked through less often, they cost a tenth less
gc.set_threshold(20_000, 50, 10)

#: a Monday in term, 08:00 in Shanghai
START = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let all tests run on PostgreSQL too: ``pytest tests/operations --database=postgresql``."""
    parser.addoption("--database", choices=["sqlite", "postgresql"], default="sqlite")


def pytest_collection_finish() -> None:
    """Look no more through the thousands of tests for garbage: they stay until the end."""
    gc.freeze()


@pytest.fixture(autouse=True)
def _chance(request: pytest.FixtureRequest) -> None:
    """Let each test draw numbers of its own, the same ones each time: ids, seeds, passwords."""
    begin_chance(request.node.nodeid)


@pytest.fixture(scope="session")
def template_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a migrated SQLite file, made once for all tests."""
    return make_template(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def postgres_cluster(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[str]:
    """Run a PostgreSQL for all tests, with a migrated database ``template``; give its address.

    Where all operations run on it, it does not wait for the disk: nobody takes its power away.
    """
    programs = postgres.find_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed here")
    is_durable = pytestconfig.getoption("--database") != "postgresql"
    with postgres.cluster(programs, is_durable=is_durable) as address:
        postgres.run_sql(address, "CREATE DATABASE template")
        make_template(tmp_path_factory.mktemp("postgres"), DATABASE_URL=f"{address}template")
        yield address


@pytest.fixture
def postgres_template() -> str:
    """Return the name of the database that each test gets a copy of."""
    return "template"


@pytest.fixture
def postgres_url(
    postgres_cluster: str, postgres_template: str, request: pytest.FixtureRequest
) -> Iterator[str]:
    """Return the address of a migrated PostgreSQL database of this test alone."""
    name = f"test_{abs(hash(request.node.nodeid))}"
    postgres.run_sql(postgres_cluster, f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
    yield f"{postgres_cluster}{name}"
    postgres.run_sql(postgres_cluster, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgres_databases() -> Iterator[Databases]:
    """Give the databases that one test after another has to itself."""
    databases = Databases()
    yield databases
    databases.close()


@pytest.fixture
def reused_postgres_url(
    postgres_cluster: str, postgres_template: str, postgres_databases: Databases
) -> Iterator[str]:
    """Return the address of a migrated PostgreSQL database that only this test uses now."""
    yield postgres_databases.take(postgres_cluster, postgres_template).url
    postgres_databases.give_back(postgres_template)


@pytest.fixture
def settings(tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    """Return the settings of an instance of this test alone."""
    folder = tmp_path / "instance"
    if request.config.getoption("--database") == "postgresql":
        return make_settings(folder, DATABASE_URL=request.getfixturevalue("reused_postgres_url"))
    copy_template(request.getfixturevalue("template_database"), folder)
    return make_settings(folder)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """Return an application on a database of this test alone."""
    with application_on(settings) as app:
        yield app


@pytest.fixture
def app_on_postgresql(tmp_path: Path, postgres_url: str) -> Iterator[Flask]:
    """Return an application on a PostgreSQL database of this test alone."""
    with application_on(make_settings(tmp_path / "postgres", DATABASE_URL=postgres_url)) as app:
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a browser without a person."""
    return app.test_client()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """Return a session that writes, for tests of operations; it holds the turn to write."""
    with app.app_context(), writing() as session:
        yield session


@pytest.fixture
def store(app: Flask) -> Callable[[], AbstractContextManager[Session]]:
    """Return what opens a session that writes and commits, for tests that go through the web."""

    @contextmanager
    def opened() -> Iterator[Session]:
        with app.app_context(), writing() as session:
            yield session

    return opened


@pytest.fixture
def now() -> datetime:
    """Return the moment at which tests of operations stand."""
    return START


@pytest.fixture
def time() -> Iterator[time_machine.Traveller]:
    """Stop the clock at START; ``time.shift(seconds)`` and ``time.move_to(moment)`` move it."""
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller
