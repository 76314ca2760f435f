"""Every route, asked for by somebody of every kind, answers as ``route_matrix.csv`` says.

The table is written by hand and reviewed: a new route needs its row, thought through, not generated.
``address`` may hold the names of ``tests/support/school.py``. A cell is a status; ``login`` is the way to
the sign-in page. Forms are sent empty, with their token.
"""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.factory import create_app
from app.web.database import database
from tests.conftest import START
from tests.support.instance import make_settings
from tests.support.people import browser_of
from tests.support.school import School, make_school
from tests.support.templates import share_templates

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
    folder = tmp_path / "instance"
    folder.mkdir()
    shutil.copyfile(school.database, folder / "casehall.db")
    shutil.copytree(school.database.parent / "blobs", folder / "blobs")
    app = create_app(make_settings(folder))
    share_templates(app)
    yield app
    with app.app_context():
        database().close()


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


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['method']} {row['rule']}" for row in ROWS])
def test_everybody_gets_what_the_table_says(school, school_app, row):
    found = answers(school, row, lambda kind: browser(school_app, school, kind), row["method"])

    assert found == {kind: row[kind] for kind in KINDS}


@pytest.mark.parametrize("row", [row for row in ROWS if row["method"] == "GET"], ids=lambda row: row["rule"])
def test_a10_head_gets_the_same_answer(school, school_app, row):
    found = answers(school, row, lambda kind: browser(school_app, school, kind), "HEAD")

    assert found == {kind: row[kind] for kind in KINDS}


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
