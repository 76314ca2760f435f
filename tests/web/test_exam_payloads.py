"""C1, C2, C4: what people write around an exam stands on every page as they wrote it, and does nothing."""

import json
import re
from decimal import Decimal
from html import escape
from html.parser import HTMLParser

import pytest
from markupsafe import Markup
from sqlalchemy import select, update

from app.domain.review import Aspect
from app.domain.roles import SiteRole
from app.models import Attempt, Cohort, User
from app.operations.accommodations import Terms, grant
from app.operations.marking import Given, mark_script
from app.operations.orders import Order
from app.operations.timekeeping import extend_attempts
from tests.support.builders import CLASS_1, cohort_id
from tests.support.exams import hall_of, sit_exam
from tests.support.people import browser_of, make_user
from tests.support.sitting import make_student, script_of, seen_of, send_answers
from tests.web.aftermath import aftermath

__all__ = ["aftermath"]

PAYLOADS = {
    "script": "<script>alert(1)</script>",
    "attribute": '"><img src=x onerror=alert(1)>',
    "other quotes": "' onmouseover='alert(1)",
    "addresses": "javascript:alert(1)",
    "title": "</title></textarea><svg onload=alert(1)>",
    "template": "{{ 7*7 }}{% raise %}",
    "formats": "%(name)s %s {0} ${7*7}",
}


class Alive(HTMLParser):
    """Finds what could do something on a page and is none of ours."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note handlers, scripts without a file of ours, elements and addresses that nobody of us wrote."""
        given = dict(attrs)
        if tag in {"script", "iframe", "object", "embed", "base"} and not (given.get("src") or "").startswith(
            "/static/"
        ):
            self.found.append(tag)
        self.found += [f"{tag} {name}" for name in given if name.startswith("on") or name == "style"]
        self.found += [
            f"{tag} {name}={value}"
            for name, value in given.items()
            if name in {"href", "src", "action", "formaction"}
            and re.match(r"\s*(javascript|data|vbscript):", value or "", re.IGNORECASE)
        ]
        if given.get("src") == "x":
            self.found.append(f"{tag} src=x")


@pytest.mark.parametrize(
    "html",
    [
        "<p><script>alert(1)</script>",
        '<p title=""><img src=x onerror=alert(1)>',
        "<p title='' onmouseover='alert(1)'>",
        '<a href=" JavaScript:alert(1)">',
        "<svg onload=alert(1)>",
        '<p style="position: fixed">',
        '<iframe src="/elsewhere">',
    ],
)
def test_what_does_something_would_be_found(html):
    assert Alive(html).found


@pytest.fixture(params=PAYLOADS.values(), ids=list(PAYLOADS))
def payload(request):
    return request.param


@pytest.fixture
def spoiled(store, aftermath, payload, now):
    """Put the payload wherever people write something; return the addresses that show it, by who asks."""
    answers = {"written": payload, "blanks": [payload, payload], "number": payload[:40]}
    handed_in = aftermath.hand_in(**answers)
    room = aftermath.room
    with store() as session:
        exam, hall = aftermath.row(session), hall_of(session, room, aftermath.row(session))
        exam.title, exam.notice = payload, payload
        sitter = make_student(session, room, "sitter")
        going = sit_exam(session, sitter, exam, now)
        send_answers(session, sitter, going, now, **answers)
        order = Order(room.instructor, payload, now)
        credit = extend_attempts(session, hall, order, 5, [going.public_id])
        whom = session.get_one(Cohort, cohort_id(session, CLASS_1))
        grant(session, room.instructor, hall, whom, (Terms(payload, extra_minutes=5), now))
        mark_twice(session, aftermath, hall, handed_in, payload)
        session.execute(update(User).values(name=payload))
        session.execute(update(Cohort).values(name=Cohort.name.concat(payload)))
        number = credit.id
    desk, sat = aftermath.teach, handed_in.rpartition("/")[2]
    pages = (
        *("", "/edit", "/board", "/board/rows", "/allowances", "/results", "/release", "/late"),
        *("/import", "/marking", "/orders/extend", f"/credits/{number}"),
        *(f"/attempts/{one}{view}" for one in (sat, going.public_id) for view in ("", "?by=item")),
    )
    return {
        "instructor": [f"{desk}{page}" for page in pages] + ["/teach/", "/teach/exams", "/"],
        "marker": [aftermath.script(handed_in), f"{desk}/marking"],
        "sitter": [f"/attempts/{going.public_id}", f"/attempts/{going.public_id}/review"],
        "student": [f"/exams/{aftermath.exam}", handed_in, f"{handed_in}/record", f"{handed_in}/result", "/"],
        "admin": ["/admin/audit", "/admin/people"],
    }


def mark_twice(session, aftermath, hall, handed_in, payload):
    """Mark the written answer, and once more with a reason."""
    sat = session.scalars(select(Attempt).where(Attempt.public_id == handed_in.rpartition("/")[2])).one()
    where = (hall, "written", script_of(session, hall.exam, sat).token)
    for points, reason in ((1, ""), (2, payload)):
        given = Given(Decimal(points), comment=payload, reason=reason)
        mark_script(session, aftermath.marker, where, (given, seen_of(session, sat)), aftermath.now)


def people_of(store, aftermath):
    """Return the ids of who asks, by what they are."""
    room = aftermath.room
    with store() as session:
        logins = {user.login: user.id for user in session.scalars(select(User))}
        admin = make_user(session, "boss", now=aftermath.now, site_role=SiteRole.ADMIN).id
    known = {"instructor": room.instructor.id, "marker": aftermath.marker.id, "student": room.student.id}
    return known | {"sitter": logins["sitter"], "admin": admin}


def written_once(text):
    """Return the text as a page or JSON may write it: with references for what means something there."""
    named = escape(text)
    return {named, named.replace("&quot;", "&#34;").replace("&#x27;", "&#39;"), str(Markup.escape(text))}


def told(html, payload):
    """Whether a page, or a piece of one in JSON, holds the payload as text."""
    return any(form in html or json.dumps(form)[1:-1] in html for form in written_once(payload))


@pytest.mark.usefixtures("time")
def test_c1_c2_c4_whatever_is_written_in_an_exam_does_nothing(app, store, aftermath, spoiled, payload):
    aftermath.release(*Aspect)
    people = people_of(store, aftermath)
    asked = [(who, address) for who, addresses in spoiled.items() for address in addresses]

    silent = []
    for who, address in asked:
        answer = browser_of(app, people[who]).get(address, follow_redirects=True)
        assert answer.status_code == 200, (who, address)
        html = answer.get_data(as_text=True)
        assert Alive(html).found == [], (who, address)
        assert "49" not in html or payload != PAYLOADS["template"] or "{{ 7*7 }}" in html, (who, address)
        if not told(html, payload):
            silent.append(address)

    # every one of these pages names somebody or says what somebody wrote
    assert silent == []
