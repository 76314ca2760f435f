"""Everything that a person can ask for, to the last byte."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.models import Attempt, CaseWalk, Exam
from app.web.database import reading
from tests.support.builders import Classroom

LANGUAGES, FORMS = ("zh", "en"), ("text/html", "application/json")
#: files that are the same for everybody
OPEN = {"static", "bootstrap.static"}
#: what is signed: among thousands of letters drawn by chance a short secret would be found sooner or later
SIGNED = re.compile(r"[\w-]{8,}\.[\w-]{6}\.[\w-]{20,}")


def names_of(classroom: Classroom) -> dict[str, str]:
    """Return what stands in the addresses of a student's pages."""
    return {
        "slug": "etiquette",
        "case": "door",
        "quiz": "ladies",
        "student": classroom.student.public_id,
        "sha256": "0" * 64,
        "offering": classroom.offering.public_id,
        "person": classroom.student.public_id,
        "entry": "1",
        "item": "written",
        "token": "0" * 20,
        "number": "1",
        "act": "end",
        "attempt": "0" * 26,
    }


def every_answer(app: Flask, client: FlaskClient, names: Mapping[str, str]) -> dict[Any, str]:
    """Return every answer to a person, by address, language and form."""
    asked = product(addresses(app, names), LANGUAGES, FORMS)
    return {one: sent(client, *one) for one in asked}


def addresses(app: Flask, names: Mapping[str, str]) -> Iterator[str]:
    """Give the address of every page, for each walk, attempt and exam there is."""
    with app.app_context():
        walks = reading().scalars(select(CaseWalk.public_id)).all()
        attempts = reading().scalars(select(Attempt.public_id)).all()
        exams = reading().scalars(select(Exam.public_id)).all()
    ids: dict[str, Sequence[str]] = {
        "walks": walks,
        "attempts": attempts,
        "exams": exams,
        "offerings": [names["offering"]],
        "people": [names["person"]],
    }
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint not in OPEN:
            section = rule.rule.removeprefix("/teach").removeprefix("/admin").split("/")[1]
            for public_id in ids.get(section, [""]):
                yield fill(rule.rule, {**names, "public_id": public_id})


def fill(rule: str, names: Mapping[str, str]) -> str:
    """Put names into the address of a rule."""
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda match: names.get(match.group(1), "1"), rule)


def sent(client: FlaskClient, address: str, language: str, accept: str) -> str:
    """Return an answer as text, but for what is signed: status line, headers, body."""
    answer = client.get(address, headers={"Accept-Language": language, "Accept": accept})
    head = "\n".join(f"{name}: {value}" for name, value in answer.headers)
    # a file that is no text has no other secrets than those that could be read in it
    body = answer.get_data().decode(errors="replace")
    return SIGNED.sub("*", f"{answer.status}\n{head}\n{body}")
