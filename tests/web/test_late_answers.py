"""Late answers on their page: both answers in words, accepted or not, with a reason."""

import re

import pytest
from sqlalchemy import select

from app.models import Attempt, AuditRow
from app.operations.verifying import verify_attempt
from app.web.database import reading
from tests.support.pages import follow, open_page, send_form
from tests.web.aftermath import aftermath

__all__ = ["aftermath"]


@pytest.fixture
def teacher(time, browse):
    return browse("instructor")


@pytest.fixture
def attempt(aftermath):
    return aftermath.run_out({"truth": False, "single": "1", "many": ["1", "2"]}, truth=True)


def rule(client, aftermath, ruling, reason="断网，答案在截止前写好"):
    form = open_page(client, f"{aftermath.teach}/late").form("/late")
    return send_form(client, form, late=chosen(client, aftermath), ruling=ruling, reason=reason)


def chosen(client, aftermath):
    """Return the name of the first late answer."""
    return re.findall(r'name="late"\s+value="([^"]+)"', client.get(f"{aftermath.teach}/late").text)[0]


def fault(app, attempt):
    with app.app_context():
        return verify_attempt(reading(), attempt.rpartition("/")[2])


def score(app):
    with app.app_context():
        return reading().scalars(select(Attempt.score)).one()


def test_late_answers_are_told_in_words(teacher, aftermath, attempt):
    page = open_page(teacher, f"{aftermath.teach}/late")

    told = (
        "小xiaohe",
        "40 seconds late",
        "Counts now True",
        "Came too late False",
        "No answer",
        "A. 后排右门",
    )
    assert [one for one in told if one not in page.text] == []
    assert "zq" not in page.text


def test_the_tab_is_there_only_if_something_came_late(teacher, aftermath):
    assert "Late answers" not in open_page(teacher, aftermath.teach).links
    aftermath.run_out({"truth": False})

    assert open_page(teacher, aftermath.teach).links["Late answers"] == f"{aftermath.teach}/late"


def test_an_accepted_answer_counts_and_the_attempt_stays_whole(app, teacher, aftermath, attempt):
    assert score(app) == 0

    page = follow(teacher, rule(teacher, aftermath, "accept"))

    assert "1 late answer counts now." in page.text
    assert "Reason: 断网，答案在截止前写好" in page.text
    assert score(app) == 2
    assert fault(app, attempt) is None


def test_a_rejected_answer_stays_beside_what_counts(app, teacher, aftermath, attempt):
    page = follow(teacher, rule(teacher, aftermath, "reject"))

    assert "1 late answer does not count." in page.text
    assert (score(app), fault(app, attempt)) == (0, None)
    with app.app_context():
        row = reading().scalars(select(AuditRow).where(AuditRow.action == "exam.reject_late")).one()
    assert row.detail["reason"] == "断网，答案在截止前写好"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"reason": " "}, "Give the reason."),
        ({"late": []}, "Choose the answers first."),
        ({"ruling": "perhaps"}, "Choose the answers first."),
        ({"reason": "长" * 201}, "longer than 200 characters"),
    ],
)
def test_a_decision_that_is_none_gets_a_sentence_and_keeps_what_was_typed(
    app, teacher, aftermath, attempt, *, values, sentence
):
    name = chosen(teacher, aftermath)
    form = open_page(teacher, f"{aftermath.teach}/late").form("/late")

    refused = send_form(teacher, form, **{"late": [name], "ruling": "accept", "reason": "断网"} | values)

    assert (refused.status_code, sentence in refused.text) == (422, True)
    assert score(app) == 0


def test_a_decision_made_twice_is_told(app, teacher, aftermath, attempt):
    name = chosen(teacher, aftermath)
    form = open_page(teacher, f"{aftermath.teach}/late").form("/late")
    send_form(teacher, form, late=[name], ruling="accept", reason="断网")

    assert send_form(teacher, form, late=[name], ruling="accept", reason="断网").status_code == 409
    assert fault(app, attempt) is None


def test_enter_in_the_reason_does_not_decide(teacher, aftermath, attempt):
    first, *rulings = open_page(teacher, f"{aftermath.teach}/late").form("/late").buttons

    assert (first.get("name"), first["formmethod"]) == (None, "dialog")
    assert [one["value"] for one in rulings] == ["accept", "reject"]


@pytest.mark.parametrize("who", ["student", "assistant"])
def test_who_does_not_set_exams_decides_nothing(browse, aftermath, attempt, who):
    assert browse(who).get(f"{aftermath.teach}/late").status_code == 403
