"""A7: what no form asks for changes nothing, whatever it is called and however it is sent.

Two copies of the school get the same requests; those of one say more than its forms ask for. Afterwards
both hold the same, but for chance. A new route takes part by itself, with an empty form; give it
``FIELDS`` to let it do something.
"""

import csv
import shutil
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Table, select

from app.models import Base, Event, User
from app.web.database import database, reading, writing
from tests.conftest import START
from tests.support.application import application_on
from tests.support.instance import make_settings
from tests.support.people import PASSWORD, browser_of
from tests.support.school import School, make_school
from tests.support.wire import event

with (Path(__file__).parent / "route_matrix.csv").open(encoding="utf-8") as file:
    ROUTES = {row["rule"]: row["address"] for row in csv.DictReader(file) if row["method"] == "POST"}

#: names of columns, of rights and of what a page only shows
MORE: Mapping[str, str] = {
    "role": "instructor",
    "site_role": "admin",
    "is_admin": "1",
    "permissions": "administer",
    "score": "99",
    "points": "99",
    "max": "1",
    "user_id": "1",
    "person_id": "1",
    "marker_id": "1",
    "state": "scored",
    "status": "saved",
    "closed_by": "person",
    "submitted_at": "2026-01-01T00:00:00+00:00",
    "started_at": "2020-01-01T00:00:00+00:00",
    "deadline_at": "2099-01-01T00:00:00+00:00",
    "deadline": "2099-01-01T00:00:00+00:00",
    "paused_at": "2020-01-01T00:00:00+00:00",
    "timeup": "0",
    "extra_minutes": "600",
    "grace_seconds": "99999",
    "late_seconds": "99999",
    "attempts_allowed": "99",
    "is_preview": "1",
    "answered": "99",
    "number": "7",
    "id": "77",
    "public_id": "0" * 26,
    "exam_id": "1",
    "paper_id": "1",
    "attempt_id": "1",
    "offering_id": "1",
    "seed": "0",
    "layout": "{}",
    "received_at": "0",
    "released_at": "2020-01-01T00:00:00+00:00",
    "scheduled_at": "2020-01-01T00:00:00+00:00",
    "disabled_at": "2020-01-01T00:00:00+00:00",
    "archived_at": "2020-01-01T00:00:00+00:00",
    "password_hash": "x",
    "must_change_password": "0",
    "ending": "pleased",
    "done_at": "2020-01-01T00:00:00+00:00",
}
NEW_PASSWORD = "gate-17-opens-early"
EXAM = {
    "kind": "exam",
    "title": "期中",
    "opens_at": "2026-03-02T08:00",
    "closes_at": "2028-03-02T08:00",
    "minutes": "60",
    "attempts_allowed": "1",
    "devices": "any",
    "sort": "regular",
}
#: rule: who asks, and what its form says
FIELDS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "/preferences": ("student", {"theme": "dark"}),
    "/login": ("student", {"username": "student", "password": PASSWORD}),
    "/password": (
        "other student",
        {"present": PASSWORD, "new": NEW_PASSWORD, "again": NEW_PASSWORD},
    ),
    "/courses/<slug>/cases/<case>/start": ("student", {}),
    "/walks/<public_id>/commit": ("student", {"section": "first-move", "choice": "1", "reason": "先道歉"}),
    "/courses/<slug>/quizzes/<quiz>/start": ("other student", {"behaviour": "deferred"}),
    "/exams/<public_id>/start": ("other student", {}),
    "/attempts/<public_id>/submit": ("student", {}),
    "/teach/offerings/<public_id>/exams/new": ("instructor", {"quiz": "{quiz}"} | EXAM),
    "/teach/exams/<public_id>/edit": ("instructor", {"quiz": "{quiz}"} | EXAM),
    "/teach/exams/<public_id>/orders/<act>": (
        "instructor",
        {"reason": "停电", "minutes": "5", "whom": "all", "sure": "1"},
    ),
    "/teach/exams/<public_id>/allowances": (
        "instructor",
        {"whom": "class-1", "extra_minutes": "5", "factor": "", "reason": "停电"},
    ),
    "/teach/offerings/<public_id>/hours": (
        "instructor",
        {"module": "overview", "hours": "2", "held_on": "2026-03-02", "note": ""},
    ),
    "/teach/offerings/<public_id>/copy": (
        "instructor",
        {"term": "2026秋", "starts_on": "2026-09-01", "ends_on": "2027-01-15"},
    ),
    "/admin/people/new": ("admin", {"login": "2023999", "name": "贺", "site_role": "", "class_name": ""}),
    "/admin/people/<public_id>/site-role": ("admin", {"site_role": "auditor"}),
    "/admin/people/<public_id>/seats": ("admin", {"offering": "{offering}", "role": "student", "cohort": ""}),
}
#: what differs by chance, from one copy to the other
CHANCE = {
    "public_id",
    "seed",
    "layout",
    "hash",
    "prev_hash",
    "head_hash",
    "body",
    "text",
    "token",
    "token_hash",
    "password_hash",
    "event_id",
    "client_id",
    "detail",
    "account",
}
#: follows from the texts, thousands of rows of it
DERIVED = {"bank_token"}
pytestmark = pytest.mark.usefixtures("time")


@pytest.fixture(scope="module")
def school(tmp_path_factory, template_database) -> School:
    """Return a school, made once."""
    return make_school(tmp_path_factory.mktemp("school"), template_database, START)


@pytest.fixture(scope="module")
def apps(school, tmp_path_factory):
    """Return two applications, each with a folder of its own."""
    made = []
    with ExitStack() as stack:
        for name in ("plain", "more"):
            folder = tmp_path_factory.mktemp(name) / "instance"
            folder.mkdir()
            shutil.copyfile(school.database, folder / "casehall.db")
            shutil.copytree(school.database.parent / "blobs", folder / "blobs")
            app = stack.enter_context(application_on(make_settings(folder)))
            made.append((app, folder / "casehall.db"))
        yield made


@pytest.fixture
def copies(school, apps):
    """Return applications on two fresh copies of the school."""
    for app, file in apps:
        with app.app_context():
            database().engine.dispose()
        for left in file.parent.glob("casehall.db*"):
            left.unlink()
        shutil.copyfile(school.database, file)
    return [app for app, _ in apps]


def different(apps: Sequence[Flask]) -> set[str]:
    """Return the tables that differ in the databases of two applications, but for chance."""
    first, second = (str(app.config["SETTINGS"].instance / "casehall.db") for app in apps)
    with closing(sqlite3.connect(first)) as connection:
        connection.execute("ATTACH ? AS other", [second])
        return {
            table.name
            for table in Base.metadata.sorted_tables
            if table.name not in DERIVED and _is_different(connection, table)
        }


def _is_different(connection: sqlite3.Connection, table: Table) -> bool:
    """Whether a row stands in one of two databases only; the same was done in both, row for row."""
    same = " AND ".join(f'a."{c.name}" IS b."{c.name}"' for c in table.columns if c.name not in CHANCE)
    one_way, other_way = (
        f'SELECT 1 FROM {a}."{table.name}" a LEFT JOIN {b}."{table.name}" b'
        f" ON a.rowid = b.rowid WHERE b.rowid IS NULL OR NOT ({same})"
        for a, b in (("main", "other"), ("other", "main"))
    )
    return any(connection.execute(asked).fetchone() for asked in (one_way, other_way))


def filled(fields: Mapping[str, str], school: School) -> dict[str, str]:
    return {name: value.format(**school.names) for name, value in fields.items()}


def asking(app: Flask, school: School, who: str) -> tuple[FlaskClient, dict[str, str]]:
    client = browser_of(app, school.people[who])
    return client, {"X-CSRF-Token": client.get("/csrf").get_json()["csrf"]}


@pytest.mark.parametrize("rule", sorted(ROUTES))
@pytest.mark.parametrize("way", ["form", "query", "json"])
def test_a7_what_no_form_asks_for_changes_nothing(school, copies, rule, way):
    who, fields = FIELDS.get(rule, ("admin" if rule.startswith("/admin") else "student", {}))
    if FIELDS.get(rule) is None and rule.startswith("/teach"):
        who = "instructor"
    more = {name: value for name, value in MORE.items() if name not in fields}
    address = ROUTES[rule].format(**school.names)

    statuses = []
    for app, said in zip(copies, ({}, more), strict=True):
        client, headers = asking(app, school, who)
        own = filled(fields, school)
        given: dict[str, Any] = {"json": {**own, **said}} if way == "json" else {"data": own}
        if way == "form":
            given["data"] |= said
        if way == "query":
            given["query_string"] = said
        statuses.append(client.post(address, headers=headers, **given).status_code)

    assert statuses[0] == statuses[1]
    assert statuses[0] < 500
    assert different(copies) == set()


@pytest.mark.parametrize("rule", sorted(FIELDS))
def test_each_of_those_forms_does_something(school, copies, rule):
    """Else there would be nothing to see."""
    who, fields = FIELDS[rule]
    client, headers = asking(copies[0], school, who)
    address = ROUTES[rule].format(**school.names)

    answered = client.post(address, data=filled(fields, school), headers=headers)

    assert answered.status_code in {200, 303}, answered.text


def test_a_difference_would_be_found(copies):
    assert different(copies) == set()
    with copies[1].app_context(), writing() as session:
        session.scalars(select(User).limit(1)).one().name = "小贺 admin"

    assert different(copies) == {"user"}


def test_a7_events_keep_nothing_that_the_protocol_does_not_know(school, copies):
    paper = f"/attempts/{school.names['sat']}/events"
    for app, said in zip(copies, ({}, MORE), strict=True):
        client, headers = asking(app, school, "student")
        own = event(None, kind="focus")
        body = {"events": [{**said, **own}], **said}
        assert client.post(paper, json=body, headers=headers).status_code == 200

    assert different(copies) <= {"event"}
    with copies[1].app_context():
        (stored,) = reading().scalars(select(Event.body).where(Event.kind == "focus"))
    assert not any(f'"{name}"' in stored for name in set(MORE) - {"id", "status", "received_at"})
