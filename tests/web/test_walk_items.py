"""A case as an item of a paper: decided once, step by step, each text after its decision."""

import pytest

from tests.support.builders import publish_texts
from tests.support.pages import Page, open_page, press
from tests.support.texts import CASE_SECRETS
from tests.web.drills import alerts, begin, client, events_of, send

__all__ = ["client"]

SECRETS = {word for words in CASE_SECRETS.values() for word in words}


@pytest.fixture
def paper(client):
    return begin(client)


def decide(client, paper, choice, reason="", **fields):
    given = {"choice-way": choice, "reason-way": reason, "commit": "way"}
    return send(client, paper, {k: v for k, v in given.items() if v or k == "commit"} | fields)


def shown(client, paper):
    text = open_page(client, paper).text
    return {word for word in SECRETS if word in text}


def test_a_paper_shows_the_case_up_to_its_first_decision(client, paper):
    page = open_page(client, paper)

    assert "先开哪扇门？" in page.text
    assert "A white car stops." in page.text
    assert shown(client, paper) == set()


def test_a_decision_lets_out_its_outcome_and_no_points_feedback_or_hint(client, paper, app):
    assert decide(client, paper, "1").status_code == 303

    assert shown(client, paper) == {"zqoutcome-upset", "zqoutcome-title"}
    assert events_of(app, "commit") == {"way": {"section": "which", "choice": "1", "reason": ""}}


def test_a_reason_is_asked_for_and_what_was_written_stays(client, paper, app):
    decide(client, paper, "1")

    answer = decide(client, paper, "2", **{"answer-sum": "6"})

    assert answer.status_code == 422
    assert alerts(answer.text) == ["Give a reason for this decision."]
    assert Page(answer.text).form("/answers").value("choice-way") == "2"
    assert events_of(app) == {"sum": "6"}
    assert events_of(app, "commit")["way"]["section"] == "which"


def test_the_way_to_an_ending_is_the_answer_and_is_scored(client, paper, app):
    decide(client, paper, "1")
    decide(client, paper, "2", "先致歉")

    page = open_page(client, paper)
    assert "zqending-saved" in page.text
    assert "commit" not in [name for name, _ in page.form("/answers").fields]

    result = press(client, f"{paper}/review", "/submit").text
    assert "7.56 of 10" in result  # 3918.27 of 5183.47 at best
    assert "zqfeedback-rear" in result


def test_a_decision_is_made_once(client, paper, app):
    stale = open_page(client, paper).form("/answers")
    decide(client, paper, "1")
    again = dict(stale.filled(choice_way="2", commit="way"))

    refused = client.post(stale.action, data=again, headers={"Accept-Language": "en"})

    assert refused.status_code == 422
    assert "You have already decided this; a decision is made once." in alerts(refused.text)
    assert events_of(app, "commit")["way"]["choice"] == "1"


def test_the_same_decision_sent_twice_is_one(client, paper, app):
    form = open_page(client, paper).form("/answers")
    sent = dict(form.filled(choice_way="1", commit="way"))

    first, second = (client.post(form.action, data=sent) for _ in range(2))

    assert (first.status_code, second.status_code) == (303, 303)
    assert "zqoutcome-upset" in open_page(client, paper).text


def test_no_option_chosen_is_said_and_nothing_is_committed(client, paper, app):
    answer = decide(client, paper, "")

    assert answer.status_code == 422
    assert alerts(answer.text) == ["Choose an option before you decide."]
    assert events_of(app, "commit") == {}


def test_what_was_written_for_a_decision_stays_where_no_option_was_chosen(client, paper, app):
    decide(client, paper, "1")

    answer = decide(client, paper, "", "先致歉")

    assert alerts(answer.text) == ["Choose an option before you decide."]
    assert Page(answer.text).form("/answers").value("reason-way") == "先致歉"


def test_a_reason_that_is_too_long_stays_on_the_page(client, paper, app):
    decide(client, paper, "1")

    answer = decide(client, paper, "2", "长" * 20_001, **{"answer-sum": "6"})

    told = "This is longer than 20,000 characters. Shorten it and send it again."
    assert alerts(answer.text) == [told]
    assert Page(answer.text).form("/answers").value("reason-way") == "长" * 20_001
    assert events_of(app) == {"sum": "6"}


def test_saving_without_deciding_keeps_choice_and_reason_on_the_page_and_says_so(client, paper, app):
    decide(client, paper, "1")

    given = {"choice-way": "2", "reason-way": "先致歉\r\n再安排", "answer-sum": "6"}
    answer = send(client, paper, given)

    assert answer.status_code == 422
    assert alerts(answer.text) == ["You have not decided yet. Press “Decide” if that is what you want."]
    form = Page(answer.text).form("/answers")
    assert (form.value("choice-way"), form.value("reason-way")) == ("2", "先致歉\n再安排")
    assert events_of(app) == {"sum": "6"}
    assert events_of(app, "commit")["way"]["section"] == "which"


def test_who_was_told_may_hand_in_without_deciding(client, paper, app):
    given = {"choice-way": "2", "review": "1"}
    told = send(client, paper, given)
    assert told.status_code == 422

    again = client.post(f"{paper}/answers", data=dict(Page(told.text).form("/answers").filled(review="1")))

    assert again.headers["Location"].endswith("/review")
    assert events_of(app, "commit") == {}


@pytest.mark.parametrize("choice", ["9", "0", "-1", "x", "1.0", "１"])
def test_an_option_that_the_decision_has_not_is_refused(client, paper, app, choice):
    assert decide(client, paper, choice).status_code == 422

    assert events_of(app, "commit") == {}


def test_a_section_that_does_not_wait_is_refused(client, paper, app):
    refused = decide(client, paper, "1", **{"section-way": "repair"})

    assert refused.status_code == 422
    assert len(alerts(refused.text)) == 1
    assert not any(word in refused.text for word in SECRETS)
    assert events_of(app, "commit") == {}


def test_a_change_of_the_case_does_not_reach_an_open_attempt(client, paper, store, classroom, now):
    from tests.support.texts import make_case_text

    with store() as session:
        changed = make_case_text(opening="完全不同的开头。")
        publish_texts(session, classroom.library, {"cases/etiquette/door.md": changed}, now)

    assert "一辆白色轿车停下" in open_page(client, paper, language="zh").text
