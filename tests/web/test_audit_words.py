"""The audit log in words: names of details, times of the zone, titles, what stood before and after."""

from datetime import UTC, datetime

import pytest

from app.domain.events import CONFLICT, LATE, NOTED, REPLAYED, SAVED, SUPERSEDED
from app.domain.imported import Verdict
from app.domain.roles import SiteRole
from app.models import Course
from app.operations import audit
from app.operations.exams import NAMES
from app.web.admin.detail_names import has_name
from app.web.admin.details import details_of
from tests.support.counting import statements
from tests.support.people import browser_of, make_offering, make_user


def line(action, **detail):
    return audit.Line(1, datetime(2026, 3, 2, tzinfo=UTC), action, detail, "", None, None, None, None, None)


def told(app, action, exams=None, **detail):
    with app.test_request_context(headers={"Cookie": "language=en"}):
        found = details_of(line(action, **detail), {"exam": exams or {}})
    return [(one.name, one.text) for one in found]


def test_a_detail_without_a_name_fails_the_test_that_records_it(session, now):
    with pytest.raises(AssertionError, match="unheard_of"):
        audit.record(session, None, "exam.end", detail={"unheard_of": 1}, now=now)


@pytest.mark.parametrize(
    "keys",
    [NAMES, [SAVED, SUPERSEDED, CONFLICT, REPLAYED, LATE, NOTED], list(Verdict)],
    ids=["rules of an exam", "what became of an answer", "what becomes of a question"],
)
def test_keys_that_are_drawn_from_a_list_all_have_names(keys):
    assert [key for key in keys if not has_name(key)] == []


def test_times_are_those_of_the_site(app):
    said = told(app, "exam.close", before="2026-12-04T05:44:25.796396+00:00")

    assert said == [("Before", "2026-12-04 13:44 (UTC+8)")]


def test_what_stood_before_and_stands_now_is_one_detail(app):
    assert told(app, "user.change", name=["贺子宁", "贺子宇"]) == [("Name", "贺子宁 → 贺子宇")]
    role = told(app, "user.site_role", before=None, after="auditor")
    assert role == [("Role on the whole site", "– → Auditor")]


def test_a_matrix_tells_only_what_changed_in_it(app):
    before = {"answers": ["closed"], "marks": ["released"]}
    after = {"answers": ["just_after", "closed"], "marks": ["released"]}

    said = told(app, "exam.review", before=before, after=after)

    assert said == [("Own answers", "After the close → Just after handing in, After the close")]


def test_truth_and_nothing_are_said_in_words(app):
    said = told(app, "exam.change", needs_honour="False", minutes="None", draws_once="True")

    assert [text for _, text in said] == ["No", "–", "Yes"]
    assert told(app, "exam.mark", in_conflict=False, reason="") == [("Against another mark", "No")]


def test_what_a_paper_was_composed_of_is_summed_up(app):
    cell = ["overview", None, "easy", "single"]

    said = told(app, "quiz.compose", wishes=[{"cell": cell, "count": 3, "points": "2"}], revisions=[4, 5])

    assert said == [("Questions asked for", "3 questions"), ("Texts drawn from", "2")]


def test_an_exam_has_its_title_and_a_rule_what_it_says(app):
    said = told(app, "exam.import", {"01E": "期末考试"}, exam="01E", attempt_closed=2)

    assert said == [("Exam", "期末考试"), ("This attempt takes no more answers", "2")]


def test_the_page_says_titles_in_few_statements(app, store, now):
    with store() as session:
        admin = make_user(session, "admin", now=now, site_role=SiteRole.ADMIN)
        offering = make_offering(session, "door", now=now)
        session.get_one(Course, offering.course_id).titles = {"zh": "开门"}
        for number in range(30):
            detail = {"taken": number, "exam": "01E", "course": "door"}
            audit.record(session, None, "text.import", offering_id=offering.id, detail=detail, now=now)
    client = browser_of(app, admin.id)
    client.get("/admin/audit")

    with statements(app) as sent:
        page = client.get("/admin/audit").text

    assert len(sent) <= 7
    assert "开门 · 2026春" in page
    assert "door" not in page
    assert "<code>" not in page
