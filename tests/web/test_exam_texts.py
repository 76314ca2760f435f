"""C1, C2, C4: what people call things stands on pages as they wrote it, and does nothing there."""

from html import escape

import pytest

from app.models import User
from tests.support.exams import set_exam

PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "data:text/html,<b>x</b>",
    "</title><svg onload=alert(1)>",
    "{{ 7*7 }}{% raise %}{# x #}",
    "${7*7} #{7*7} %(name)s %s {0}",
    "&lt;b&gt;",
    "]]>",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_c1_c4_the_title_of_an_exam_is_shown_as_text(store, classroom, browse, now, payload):
    with store() as session:
        exam = set_exam(session, classroom, now, title=payload)
    client = browse("instructor")

    for address in (
        f"/teach/offerings/{classroom.offering.public_id}/exams",
        f"/teach/exams/{exam.public_id}",
    ):
        page = client.get(address, headers={"Accept-Language": "en"})

        assert page.status_code == 200
        # Jinja writes quotes by number
        shown = escape(payload).replace("&quot;", "&#34;").replace("&#x27;", "&#39;")
        assert shown in page.text
        assert shown == payload or payload not in page.text
        assert f'href="{payload}' not in page.text


@pytest.mark.parametrize("payload", ["<b>{{ 7*7 }}</b>", "%(name)s"])
def test_c4_the_name_of_a_person_is_shown_as_text_where_exams_are_set(store, browse, classroom, now, payload):
    with store() as session:
        exam = set_exam(session, classroom, now)
        session.get_one(User, classroom.instructor.id).name = payload

    page = browse("instructor").get(f"/teach/exams/{exam.public_id}").text

    assert escape(payload) in page
    assert escape(payload) == payload or payload not in page
