"""The page of a case and the player, as they are seen and used without JavaScript."""

import re

import pytest
from sqlalchemy import func, select

from app.models import CaseWalk, SelfMark, WalkCommit
from app.operations.offerings import archive_offering
from app.web.database import reading
from tests.support.builders import make_person, publish_texts
from tests.support.pages import follow, open_page, press, send_form
from tests.support.people import browser_of
from tests.support.texts import make_case_text, make_exam_texts

CASE = "/courses/etiquette/cases/door"
READING = "/courses/etiquette/cases/why-doors"


@pytest.fixture
def client(browse):
    return browse("student")


@pytest.fixture
def walk(client):
    """Return the address of a walk just begun."""
    answer = send_form(client, open_page(client, CASE).form("/start"))
    return answer.headers["Location"]


def count(app, table):
    with app.app_context():
        return reading().scalar(select(func.count()).select_from(table))


def commit(client, walk, **values):
    return press(client, walk, "/commit", **values)


def refusal(client, walk, status, **values):
    """Send the form of a walk with these values; return the page that refuses."""
    answer = send_form(client, open_page(client, walk).form("/commit"), **values)
    assert answer.status_code == status
    return answer.text


def test_the_page_of_a_case_tells_what_it_is_about(client):
    page = open_page(client, CASE)

    for text in ("Which door first", "A white car stops.", "车门", "开门的次序", "礼貌 · 规范"):
        assert text in page.text
    assert page.has_form("/start")


def test_the_scale_of_a_dimension_tells_nothing_of_what_was_not_decided(client, walk):
    """One option changes one of them by 617."""
    scales = re.compile(r'viewBox="(-?\d+) 0 (\d+) 1"')
    assert scales.findall(client.get(walk).text) == [("-4", "8"), ("-4", "8")]

    commit(client, walk, choice="1", reason="因为")

    assert scales.findall(client.get(walk).text) == [("-4", "8"), ("-4", "8")]


@pytest.mark.parametrize(("language", "title"), [("zh", "先开哪一扇门"), ("en", "Which door first")])
def test_a_case_is_shown_in_the_language_asked_for(client, language, title):
    assert title in open_page(client, CASE, language=language).text


def test_a_text_without_translation_says_so(client):
    english, chinese = (open_page(client, READING, language=language).text for language in ("en", "zh"))

    assert "There is no English version of this text yet." in english
    assert "第一段" not in open_page(client, CASE).text
    assert "版本" not in chinese


def test_a_walk_from_the_first_decision_to_its_end(client, walk):
    assert "A decision is made once." in open_page(client, walk).text

    page = commit(client, walk, choice="1")
    assert "zqoutcome-upset" in page.text
    page = commit(client, walk, choice="2", reason="先道歉")
    assert "先道歉" in page.text
    assert "zqending-saved" in page.text
    page = commit(client, walk, text="她等了一会儿")
    assert "You have finished this case" in page.text
    assert page.links["Quiz: Ladies first"] == "/courses/etiquette/quizzes/ladies"
    assert page.has_form("/start")


def test_the_score_is_told_against_the_best_when_the_walk_ended(client, walk):
    assert "at best" not in open_page(client, walk).text

    page = commit(client, walk, choice="2")

    assert "5183.47 of 5183.47 at best" in page.text


def test_starting_again_leads_back_to_the_walk_that_is_not_done(client, walk, app):
    page = open_page(client, CASE)

    assert page.links["Go on where you stopped"] == walk
    assert not page.has_form("/start")
    token = page.forms[0].value("csrf_token")
    again = client.post(f"{CASE}/start", data={"csrf_token": token})
    assert again.headers["Location"] == walk
    assert count(app, CaseWalk) == 1


def test_a_finished_walk_is_listed_with_its_ending_and_another_can_begin(client, walk):
    commit(client, walk, choice="2")
    commit(client, walk, text="次序")

    page = open_page(client, CASE)

    assert page.links["zqending-title"] == walk
    assert follow(client, send_form(client, page.form("/start"))).has_form("/commit")


def test_a_decision_sent_twice_is_refused_and_stands_as_it_was(client, walk, app):
    form = open_page(client, walk).form("/commit")
    send_form(client, form, choice="1")

    for choice in ("1", "2"):
        answer = send_form(client, form, choice=choice)
        assert answer.status_code == 409
        assert "a decision is made once" in answer.text
    assert count(app, WalkCommit) == 1


@pytest.mark.parametrize(
    ("values", "status", "sentence"),
    [
        ({"choice": None}, 422, "There is no such option."),
        ({"choice": "0"}, 422, "There is no such option."),
        ({"choice": "3"}, 422, "There is no such option."),
        ({"choice": "-1"}, 422, "There is no such option."),
        ({"choice": "１"}, 422, "There is no such option."),
        ({"choice": "9" * 5000}, 422, "There is no such option."),
        ({"choice": "one"}, 422, "There is no such option."),
        ({"choice": "1", "section": "repair"}, 409, "This is not the step that comes next"),
        ({"choice": "1", "section": "nowhere"}, 409, "This is not the step that comes next"),
        ({"choice": "1", "section": None}, 409, "This is not the step that comes next"),
        ({"choice": "1", "section": "<script>"}, 409, "This is not the step that comes next"),
    ],
)
def test_a_form_that_was_tampered_with_is_refused_with_a_sentence(
    client, walk, app, *, values, status, sentence
):
    assert sentence in refusal(client, walk, status, **values)
    assert count(app, WalkCommit) == 0


def test_a_reason_that_is_asked_for_must_be_given(client, walk, app):
    commit(client, walk, choice="1")

    assert "Give a reason for this decision." in refusal(client, walk, 422, choice="2", reason=" \n")
    assert count(app, WalkCommit) == 1


def test_a_question_wants_an_answer(client, walk):
    commit(client, walk, choice="2")

    assert "Write an answer first." in refusal(client, walk, 422, text="  ")


@pytest.mark.parametrize("payload", ["<script>alert(1)</script>", "{{ 7*7 }}", "&amp;", '"><img src=x>'])
def test_c1_what_a_learner_writes_is_shown_as_text(client, walk, payload):
    commit(client, walk, choice="1")
    commit(client, walk, choice="2", reason=payload)
    page = commit(client, walk, text=payload)

    assert page.text.count(payload) == 2


def test_learners_judge_their_own_answer(client, walk, app):
    commit(client, walk, choice="2")
    commit(client, walk, text="次序")

    page = press(client, walk, "/assess", claimed=["1"])

    assert "Self-assessment: 5 of 8" in page.text
    assert page.form("/assess").value("claimed") == "1"
    page = press(client, walk, "/assess", claimed=None)
    assert "Self-assessment: 0 of 8" in page.text
    assert count(app, SelfMark) == 1


@pytest.mark.parametrize("claimed", ["2", "-1", "x", "9" * 40])
def test_a_marking_point_that_is_not_there_is_refused(client, walk, app, claimed):
    commit(client, walk, choice="2")
    commit(client, walk, text="次序")

    answer = send_form(client, open_page(client, walk).form("/assess"), claimed=[claimed])

    assert answer.status_code == 422
    assert count(app, SelfMark) == 0


def test_a_reading_is_read_part_by_part(client):
    page = follow(client, send_form(client, open_page(client, READING).form("/start")))
    seen = ["第二段" in page.text]
    address = page.form("/commit").action.removesuffix("/commit")
    while page.has_form("/commit"):
        page = press(client, address, "/commit")
        seen.append("第二段" in page.text)

    assert seen == [False, True, True]
    assert "You have finished this reading" in page.text


def test_a_walk_goes_on_in_the_other_language(client, walk):
    commit(client, walk, choice="1")

    chinese = open_page(client, walk, language="zh").text

    assert "先开哪一扇门" in chinese
    assert "后排右门" in chinese


def test_a_translation_that_lags_behind_gives_way_to_the_original(client, store, classroom, now):
    longer = make_case_text().replace("## 结局:挽回", "## 材料:新 {#new}\n\n新。\n\n## 结局:挽回")
    with store() as session:
        publish_texts(session, classroom.library, {"cases/etiquette/door.md": longer}, now)

    page = open_page(client, CASE)

    assert "先开哪一扇门" in page.text
    assert "There is no English version of this text yet." in page.text
    assert follow(client, send_form(client, page.form("/start"))).has_form("/commit")


# whose it is


def test_a5_nobody_else_opens_moves_or_judges_a_walk(client, walk, browse, app, *, store, classroom):
    with store() as session:
        fellow = make_person(session, classroom.offering, "fellow").id
    commit(client, walk, choice="2")
    for other in (browser_of(app, fellow), browse("instructor"), browse("assistant")):
        token = {"csrf_token": other.get("/csrf").get_json()["csrf"]}
        assert other.get(walk).status_code == 404
        assert other.post(f"{walk}/commit", data=token | {"section": "why", "text": "x"}).status_code == 404
        assert other.post(f"{walk}/assess", data=token | {"section": "why"}).status_code == 404
    assert count(app, WalkCommit) == 1


@pytest.mark.parametrize("address", [CASE.replace("door", "nowhere"), "/walks/" + "0" * 26])
@pytest.mark.parametrize(("method", "act"), [("GET", ""), ("POST", "/start"), ("POST", "/commit")])
def test_a5_what_is_not_there_is_404(client, address, method, act):
    token = {"X-CSRF-Token": client.get("/csrf").get_json()["csrf"]}

    assert client.open(f"{address}{act}", method=method, headers=token).status_code == 404


def test_a5_a_case_of_a_course_one_is_not_in_is_404(browse):
    assert browse("student").get("/courses/elsewhere/cases/door").status_code == 404
    assert browse("stranger").get(CASE).status_code == 403


def test_a12_an_exam_case_is_404_for_all_but_its_authors(browse, store, classroom, now):
    with store() as session:
        publish_texts(session, classroom.library, make_exam_texts(), now)

    for who, status in [("student", 404), ("assistant", 404), ("instructor", 200)]:
        client = browse(who)
        token = {"csrf_token": client.get("/csrf").get_json()["csrf"]}
        assert client.get("/courses/etiquette/cases/vault").status_code == status
        started = client.post("/courses/etiquette/cases/vault/start", data=token)
        assert started.status_code == (303 if status == 200 else 404)


def test_in_an_archived_offering_walks_are_read_only(client, walk, store, classroom, now):
    form = open_page(client, walk).form("/commit")
    with store() as session:
        archive_offering(session.merge(classroom.offering), now)

    answer = send_form(client, form, choice="1")

    assert answer.status_code == 409
    assert "archived and can only be read" in answer.text
    assert "archived and can only be read" in open_page(client, walk).text
    assert not open_page(client, READING).has_form("/start")


@pytest.mark.parametrize("end", ["archived", "retired"])
def test_a_walk_that_is_done_offers_no_other_where_none_can_begin(
    client, walk, store, classroom, now, *, end
):
    commit(client, walk, choice="2")
    assert commit(client, walk, text="次序").has_form("/start")
    with store() as session:
        if end == "archived":
            archive_offering(session.merge(classroom.offering), now)
        else:
            gone = dict.fromkeys(["cases/etiquette/door.md", "cases/etiquette/door.en.md"])
            publish_texts(session, classroom.library, gone, now)

    page = open_page(client, walk)

    assert "You have finished this case" in page.text
    assert not page.has_form("/start")
    assert client.get(CASE).status_code == (200 if CASE in page.links.values() else 404)


def test_a7_fields_that_are_not_of_the_form_change_nothing(client, walk, app):
    extra = {"user_id": "1", "score": "99", "is_preview": "1", "done_at": "2026-01-01", "ending": "pleased"}
    commit(client, walk, choice="1", **extra)

    with app.app_context():
        row = reading().scalars(select(CaseWalk)).one()
    assert (row.is_preview, row.done_at, row.ending) == (False, None, None)
    assert row.score == 0


@pytest.mark.parametrize("address", [CASE + "/", CASE + "%2e", "/walks/%2e%2e/"])
def test_a10_odd_addresses_lead_nowhere(client, address):
    assert client.get(address).status_code == 404


def test_a10_head_answers_as_get_and_writes_nothing(client, walk, app):
    assert client.head(walk).status_code == 200
    assert client.head(f"{walk}/commit").status_code == 405
    assert client.get(f"{CASE}/start").status_code == 405
    assert count(app, CaseWalk) == 1
