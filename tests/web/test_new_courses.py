"""A new course: opened in a term by who teaches it, with a syllabus to publish."""

import pytest

from app.models import AuditRow, Course, Offering
from tests.support.pages import Page, follow, open_page, send_form
from tests.web.authors import author, page_of, rows, send

__all__ = ["author"]

GIVEN = {
    "title": "酒店服务礼仪",
    "slug": "hotel",
    "code": "0213",
    "hours": "32",
    "term": "2026-2027-1",
    "starts_on": "2026-09-01",
    "ends_on": "2027-01-15",
}


@pytest.fixture
def form(author):
    return page_of(author, page_of(author, "/teach/").links["New course"]).form("/courses/new")


def test_a_course_is_opened_with_a_syllabus_that_can_be_published_as_it_stands(author, form, store):
    page = follow(author, send_form(author, form, **GIVEN))

    editor = page.form("?language=zh")
    assert "标题: 酒店服务礼仪\n学时: 32\n课程编号: 0213\n" in (editor.value("text") or "")
    assert "Error" not in page.text
    follow(author, send(author, editor, None, "publish"))
    assert "酒店服务礼仪" in open_page(author, "/courses/hotel").text
    assert "2026-2027-1" in page_of(author, "/teach/").text
    assert "offering.create" in {row.action for row in rows(store, AuditRow)}


def test_who_opened_a_course_alone_teaches_it(author, form, browse, store, classroom):
    follow(author, send_form(author, form, **GIVEN))

    (offering,) = [one for one in rows(store, Offering) if one.public_id != classroom.offering.public_id]
    assert author.get(f"/teach/offerings/{offering.public_id}").status_code == 200
    assert browse("assistant").get(f"/teach/offerings/{offering.public_id}").status_code == 404


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"slug": "etiquette"}, "There is a course of this short name already."),
        ({"slug": "酒店"}, "A short name has a-z, 0-9 and - only."),
        ({"title": "  "}, "Give the course a title."),
        ({"hours": "nan"}, "Class hours are counted in halves"),
        ({"hours": "0"}, "Number must be between 0.5 and 1000."),
        ({"ends_on": "2026-08-01"}, "The last day comes before the first."),
    ],
)
def test_what_does_not_make_a_course_is_said_and_nothing_is_made(author, form, store, given, sentence):
    answer = send_form(author, form, **GIVEN | given)

    assert answer.status_code == 422
    assert sentence in Page(answer.text).text
    assert len(rows(store, Course)) == 1


def test_a_course_is_opened_once(author, form, store):
    answers = [send_form(author, form, **GIVEN).status_code for _ in range(2)]

    assert answers == [303, 422]
    assert [row.slug for row in rows(store, Course)] == ["etiquette", "hotel"]
