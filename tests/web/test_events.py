"""Events as JSON: each is judged by itself, acknowledged after the commit, and never credited elsewhere."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.domain.protocol import MOST_EVENTS
from app.models import Attempt, Event
from app.operations.enrolment import withdraw
from app.operations.offerings import archive_offering
from app.web.database import reading
from tests.conftest import START
from tests.support.builders import make_person, reload
from tests.support.counting import statements
from tests.support.pages import open_page, press, send_form
from tests.support.people import browser_of
from tests.support.wire import OTHER_WINDOW, event, post, send_events, statuses

QUIZ = "/courses/etiquette/quizzes/ladies"
TOLD = {
    "unknown_item": "This paper has no such question.",
    "bad_answer": "This question cannot take such an answer.",
    "bad_event": "This event is not put together as it should be.",
    "unknown_kind": "A page cannot send events of this kind.",
}


@pytest.fixture
def client(time, browse):
    """Return the student's browser; the clock stands still."""
    return browse("student")


@pytest.fixture
def paper(client):
    """Return the address of an attempt just begun."""
    return send_form(client, open_page(client, QUIZ).form("/start")).headers["Location"]


def heads(client, paper):
    """Return the answers that the paper shows as saved."""
    form = open_page(client, paper).form("/answers")
    shown = {name.removeprefix("shown-"): value for name, value in form.fields if name.startswith("shown-")}
    return {item: json.loads(value) for item, value in shown.items() if value != "null"}


def state(client, paper):
    return client.get(f"{paper}/state").get_json()


def stored(app):
    with app.app_context():
        rows = reading().scalars(select(Event).order_by(Event.seq)).all()
        return [(row.seq, row.kind, row.item, row.status) for row in rows]


def close_at(store, deadline):
    """Give the only attempt a deadline."""
    with store() as session:
        session.execute(update(Attempt).values(deadline_at=deadline))


def hand_in(client, paper):
    press(client, f"{paper}/review", "/submit")


# what is acknowledged


def test_an_answer_is_saved_and_stands_in_the_paper(client, paper):
    (ack,) = send_events(client, paper, event("single", "2"))

    assert (ack["status"], ack["seq"], len(ack["hash"])) == ("saved", 1, 64)
    assert heads(client, paper) == {"single": "2"}
    assert open_page(client, paper).items["single"]["data-seq"] == "1"


def test_the_answer_tells_the_servers_time(client, paper, time):
    answer = post(client, paper, {"events": [event("single", "2")]}).get_json()

    assert (answer["now"], answer["deadline"]) == ("2026-03-02T00:00:00.000+00:00", None)


def test_a_batch_is_acknowledged_event_by_event_in_order(client, paper):
    acks = send_events(
        client, paper, event("single", "2"), event("truth", True), event("blanks", ["护顶", ""])
    )

    assert [one["seq"] for one in acks] == [1, 2, 3]
    assert heads(client, paper) == {"single": "2", "truth": True, "blanks": ["护顶", ""]}


def test_null_clears_on_purpose(client, paper):
    first, second = event("single", "2"), event("single", None)
    send_events(client, paper, first)
    assert state(client, paper)["answered"] == 1

    send_events(client, paper, second | {"base": 1})

    assert heads(client, paper) == {}
    assert state(client, paper) == state(client, paper) | {"answered": 0, "last_seq": 2}


def test_unknown_fields_are_ignored_and_not_stored(client, paper, app):
    sent = event("single", "2", score=100, user_id=1, state="scored")

    send_events(client, paper, sent)

    with app.app_context():
        body = json.loads(reading().scalars(select(Event.body)).one())
    assert body.keys() == {
        *("id", "client", "n", "base", "kind", "item", "answer", "at"),
        *("status", "seq", "received_at"),
    }
    assert state(client, paper)["state"] == "open"


def test_flags_and_focus_are_noted_and_count_for_nothing(client, paper, app):
    acks = send_events(
        client,
        paper,
        event("single", True, kind="flag"),
        event(None, kind="blur"),
        event(None, kind="focus"),
        event("single", False, kind="flag"),
    )

    assert statuses(acks) == ["noted"] * 4
    assert [row[1:3] for row in stored(app)] == [
        ("flag", "single"),
        ("blur", None),
        ("focus", None),
        ("flag", "single"),
    ]
    assert state(client, paper)["answered"] == 0


# S2, S6: the same event again


def test_s2_a_lost_response_and_the_same_event_again(client, paper, app):
    sent = event("single", "2")
    (first,) = send_events(client, paper, sent)

    (again,) = send_events(client, paper, sent)

    assert again == first | {"status": "replayed", "was": "saved"}
    assert len(stored(app)) == 1


def test_s2_a_replay_is_answered_after_the_end_too(client, paper):
    sent = event("single", "2")
    (first,) = send_events(client, paper, sent)
    hand_in(client, paper)

    (again,) = send_events(client, paper, sent)

    assert (again["status"], again["seq"], again["hash"]) == ("replayed", first["seq"], first["hash"])


def test_s2_a_replay_tells_what_counts_by_now(client, paper):
    sent = event("single", "2")
    send_events(client, paper, sent)
    send_events(client, paper, event("single", "3"))

    (again,) = send_events(client, paper, sent)

    assert again["head"] == {"seq": 2, "answer": "3"}


@pytest.mark.parametrize(
    "change",
    [
        {"answer": "3"},
        {"base": 1},
        {"n": 2**31 - 1},
        {"item": "truth", "answer": True},
        {"client": OTHER_WINDOW},
        {"at": 1},
        {"kind": "flag", "answer": True},
    ],
    ids=str,
)
def test_s6_an_id_with_another_body_is_a_mismatch(client, paper, app, change):
    sent = event("single", "2")
    send_events(client, paper, sent)

    (ack,) = send_events(client, paper, sent | change, status=409)

    assert (ack["status"], ack["code"]) == ("refused", "event_mismatch")
    assert len(stored(app)) == 1
    assert heads(client, paper) == {"single": "2"}


def test_s6_the_same_id_twice_in_one_batch_counts_once(client, paper, app):
    sent = event("single", "2")

    acks = send_events(client, paper, sent, sent, sent | {"answer": "3"})

    assert statuses(acks) == ["saved", "replayed", "event_mismatch"]
    assert len(stored(app)) == 1


def test_the_same_id_in_two_attempts_is_two_events(client, paper, app, store, classroom):
    with store() as session:
        person = make_person(session, classroom.offering, "xiaolin")
    other = browser_of(app, person.id)
    theirs = send_form(other, open_page(other, QUIZ).form("/start")).headers["Location"]
    sent = event("single", "2")

    assert statuses(send_events(client, paper, sent)) == ["saved"]
    assert statuses(send_events(other, theirs, sent | {"answer": "3"})) == ["saved"]
    assert (heads(client, paper), heads(other, theirs)) == ({"single": "2"}, {"single": "3"})


# S3, S4, S5, S7: windows


def test_s3_two_windows_answer_different_items(client, paper):
    acks = send_events(client, paper, event("single", "2"))
    acks += send_events(client, paper, event("truth", True, client=OTHER_WINDOW, n=0))

    assert statuses(acks) == ["saved", "saved"]
    assert heads(client, paper) == {"single": "2", "truth": True}


def test_s4_two_windows_answer_the_same_item_and_are_told(client, paper):
    send_events(client, paper, event("single", "2"))

    (ack,) = send_events(client, paper, event("single", "3", client=OTHER_WINDOW))

    assert (ack["status"], ack["head"]) == ("conflict", {"seq": 1, "answer": "2"})
    assert heads(client, paper) == {"single": "2"}

    (chosen,) = send_events(client, paper, event("single", "3", client=OTHER_WINDOW, base=1))

    assert chosen["status"] == "saved"
    assert heads(client, paper) == {"single": "3"}


def test_s5_a_stale_window_with_blanks_does_not_clear(client, paper):
    send_events(client, paper, event("blanks", ["护顶", "先生"]))

    (ack,) = send_events(client, paper, event("blanks", ["", ""], client=OTHER_WINDOW))

    assert ack["status"] == "conflict"
    assert state(client, paper)["answered"] == 1


def test_s7_a_late_lower_number_is_superseded(client, paper):
    older, newer = event("single", "2"), event("single", "3")
    send_events(client, paper, newer)

    (ack,) = send_events(client, paper, older)

    assert (ack["status"], ack["head"]) == ("superseded", {"seq": 1, "answer": "3"})
    assert heads(client, paper) == {"single": "3"}


# S8, S9, S10, S11: what is refused, and what is not


@pytest.mark.parametrize("name", ["n", "base", "at"])
@pytest.mark.parametrize("value", [-1, 2**63, 1.0, 1.5, True, "1", [], float("nan"), float("inf")], ids=str)
def test_s8_numbers_out_of_range_or_no_whole_numbers_are_refused(client, paper, app, name, value):
    (ack,) = send_events(client, paper, event("single", "2", **{name: value}), status=422)

    assert ack["code"] == "bad_event"
    assert stored(app) == []


@pytest.mark.parametrize("name", ["n", "base"])
def test_s8_a_number_has_a_greatest(client, paper, name):
    too_great = event("single", "2", **{name: 2**31})
    assert statuses(send_events(client, paper, too_great, status=422)) == ["bad_event"]
    assert statuses(send_events(client, paper, event("single", "2", **{name: 2**31 - 1}))) == ["saved"]


@pytest.mark.parametrize("name", ["id", "client", "n", "base", "kind"])
def test_s8_nothing_may_be_left_out(client, paper, name):
    sent = {key: value for key, value in event("single", "2").items() if key != name}

    (ack,) = send_events(client, paper, sent, status=422)

    assert ack["code"] == ("unknown_kind" if name == "kind" else "bad_event")


def test_s9_a_body_that_is_too_large_is_refused_and_the_earlier_answer_stands(client, paper):
    send_events(client, paper, event("written", "第一稿"))

    answer = post(client, paper, {"events": [event("written", "长" * 400_000)]})

    assert (answer.status_code, answer.get_json()["error"]) == (413, "too_large")
    assert heads(client, paper) == {"written": "第一稿"}


def test_s9_an_essay_that_just_fits_is_kept(client, paper):
    text = "长" * 80_000

    (ack,) = send_events(client, paper, event("written", text))

    assert ack["status"] == "saved"
    assert heads(client, paper)["written"] == text


@pytest.mark.parametrize(
    "text",
    ["👩‍✈️🙇🏽", "\u202eمرحبا", "a\r\nb\r\n", "e\u0301", "\ufeff1", "'; DROP TABLE event;--", "&lt;"],
    ids=repr,
)
def test_s10_what_was_written_comes_back_unchanged(client, paper, app, text):
    send_events(client, paper, event("written", text))

    with app.app_context():
        body = json.loads(reading().scalars(select(Event.body)).one())
    assert body["answer"] == text


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ({"item": "nowhere"}, "unknown_item"),
        ({"item": "note", "answer": "x"}, "bad_answer"),
        ({"answer": "9"}, "bad_answer"),
        ({"answer": 2}, "bad_answer"),
        ({"answer": 2.0}, "bad_event"),
        ({"item": "written", "answer": "a\0b"}, "bad_event"),
        ({"item": "written", "answer": "\ud800"}, "bad_event"),
        ({"item": None}, "bad_event"),
        ({"item": "single", "kind": "focus", "answer": None}, "bad_event"),
        ({"kind": "submit"}, "unknown_kind"),
        ({"kind": "extend"}, "unknown_kind"),
        ({"kind": ["answer"]}, "unknown_kind"),
        ({"kind": "flag", "answer": 1}, "bad_event"),
        ({"kind": "flag", "item": "nowhere", "answer": True}, "unknown_item"),
        ({"kind": "commit", "answer": {"section": "which", "choice": "1"}}, "bad_answer"),
        ({"id": "x"}, "bad_event"),
        ({"id": 7}, "bad_event"),
        ({"client": ""}, "bad_event"),
    ],
    ids=str,
)
def test_s11_what_is_refused_leaves_the_rest_of_the_batch_saved(client, paper, *, bad, code):
    acks = send_events(client, paper, event("truth", True), event("single", "2") | bad, event("many", ["1"]))

    assert statuses(acks) == ["saved", code, "saved"]
    assert heads(client, paper) == {"truth": True, "many": ["1"]}
    assert acks[1]["message"] == TOLD[code]


@pytest.mark.parametrize("levels", [20, 21])
def test_s11_an_answer_is_nested_twenty_levels_at_most(client, paper, levels):
    deep: object = "x"
    for _ in range(levels):
        deep = [deep]

    (ack,) = send_events(client, paper, event("single", deep), status=422)

    assert ack["code"] == ("bad_answer" if levels < 21 else "bad_event")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        b"[]",
        b"null",
        b'{"events": {}}',
        b'{"events": []}',
        b"[" * 100_000,
        b'{"events": [' + b"9" * 10_000 + b"]}",
        json.dumps({"events": [event("single", "2")] * (MOST_EVENTS + 1)}).encode(),
    ],
    ids=lambda body: body[:20],
)
def test_a_body_that_is_no_batch_is_refused_whole(client, paper, app, body):
    answer = post(client, paper, body)

    assert (answer.status_code, answer.get_json()["error"]) == (422, "bad_batch")
    assert stored(app) == []


def test_what_stands_among_events_and_is_none_is_refused_alone(client, paper):
    answer = post(client, paper, {"events": [1, None, "x", [], {}, event("single", "2")]})

    acks = answer.get_json()["acks"]
    assert statuses(acks) == ["bad_event"] * 5 + ["saved"]
    assert [one["id"] for one in acks[:5]] == [None] * 5


# T1, T2: time


def test_t1_what_the_page_says_of_time_changes_nothing(client, paper, store, time):
    close_at(store, START + timedelta(minutes=1))
    time.shift(timedelta(minutes=2))

    sent = event("single", "2", at=1, deadline="2099-01-01", timeup=False)

    assert statuses(send_events(client, paper, sent)) == ["late"]


@pytest.mark.parametrize(
    ("late_by", "outcome"),
    [(-0.001, "saved"), (0, "late"), (0.001, "late"), (599.999, "late"), (600, "attempt_closed")],
)
def test_t2_the_close_is_exact_to_the_millisecond(client, paper, store, time, *, late_by, outcome):
    deadline = START + timedelta(minutes=40)
    close_at(store, deadline)
    time.move_to(deadline + timedelta(seconds=30 + late_by))

    answer = post(client, paper, {"events": [event("single", "2")]})

    assert statuses(answer.get_json()["acks"]) == [outcome]
    assert answer.status_code == (409 if outcome == "attempt_closed" else 200)


def test_what_is_late_is_kept_and_does_not_count(client, paper, app, store, time):
    send_events(client, paper, event("single", "2"))
    close_at(store, START)
    time.shift(timedelta(minutes=1))

    send_events(client, paper, event("single", "3", base=1), event("single", True, kind="flag"))

    assert [row[3] for row in stored(app)] == ["saved", "late", "noted"]
    assert state(client, paper) == state(client, paper) | {"answered": 1, "state": "submitted"}


def test_s14_after_hand_in_a_second_window_is_refused(client, paper, app):
    send_events(client, paper, event("single", "2"))
    hand_in(client, paper)
    before = stored(app)

    (ack,) = send_events(client, paper, event("single", "3", client=OTHER_WINDOW, base=1), status=409)

    assert ack["code"] == "attempt_closed"
    assert stored(app) == before


def test_an_archived_offering_takes_no_answers(client, paper, store, classroom):
    with store() as session:
        archive_offering(session.merge(classroom.offering), START)

    (ack,) = send_events(client, paper, event("single", "2"), status=409)

    assert ack["code"] == "offering_archived"


# who may


def test_a5_a_foreign_attempt_is_404(browse, client, paper, app):
    answer = post(browse("instructor"), paper, {"events": [event("single", "2")]})

    assert (answer.status_code, answer.get_json()["error"]) == (404, "not_found")
    assert stored(app) == []
    assert browse("instructor").get(f"{paper}/state").status_code == 404


def test_a_student_who_left_saves_nothing_any_more(client, paper, app, store, classroom):
    send_events(client, paper, event("single", "2"))
    with store() as session:
        withdraw(session, classroom.student.id, classroom.offering.id, None, START)
        assert reload(session, classroom.student).memberships == ()

    assert post(client, paper, {"events": [event("single", "3")]}).status_code == 403
    assert client.get(f"{paper}/state").status_code == 403
    assert len(stored(app)) == 1


def test_who_is_not_signed_in_is_told_so_in_json(app, client, paper):
    stranger = app.test_client()

    answer = stranger.get(f"{paper}/state", headers={"Accept": "text/html"})
    sent = stranger.post(f"{paper}/events", data=b"{}")

    assert (answer.status_code, answer.get_json()["error"]) == (401, "sign_in")
    assert (sent.status_code, sent.get_json()["error"]) == (401, "sign_in")


@pytest.mark.parametrize("token", ["", "forged"])
def test_b4_without_the_sessions_token_nothing_is_saved(client, paper, app, token):
    answer = post(client, paper, {"events": [event("single", "2")]}, **{"X-CSRF-Token": token})

    assert (answer.status_code, answer.get_json()["error"]) == (403, "csrf")
    assert stored(app) == []


# what it costs


def test_saving_one_answer_takes_five_statements_and_one_commit(client, paper, app):
    send_events(client, paper, event("single", "2"))
    token = client.get("/csrf").get_json()["csrf"]

    with statements(app) as sent:
        body = json.dumps({"events": [event("single", "3")]})
        answer = client.post(
            f"{paper}/events", data=body, headers={"X-CSRF-Token": token, "Content-Type": "application/json"}
        )

    assert answer.status_code == 200
    assert len(sent) <= 5, sent
    assert len(answer.data) < 1024


def test_asking_for_the_state_takes_two_statements_and_writes_nothing(client, paper, app):
    with statements(app) as sent:
        answer = client.get(f"{paper}/state")

    assert len(sent) <= 2, sent
    assert all(one.lstrip().upper().startswith("SELECT") for one in sent)
    assert len(answer.data) < 1024


def test_b4_a_token_that_was_right_once_opens_nothing_to_others(client, browse, paper):
    token = client.get("/csrf").get_json()["csrf"]
    stranger = browse("instructor")

    def status(browser, sent):
        return post(browser, paper, {"events": [event("truth", True)]}, **{"X-CSRF-Token": sent}).status_code

    assert [status(client, token), status(client, token)] == [200, 200]
    assert [status(client, token[:-1]), status(client, ""), status(stranger, token)] == [403, 403, 403]


def test_questions_with_two_answers_are_told_before_handing_in(client, paper):
    send_events(client, paper, event("truth", True))
    send_events(client, paper, event("truth", False, client=OTHER_WINDOW))

    page = open_page(client, f"{paper}/review", language="en")

    assert "1 question has two answers" in page.text
    assert "3. 后排总是上座。 Counts: True The other window: False" in page.text
    assert page.links["3. 后排总是上座。"] == f"{paper}#item-truth"
    send_events(client, paper, event("truth", True, base=9))
    assert "two answers" not in open_page(client, f"{paper}/review", language="en").text


@pytest.mark.parametrize(
    ("written", "is_read"),
    [("十二", True), ("１２．５", True), ("12 次", True), ("a dozen", False), ("1/2/3", False)],
)
def test_what_cannot_be_read_as_a_number_is_told_before_handing_in(client, paper, written, is_read):
    send_events(client, paper, event("number", written))

    text = open_page(client, f"{paper}/review", language="en").text

    assert ("1 answer cannot be read as a number" in text) is not is_read
    assert (f"You wrote: {written}" in text) is not is_read
