"""The quiz of every type, published and begun, for the tests of its pages."""

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.models import Attempt, Event
from app.web.database import reading
from tests.conftest import START
from tests.support.builders import publish_texts
from tests.support.drill import make_drill
from tests.support.fixtures import fill
from tests.support.pages import Page, open_page, send_form

DRILL = "/courses/etiquette/quizzes/drill"
FILES: dict[str, str] = {
    "quizzes/etiquette/drill.md": make_drill(),
    "quizzes/etiquette/drill.en.md": make_drill("All kinds"),
}


@pytest.fixture(scope="session")
def drilled(tmp_path_factory: pytest.TempPathFactory, classroom_template: Path) -> Path:
    """Return a template of the course with the quiz: a test that names it has a copy."""
    folder = tmp_path_factory.mktemp("drilled")
    shutil.copytree(classroom_template, folder, dirs_exist_ok=True)
    fill(folder, lambda session: publish_texts(session, folder / "library", FILES, START))
    return folder


@pytest.fixture
def client(browse, drilled):
    """Return the student's browser, with the quiz published."""
    return browse("student")


def begin(client: FlaskClient, behaviour: str = "deferred") -> str:
    """Begin the quiz in one behaviour; return the address of its paper."""
    form = open_page(client, DRILL).form("/start")
    return send_form(client, form, behaviour=behaviour).headers["Location"]


def send(client: FlaskClient, paper: str, fields: Mapping[str, str | list[str] | None]) -> TestResponse:
    """Send the paper's form with these fields, and return the answer as it is."""
    return send_form(client, open_page(client, paper).form("/answers"), **fields)


def events_of(app, kind: str = "answer") -> dict[str, Any]:
    """Return the last answer of each item, in the order shown, as the events have it."""
    with app.app_context():
        statement = select(Event.body).where(Event.kind == kind).order_by(Event.seq)
        bodies = [json.loads(body) for body in reading().scalars(statement)]
    return {body["item"]: body["answer"] for body in bodies}


def layout_of(app, item: str) -> dict[str, Any]:
    """Return where an item of the only attempt stands."""
    with app.app_context():
        layout = reading().scalars(select(Attempt.layout)).one()
    return next(place for place in layout["items"] if place["key"] == item)


def shown_at(app, item: str, number: int) -> str:
    """Return the position at which an option of the file is shown."""
    order = layout_of(app, item)["order"]
    return str(list(order).index(number) + 1)


def alerts(html: str) -> list[str]:
    """Return what the page says beside items that could not be kept."""
    found = re.findall(r'role="alert">.*?<span>(.*?)</span>', html, re.S)
    return [" ".join(text.split()) for text in found]


def fields_of(page: Page, item: str) -> dict[str, str]:
    """Return the values that the paper shows for an item."""
    start = f"answer-{item}"
    return {name: value for name, value in page.form("/answers").fields if name.startswith(start) and value}
