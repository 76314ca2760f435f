"""Every route, asked for by somebody of every kind, answers as ``route_matrix.csv`` says.

The table is written by hand and reviewed: a new route needs its row, thought through, not generated.
``address`` may hold the names of ``tests/support/school.py``. A cell is a status; ``login`` is the way to
the sign-in page. Forms are sent empty, with their token.
"""

import csv
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import START
from tests.support.application import application_on
from tests.support.instance import make_settings
from tests.support.people import browser_of
from tests.support.school import School, make_school

with (Path(__file__).parent / "route_matrix.csv").open(encoding="utf-8") as file:
    ROWS = list(csv.DictReader(file))
ANONYMOUS = "anonymous"
KINDS = [name for name in ROWS[0] if name not in {"method", "rule", "address"}]
SAFE = {"GET", "HEAD", "OPTIONS"}


@pytest.fixture(scope="session")
def school(tmp_path_factory, template_database) -> School:
    """Return a school, made once."""
    return make_school(tmp_path_factory.mktemp("school"), template_database, START)


@pytest.fixture
def school_app(school, tmp_path):
    """Return an application on a copy of the school."""
    with opened(school, tmp_path / "instance") as app:
        yield app


@pytest.fixture(scope="module")
def readers(school, tmp_path_factory):
    """Return a browser of everybody, by kind; they only read, so all tests may share them."""
    with opened(school, tmp_path_factory.mktemp("read") / "instance") as app:
        yield {kind: browser(app, school, kind) for kind in KINDS}


@contextmanager
def opened(school: School, folder: Path) -> Iterator[Flask]:
    """Open an application on a copy of the school."""
    folder.mkdir()
    shutil.copyfile(school.database, folder / "casehall.db")
    shutil.copytree(school.database.parent / "blobs", folder / "blobs")
    with application_on(make_settings(folder)) as app:
        yield app


def browser(app: Flask, school: School, kind: str) -> FlaskClient:
    """Return a browser of somebody of this kind."""
    return app.test_client() if kind == ANONYMOUS else browser_of(app, school.people[kind])


def ask(client: FlaskClient, method: str, address: str) -> str:
    """Ask, with a token where one is needed, and return what kind of answer came."""
    data = None if method in SAFE else {"csrf_token": client.get("/csrf").get_json()["csrf"]}
    with client.open(address, method=method, data=data) as answer:
        if answer.status_code == 303 and answer.location.startswith("/login"):
            return "login"
        return str(answer.status_code)


def answers(school: School, row: dict[str, str], open_browser: Callable[[str], FlaskClient], method: str):
    """Return the answers to everybody, in the order of the columns."""
    address = row["address"].format(**school.names)
    return {kind: ask(open_browser(kind), method, address) for kind in KINDS}


def of_method(method: str) -> Any:
    """Give a test each row of one method."""
    return pytest.mark.parametrize(
        "row", [row for row in ROWS if row["method"] == method], ids=lambda row: row["rule"]
    )


@of_method("GET")
def test_everybody_who_reads_gets_what_the_table_says(school, readers, row):
    """Also for the head of an answer alone (A10)."""
    expected = {kind: row[kind] for kind in KINDS}

    assert answers(school, row, readers.__getitem__, "GET") == expected
    assert answers(school, row, readers.__getitem__, "HEAD") == expected


@of_method("POST")
def test_everybody_who_writes_gets_what_the_table_says(school, school_app, row):
    found = answers(school, row, lambda kind: browser(school_app, school, kind), "POST")

    assert found == {kind: row[kind] for kind in KINDS}


def test_the_table_holds_no_other_methods():
    assert {row["method"] for row in ROWS} == {"GET", "POST"}


def test_every_route_has_its_row(app):
    routes = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }

    assert routes == {(row["method"], row["rule"]) for row in ROWS}


def test_the_table_names_each_route_once():
    named = [(row["method"], row["rule"]) for row in ROWS]

    assert len(named) == len(set(named))


def test_an_address_in_the_table_leads_to_its_rule(school, school_app):
    router = school_app.url_map.bind("localhost")

    for row in ROWS:
        address = row["address"].format(**school.names).partition("?")[0]
        rule, _ = router.match(address, method=row["method"], return_rule=True)
        assert rule.rule == row["rule"]
