"""Version 0004 with rows in every table becomes the present one: nothing is lost, on either database."""

import pytest

from app.cli.database import database_faults
from app.cli.jobs import run_waiting_jobs
from app.cli.upgrading import upgrade_database
from app.factory import create_app
from app.web.database import database
from tests.cli.test_migrations import make_old
from tests.support.everything import copy_everything, fill_everything, rows_of, tables_of
from tests.support.instance import copy_template, make_settings
from tests.support.postgres import run_sql

BANK = ("bank_text", "bank_item", "bank_token", "frozen_item")
#: they are newer than what is copied, or number themselves
NUMBERS = {"id", "item_id", "since_id"}


@pytest.fixture
def on_sqlite(tmp_path, template_database):
    """Return a present instance that is empty, and an empty one of version 0004."""
    copy_template(template_database, tmp_path / "present" / "instance")
    return make_settings(tmp_path / "present" / "instance"), make_old(tmp_path / "old", "0004")


@pytest.fixture
def on_postgresql(tmp_path, postgres_cluster, postgres_url):
    """Return the same on PostgreSQL."""
    run_sql(postgres_cluster, "CREATE DATABASE before")
    old = make_old(tmp_path / "old", "0004", DATABASE_URL=f"{postgres_cluster}before")
    yield make_settings(tmp_path / "present" / "instance", DATABASE_URL=postgres_url), old
    run_sql(postgres_cluster, "DROP DATABASE before WITH (FORCE)")


@pytest.fixture(params=["on_sqlite", "on_postgresql"])
def instances(request, now):
    """Return a filled instance, and its copy of version 0004."""
    present, old = request.getfixturevalue(request.param)
    fill_everything(present, now)
    copy_everything(present, old)
    return present, old


def bank_of(settings):
    """Return the rows of the bank without what numbers them."""
    tables = {name: table for name, table in tables_of(settings).items() if name in BANK}
    return rows_of(settings, tables, NUMBERS)


def test_everything_of_version_0004_is_there_after_the_upgrade(instances):
    present, old = instances
    tables = tables_of(old)
    before = rows_of(old, tables)
    assert [name for name, found in before.items() if not found] == []

    versions = upgrade_database(old, even_now=True)

    after = rows_of(old, tables)
    assert (versions[0], before.pop("alembic_version")) == ("0004", ["('0004',)"])
    assert database_faults(old) == []
    assert after.pop("alembic_version") == [f"({versions[1]!r},)"]
    assert after == before
    filled = {name: tables_of(old)[name] for name in ("user", "paper")}
    assert rows_of(old, filled) == rows_of(present, filled)


def test_people_and_questions_of_version_0004_are_found_after_the_upgrade(instances):
    present, old = instances
    upgrade_database(old, even_now=True)
    app = create_app(old)

    with app.app_context():
        run_waiting_jobs()
        database().close()

    bank = bank_of(old)
    assert min(len(found) for found in bank.values()) > 0
    assert bank == bank_of(present)
