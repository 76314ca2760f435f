"""Practising a quiz with forms alone: the paper, two windows, handing in, the result."""

import pytest
from sqlalchemy import func, select

from app.models import Attempt, Event, Response
from app.operations.offerings import archive_offering
from app.web.database import reading
from tests.support.builders import make_person, publish_texts
from tests.support.pages import Page, follow, open_page, press, send_form
from tests.support.people import browser_of
from tests.support.texts import make_exam_texts, make_quiz_text, make_small_quiz_text
from tests.web.drills import alerts

QUIZ = "/courses/etiquette/quizzes/ladies"
CONFLICT = "changed in another window"


@pytest.fixture
def client(browse):
    return browse("student")


@pytest.fixture
def paper(client):
    """Return the address of an attempt just begun."""
    return send_form(client, open_page(client, QUIZ).form("/start")).headers["Location"]


def form_of(client, paper):
    return open_page(client, paper).form("/answers")


def save(client, paper, **values):
    return press(client, paper, "/answers", **values)


def hand_in(client, paper):
    return press(client, f"{paper}/review", "/submit")


def shown(page, item):
    """Return what the paper shows as the answer of an item."""
    return page.form("/answers").value(f"answer-{item}")


def events(app):
    with app.app_context():
        return [(e.item, e.status) for e in reading().scalars(select(Event).order_by(Event.seq))]


def count(app, table):
    with app.app_context():
        return reading().scalar(select(func.count()).select_from(table))


# the quiz and its paper


def test_the_page_of_a_quiz_tells_what_it_is(client):
    page = open_page(client, QUIZ)

    for text in ("Ladies first", "Questions 6", "Full marks 14", "Pass mark 60%", "Module 车门"):
        assert text in page.text
    assert page.has_form("/start")


@pytest.mark.parametrize(("language", "stem"), [("zh", "先开哪扇门？"), ("en", "Which door do you open?")])
def test_a_paper_is_shown_in_the_language_asked_for_and_can_be_switched(client, paper, language, stem):
    assert stem in open_page(client, paper, language=language).text


def test_a_paper_names_each_item_with_its_type_and_head(client, paper):
    items = open_page(client, paper).items

    assert {key: (one["data-type"], one["data-seq"]) for key, one in items.items()} == {
        "single": ("single", "0"),
        "many": ("multiple", "0"),
        "note": ("info", "0"),
        "truth": ("true-false", "0"),
        "blanks": ("blanks", "0"),
        "number": ("numeric", "0"),
        "written": ("constructed", "0"),
    }


def test_starting_again_leads_to_the_open_attempt(client, paper, app):
    page = open_page(client, QUIZ)

    assert page.links["Go on where you stopped"] == paper
    assert not page.has_form("/start")
    assert (
        client.post(f"{QUIZ}/start", data={"csrf_token": page.forms[0].value("csrf_token")}).location == paper
    )
    assert count(app, Attempt) == 1


def test_a_quiz_may_show_the_opening_of_a_case_and_nothing_of_what_follows(client, store, classroom, now):
    text = make_quiz_text(group="case=door")
    with store() as session:
        files = {f"quizzes/etiquette/ladies{end}.md": text for end in ("", ".en")}
        publish_texts(session, classroom.library, files, now)

    page = follow(client, send_form(client, open_page(client, QUIZ).form("/start")))

    assert "A white car stops." in page.text
    assert "后排为上座" in page.text
    assert "后排右门" in page.text  # an option of the quiz itself
    assert page.text.count("后排右门") == 1


# answers


ANSWERS: dict[str, str | list[str]] = {
    "answer_single": "2",
    "answer_many": ["1", "3"],
    "answer_truth": "false",
    "answer-blanks.1": "护顶",
    "answer-blanks.2": " 问候",
    "answer_number": "七",
    "answer_written": "第一行\r\n第二行 🚪",
}


def test_answers_are_saved_and_shown_again(client, paper, app):
    page = save(client, paper, **ANSWERS)

    form = page.form("/answers")
    assert "Saved." in page.text
    assert CONFLICT not in page.text
    for name, value in ANSWERS.items():
        kept = [v for n, v in form.fields if n == name.replace("_", "-")]
        expected = [value.replace("\r\n", "\n")] if isinstance(value, str) else value
        assert kept == expected
    assert [status for _, status in events(app)] == ["saved"] * 6


def test_what_was_not_touched_sends_nothing(client, paper, app):
    save(client, paper, **ANSWERS)

    page = save(client, paper)

    assert len(events(app)) == 6
    assert "Saved." not in page.text


def test_a_text_that_begins_with_an_empty_line_is_not_taken_for_changed(client, paper, app):
    save(client, paper, answer_written="\n\n缩进")

    save(client, paper)

    assert events(app) == [("written", "saved")]


def test_an_answer_is_cleared_on_purpose(client, paper, app):
    save(client, paper, **ANSWERS)
    page = save(
        client,
        paper,
        answer_single="",
        answer_many=None,
        answer_truth="",
        **{"answer-blanks.1": "", "answer-blanks.2": " "},
        answer_number="",
        answer_written="",
    )

    assert len(events(app)) == 12
    assert "Answered 0 / 6" in page.text or "0 / 6" in page.text
    assert hand_in(client, paper).text.count("Not answered") >= 6


def test_the_same_form_sent_twice_saves_once_and_says_saved(client, paper, app):
    form = form_of(client, paper)

    for _ in range(2):
        page = follow(client, send_form(client, form, answer_single="2"))
        assert "Saved." in page.text
        assert CONFLICT not in page.text
    assert events(app) == [("single", "saved")]


def test_the_form_from_the_browsers_history_with_another_answer_counts(client, paper, app):
    form = form_of(client, paper)
    follow(client, send_form(client, form, answer_single="2"))

    page = follow(client, send_form(client, form, answer_single="3"))

    assert shown(page, "single") == "3"
    assert events(app) == [("single", "saved"), ("single", "saved")]


def test_an_old_form_sent_after_a_newer_answer_shows_what_counts_and_says_so(client, paper, app):
    form = form_of(client, paper)
    for place in ("2", "3"):
        follow(client, send_form(client, form, answer_single=place))

    page = follow(client, send_form(client, form, answer_single="2"))

    assert CONFLICT in page.text
    assert "Saved." not in page.text
    assert shown(page, "single") == "3"


def test_s4_two_windows_at_one_item_the_second_is_told_and_sees_the_first(client, paper, app):
    first, second = form_of(client, paper), form_of(client, paper)
    follow(client, send_form(client, first, answer_single="2", answer_truth="true"))

    page = follow(client, send_form(client, second, answer_single="3"))

    assert CONFLICT in page.text
    assert "Saved." not in page.text
    assert shown(page, "single") == "2"
    assert events(app)[-1] == ("single", "conflict")
    page = follow(client, send_form(client, page.form("/answers"), answer_single="3"))
    assert shown(page, "single") == "3"
    assert CONFLICT not in page.text


def test_s3_two_windows_at_two_items_do_not_meet(client, paper, app):
    first, second = form_of(client, paper), form_of(client, paper)
    follow(client, send_form(client, first, answer_single="2"))

    page = follow(client, send_form(client, second, answer_truth="false"))

    assert CONFLICT not in page.text
    assert (shown(page, "single"), shown(page, "truth")) == ("2", "false")


def test_s5_a_stale_window_with_blanks_does_not_clear_what_was_answered_meanwhile(client, paper, app):
    stale = form_of(client, paper)
    save(client, paper, **ANSWERS)

    page = follow(client, send_form(client, stale))

    assert (shown(page, "single"), shown(page, "number")) == ("2", "七")
    assert len(events(app)) == 6


def test_a_mixed_form_says_both_what_was_saved_and_what_was_not(client, paper):
    first, second = form_of(client, paper), form_of(client, paper)
    follow(client, send_form(client, first, answer_single="2"))

    page = follow(client, send_form(client, second, answer_single="3", answer_truth="true"))

    assert "Saved." in page.text
    assert CONFLICT in page.text
    assert (shown(page, "single"), shown(page, "truth")) == ("2", "true")


@pytest.mark.parametrize(
    "tampered",
    [
        {"client": None},
        {"client": ""},
        {"client": "../../etc"},
        {"client": "x" * 65},
    ],
    ids=str,
)
def test_a_form_of_no_page_of_ours_gets_a_sentence_and_saves_nothing(client, paper, app, tampered):
    answer = send_form(client, form_of(client, paper), answer_number="3", **tampered)

    assert answer.status_code == 422
    assert "This question cannot take such an answer." in Page(answer.text).text
    assert events(app) == []


@pytest.mark.parametrize(
    "tampered",
    [
        {"event_single": ""},
        {"event_single": "a b"},
        {"base_single": None},
        {"base_single": "-1"},
        {"base_single": "1.0"},
        {"base_single": "9223372036854775808"},
        {"base_single": "NaN"},
        {"shown_single": "{"},
        {"shown_single": "[" * 100_000},
        {"answer_single": "5"},
        {"answer_single": "0"},
        {"answer_single": "x"},
        {"answer_many": ["1", "9"]},
        {"answer_many": ["1", "1"]},
        {"answer_truth": "maybe"},
        {"answer_truth": "True"},
    ],
    ids=lambda tampered: str(tampered)[:40],
)
def test_what_was_tampered_with_gets_a_sentence_and_everything_else_is_saved(client, paper, app, tampered):
    if "shown_single" in tampered:
        tampered["answer_single"] = "1"
    answer = send_form(client, form_of(client, paper), answer_number="3", **{"answer_single": "1"} | tampered)

    assert answer.status_code == 422
    assert alerts(answer.text) == ["This question cannot take such an answer."]
    at = next(iter(tampered)).partition("_")[2]
    assert events(app) == [(one, "saved") for one in ("single", "number") if one != at]


def test_a_null_sign_is_refused(client, paper, app):
    assert send_form(client, form_of(client, paper), answer_written="a\0b").status_code == 400
    assert events(app) == []


def test_s9_what_is_too_large_is_refused_and_the_earlier_answer_stays(client, paper, app):
    save(client, paper, answer_written="短")

    for size in (300_000, 2_000_000):
        answer = send_form(client, form_of(client, paper), answer_written="x" * size)
        assert answer.status_code in {413, 422}
    assert shown(open_page(client, paper), "written") == "短"


def test_a7_fields_that_are_not_of_the_form_change_nothing(client, paper, app):
    extra = {
        "state": "scored",
        "score": "14",
        "user_id": "1",
        "max": "1",
        "answer_note": "x",
        "event_note": "y" * 9,
    }
    save(client, paper, answer_single="2", **extra)

    with app.app_context():
        attempt = reading().scalars(select(Attempt)).one()
    assert (attempt.state, attempt.score, attempt.max) == ("open", None, None)
    assert events(app) == [("single", "saved")]


@pytest.mark.parametrize("payload", ["<script>alert(1)</script>", "{{ 7*7 }}", "</textarea><b>", "&lt;", '"'])
def test_c1_what_a_learner_writes_is_shown_as_text(client, paper, payload):
    page = save(
        client, paper, answer_written=payload, answer_number=payload[:40], **{"answer-blanks.1": payload}
    )
    assert shown(page, "written") == shown(page, "blanks.1") == payload

    assert payload in hand_in(client, paper).text


# handing in


def test_what_is_not_answered_is_named_before_handing_in(client, paper):
    page = save(client, paper, answer_single="2", review="yes")

    assert "5 questions are not answered" in page.text
    assert page.links["2"] == f"{paper}#item-many"
    assert "1" not in page.links
    assert page.has_form("/submit")


def test_handing_in_shows_score_keys_and_explanations(client, paper, app):
    save(client, paper, answer_truth="false", answer_number="7391846", answer_written="理由")

    page = hand_in(client, paper)

    assert "4 of 10" in page.text
    assert "Not passed" in page.text
    for text in ("zqfeedback-right", "zqexplanation-single", "zqpoint-written", "zqguidance-written"):
        assert text in page.text
    assert "1 written answer is not in this score" in page.text
    assert "Right answer" in page.text
    assert "Key: 7391846 ± 1 次" in page.text
    assert "Accepted: zqword-one · 护顶" in page.text


@pytest.mark.parametrize(
    ("first", "then", "verdict"),
    [("0%", "80%", "Passed"), ("80%", "0%", "Passed"), ("80%", "70%", "Not passed")],
)
def test_a_result_keeps_the_mark_it_passed_and_gains_by_a_lower_one(
    client, classroom, store, now, *, first, then, verdict
):
    quiz = QUIZ.replace("ladies", "smile")

    def ask_for(share):
        with store() as session:
            text = {"quizzes/etiquette/smile.md": make_small_quiz_text(front=f"pass: {share}\n")}
            publish_texts(session, classroom.library, text, now)

    ask_for(first)
    paper = send_form(client, open_page(client, quiz).form("/start")).headers["Location"]
    hand_in(client, paper)
    ask_for(then)

    assert f"Score 0 of 1 {verdict} " in open_page(client, f"{paper}/result").text
    assert f"Pass mark {then}" in open_page(client, quiz).text


def test_the_result_leads_back_to_the_scene_and_on(client, paper):
    page = hand_in(client, paper)

    assert page.links["Back to the scene: Which door first"] == "/courses/etiquette/cases/door"
    assert follow(client, send_form(client, page.form("/start"))).has_form("/answers")


def test_the_result_shows_what_was_answered_where_it_was_shown(client, store, classroom, now, app):
    with store() as session:
        files = {
            f"quizzes/etiquette/ladies{end}.md": make_quiz_text(front="shuffle: yes\n") for end in ("", ".en")
        }
        publish_texts(session, classroom.library, files, now)
    paper = send_form(client, open_page(client, QUIZ).form("/start")).headers["Location"]
    save(client, paper, answer_single="3")

    page = hand_in(client, paper)

    with app.app_context():
        layout = reading().scalars(select(Attempt)).one().layout
        place = next(one for one in layout["items"] if one["key"] == "single")["order"][2]
        response = reading().scalars(select(Response).where(Response.item == "single")).one()
    assert response.answer == str(place)
    text = ["后排右门", "前排右门", "左门", "不开"][place - 1]
    assert f"{text} Your answer" in page.text


def test_s12_handing_in_twice_leads_to_the_same_result(client, paper, app):
    form = open_page(client, f"{paper}/review").form("/submit")

    addresses = {send_form(client, form).headers["Location"] for _ in range(2)}

    assert addresses == {f"{paper}/result"}
    assert count(app, Response) == 6


def test_s14_a_second_window_cannot_save_after_handing_in(client, paper, app):
    form = form_of(client, paper)
    hand_in(client, paper)

    answer = send_form(client, form, answer_single="2")

    assert answer.status_code == 409
    assert "takes no more answers" in answer.text


@pytest.mark.parametrize("page", ["", "/review"])
def test_a_closed_attempt_leads_to_its_result(client, paper, page):
    hand_in(client, paper)

    assert client.get(f"{paper}{page}").headers["Location"] == f"{paper}/result"


def test_an_open_attempt_has_no_result(client, paper):
    assert client.get(f"{paper}/result").headers["Location"] == paper


def test_attempts_are_listed_with_their_share(client, paper):
    save(client, paper, answer_truth="false")
    hand_in(client, paper)

    page = open_page(client, QUIZ)

    assert page.links["Attempt 1"] == f"{paper}/result"
    assert "2 / 10 · 20%" in page.text


# whose it is


PATHS = ["", "/review", "/result"]


def test_a5_nobody_else_sees_saves_or_hands_in(client, paper, browse, app, *, store, classroom):
    with store() as session:
        fellow = make_person(session, classroom.offering, "fellow").id
    for other in (browser_of(app, fellow), browse("instructor"), browse("assistant")):
        token = {"csrf_token": other.get("/csrf").get_json()["csrf"]}
        assert {other.get(f"{paper}{path}").status_code for path in PATHS} == {404}
        assert {other.post(f"{paper}{path}", data=token).status_code for path in ("/answers", "/submit")} == {
            404
        }
    assert form_of(client, paper)


def test_a5_what_is_not_there_is_404(client, browse):
    assert client.get("/courses/etiquette/quizzes/nowhere").status_code == 404
    assert client.get("/attempts/" + "0" * 26).status_code == 404
    assert client.get("/courses/elsewhere/quizzes/ladies").status_code == 404
    assert browse("stranger").get(QUIZ).status_code == 403


def test_a12_an_exam_quiz_is_404_for_all_but_its_authors(browse, store, classroom, now):
    with store() as session:
        publish_texts(session, classroom.library, make_exam_texts(), now)

    for who, status in [("student", 404), ("assistant", 404), ("instructor", 200)]:
        client = browse(who)
        token = {"csrf_token": client.get("/csrf").get_json()["csrf"]}
        assert client.get("/courses/etiquette/quizzes/guard").status_code == status
        started = client.post("/courses/etiquette/quizzes/guard/start", data=token)
        assert started.status_code == (303 if status == 200 else 404)


def test_in_an_archived_offering_attempts_are_read_only(client, paper, store, classroom, now):
    form, check = form_of(client, paper), open_page(client, f"{paper}/review").form("/submit")
    with store() as session:
        archive_offering(session.merge(classroom.offering), now)

    for answer in (send_form(client, form, answer_single="2"), send_form(client, check)):
        assert answer.status_code == 409
        assert "archived and can only be read" in answer.text
    assert not open_page(client, "/courses/etiquette/quizzes/smile").has_form("/start")
    for page in (paper, QUIZ):
        assert "archived and can only be read" in open_page(client, page).text


def test_a_quiz_that_no_key_scores_has_no_score(client, store, classroom, now):
    text = "---\ntitle: 论述\n---\n## 说说为什么。 {#why 2分}\n\n____\n- {2分} 次序\n"
    with store() as session:
        publish_texts(session, classroom.library, {"quizzes/etiquette/smile.md": text}, now)
    quiz = QUIZ.replace("ladies", "smile")
    written = send_form(client, open_page(client, quiz).form("/start")).headers["Location"]
    press(client, written, "/answers", answer_why="次序")

    result = hand_in(client, written)

    assert "1 written answer is not in this score" in result.text
    assert "0 of 0" not in result.text
    assert "0 / 0" not in open_page(client, quiz).text


def test_the_result_of_a_retired_quiz_offers_no_other_try(client, paper, store, classroom, now):
    assert hand_in(client, paper).has_form("/start")
    with store() as session:
        gone = dict.fromkeys(["quizzes/etiquette/ladies.md", "quizzes/etiquette/ladies.en.md"])
        publish_texts(session, classroom.library, gone, now)

    page = open_page(client, f"{paper}/result")

    assert "Score" in page.text
    assert not page.has_form("/start")


def test_a10_odd_methods_and_addresses(client, paper):
    assert client.get(f"{paper}/").status_code == 404
    assert client.get(f"{paper}/submit").status_code == 405
    assert client.get(f"{QUIZ}/start").status_code == 405
    assert client.head(paper).status_code == 200
    assert client.put(paper).status_code == 405
