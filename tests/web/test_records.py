"""The record of an attempt in the browser: every event in words, by time and by question."""

import re

import pytest
from sqlalchemy import select

from app.domain.events import ACCEPT, REJECT
from app.domain.review import Aspect, Phase
from app.domain.roles import Permission
from app.models import Attempt, AuditRow, Exam
from app.operations.halls import get_hall
from app.operations.late import decide_late
from app.operations.orders import Order
from app.web.database import reading
from tests.conftest import START
from tests.support.builders import publish_texts
from tests.support.drill import DRILL_SECRETS, make_drill
from tests.support.exams import set_exam
from tests.support.pages import Page, open_page, press, send_form
from tests.support.people import send
from tests.support.wire import OTHER_WINDOW, event, send_events
from tests.web.test_orders import order
from tests.web.watching import watched

__all__ = ["watched"]

SHOWN = {Aspect.ANSWERS.value: [Phase.RELEASED.value]}


def record(watched, query="", language="en"):
    address = f"{watched.desk}/attempts/{watched.attempt}{query}"
    return open_page(watched.teacher, address, language=language)


def hand_in(watched):
    press(watched.student, f"{watched.paper}/review", "/submit")


def views(app):
    with app.app_context():
        rows = reading().scalars(select(AuditRow).where(AuditRow.action == "answers.view")).all()
        return [(row.detail["attempt"], row.address) for row in rows]


def release(store, watched, review=None):
    with store() as session:
        exam = session.scalars(select(Exam).where(Exam.public_id == watched.exam)).one()
        attempt = session.scalars(select(Attempt).where(Attempt.public_id == watched.attempt)).one()
        exam.review = SHOWN if review is None else review
        exam.released_at = attempt.submitted_at or attempt.started_at


def test_a_record_tells_who_what_and_that_it_is_whole(watched):
    hand_in(watched)

    page = record(watched)

    for told in (
        "Name 小xiaohe",
        "Student number xiaohe",
        "Class 航空2301",
        f"Attempt {watched.attempt}",
        "Quiz ladies (zh), revision 1",
        "Quiz ladies (en), revision 1",
        "The chain of all 2 events verifies",
        "Verifies",
    ):
        assert told in page.text
    assert f'"attempt":"{watched.attempt}"' in page.text
    assert re.search(r"Paper \(SHA-256\) [0-9a-f]{64}", page.text)


def test_every_reading_is_noted_in_the_log(app, watched):
    record(watched)
    record(watched, "?by=item")

    assert views(app) == [(watched.attempt, "127.0.0.1")] * 2


def test_who_may_not_read_leaves_no_row(app, watched, browse):
    address = f"{watched.desk}/attempts/{watched.attempt}"

    assert [browse(who).get(address).status_code for who in ("student", "assistant")] == [403, 403]
    assert watched.teacher.get(f"{watched.desk}/attempts/{'0' * 26}").status_code == 404
    assert views(app) == []


def test_the_end_is_derived_step_by_step(watched, time):
    order(watched, "extend", minutes="12", reason="断电")
    order(watched, "pause")
    time.shift(90)
    order(watched, "resume")

    page = record(watched)

    told = [
        "Began 2026-03-02 08:00:00",
        "The exam lasts 60 minutes 2026-03-02 09:00:00",
        "More time: 12 minutes 2026-03-02 09:12:00",
        "Moved by the pause: 0:01:30 2026-03-02 09:13:30",
    ]
    assert " ".join(told) in page.text
    assert "More time 12 minutes · by 小chen · 断电" in page.text


def test_an_answer_is_told_before_and_after_with_its_fate(watched, time):
    first = event("truth", True)
    time.shift(65)
    send_events(watched.student, watched.paper, first, event("truth", False, n=first["n"] + 1, base=2))
    send_events(watched.student, watched.paper, event("truth", True, client=OTHER_WINDOW))
    send_events(watched.student, watched.paper, event("truth", True, n=first["n"] - 1))

    text = record(watched).text

    assert "2 08:01:05 Answered 3. 后排总是上座。 True Counted 1" in text
    assert "3 08:01:05 Answered 3. 后排总是上座。 True → False Counted 1" in text
    assert "4 08:01:05 Answered 3. 后排总是上座。 False → True In conflict: another window had" in text
    assert "5 08:01:05 Answered 3. 后排总是上座。 False → True Overtaken by a newer one 1" in text


def test_focus_flags_late_answers_and_the_hand_in_are_told(watched, time):
    send_events(
        watched.student,
        watched.paper,
        event(None, kind="blur"),
        event(None, kind="focus"),
        event("single", True, kind="flag"),
        event("single", False, kind="flag"),
        event("single", "2"),
        event("single", None),
    )
    time.shift(60 * 61)
    send_events(watched.student, watched.paper, event("truth", True))
    send(watched.student, f"{watched.paper}/submit")

    text = record(watched).text

    for told in (
        "Left the page",
        "Came back to the page",
        "Marked to come back to 1.",
        "Mark taken off 1.",
        "→ no answer Counted",
        "True Late: did not count",
        "Closed by time",
        "address 127.0.0.1",
    ):
        assert told in text


@pytest.mark.parametrize("kind", [ACCEPT, REJECT])
def test_what_was_decided_about_a_late_answer_is_told(watched, store, classroom, time, kind):
    time.shift(60 * 61)
    send_events(watched.student, watched.paper, event("truth", True))
    send(watched.student, f"{watched.paper}/submit")
    with store() as session:
        hall = get_hall(session, classroom.instructor, watched.exam, Permission.INVIGILATE)
        given = Order(classroom.instructor, "断网", START)
        decide_late(session, hall, given, [f"{watched.attempt}:2"], kind)

    text = record(watched).text

    told = {
        ACCEPT: "Late answer accepted 3. 后排总是上座。 True by 小chen · 断网",
        REJECT: "Late answer not accepted 3. 后排总是上座。 by 小chen · 断网",
    }
    assert told[kind] in text
    assert "The chain of all 4 events verifies" in text


@pytest.mark.parametrize(
    ("minutes", "told"),
    [(59, "it was not handed in."), (61, "the time is over, and it follows within a minute.")],
)
def test_without_a_receipt_it_says_why_there_is_none(watched, time, minutes, told):
    time.shift(60 * minutes)

    assert f"No receipt yet: {told}" in record(watched).text


def test_question_by_question_it_says_what_counts(watched):
    send_events(watched.student, watched.paper, event("truth", True))
    send_events(watched.student, watched.paper, event("blanks", ["护顶", ""]))

    page = record(watched, "?by=item")

    assert "3. 后排总是上座。 Counts: True" in page.text
    assert "Counts: (1) 护顶; (2) –" in page.text
    assert page.text.count("Counts: no answer") == 4
    assert page.text.index("1. ") < page.text.index("6. ")


def test_it_is_read_in_the_readers_language(watched):
    send_events(watched.student, watched.paper, event("truth", True))

    text = record(watched, language="zh").text

    assert "已作答 3. 后排总是上座。 对 计入 1" in text
    assert "考试时长 60分钟 2026-03-02 09:00:00" in text


def test_what_a_learner_wrote_is_shown_as_text(watched):
    script = "<script>alert(1)</script>{{ 7*7 }}"
    send_events(watched.student, watched.paper, event("written", script))

    html = watched.teacher.get(f"{watched.desk}/attempts/{watched.attempt}").text

    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in html
    assert "<script>alert" not in html


def test_a_chain_that_was_changed_is_told_first(app, watched, store):
    with store() as session:
        session.scalars(select(Attempt).where(Attempt.public_id == watched.attempt)).one().answered = 5

    text = record(watched).text

    assert "Something does not agree, first at event 0" in text


# every type of item


@pytest.fixture
def drill(watched, store, classroom, now):
    """Return the same for an exam of every type of item."""
    files = {"quizzes/etiquette/drill.md": make_drill(), "quizzes/etiquette/drill.en.md": make_drill("All")}
    with store() as session:
        publish_texts(session, classroom.library, files, now)
        exam = set_exam(session, classroom, now, quiz="drill").public_id
    begun = send_form(watched.student, open_page(watched.student, f"/exams/{exam}").form("/start"))
    return type(watched)(exam, begun.location.rpartition("/")[2], watched.student, watched.teacher)


def shown(app, drill, item, number, blank=None):
    """Return the position at which the attempt shows an option of the file."""
    with app.app_context():
        layout = reading().scalars(select(Attempt.layout).where(Attempt.public_id == drill.attempt)).one()
    place = next(one for one in layout["items"] if one["key"] == item)
    order = place["order"] if blank is None else place["blanks"][blank]
    return str(order.index(number) + 1)


def test_positions_become_the_texts_of_options_for_every_type(app, drill):
    def at(item, number, blank=None):
        return shown(app, drill, item, number, blank)

    letter = "ABC"[int(at("weigh", 2)) - 1]
    answers = {
        "order": ([at("order", n) for n in (1, 3, 2)], "停车 → 开门 → 问候"),
        "match": ({"1": at("match", 1), "2": at("match", 2)}, "上车 – 女宾先; 下车 – 为女宾开门; 再上车 – –"),
        "judge": ({"best": at("judge", 1), "worst": at("judge", 2)}, "Best: 致歉; Worst: 耸肩"),
        "rate": ({at("rate", 1): 5}, "说明原因: 5"),
        "weigh": (at("weigh", 2), f"{letter}. 让您久等了"),
        "cloze": (["问候", at("cloze", 2, 1)], "(1) 问候; (2) 关门"),
        "sum": ("6.5", "6.5 件"),
    }
    events = [event(item, given) for item, (given, _) in answers.items()]
    way = event("way", {"section": "which", "choice": "1", "reason": ""}, kind="commit")
    send_events(drill.student, drill.paper, *events, way)

    by_time, by_item = record(drill, language="zh").text, record(drill, "?by=item").text

    for item, (_, words) in answers.items():
        assert words in by_item, item
    assert "先开哪扇门？：后排右门" in by_time
    assert "Counts: 先开哪扇门？: 后排右门" in by_item
    assert "位客人每人两件行李，一共几件？" in by_item


# the learner's own


def test_after_the_release_learners_read_their_own_record(app, watched, store):
    send_events(watched.student, watched.paper, event("truth", True))
    hand_in(watched)
    release(store, watched)

    page = open_page(watched.student, f"{watched.paper}/record")

    assert "True Counted" in page.text
    assert "The chain of all 3 events verifies" in page.text
    assert {form.action for form in page.forms} == {"/preferences", "/logout"}
    assert views(app) == []


@pytest.mark.parametrize("review", [{}, {Aspect.MARKS.value: [Phase.RELEASED.value]}])
def test_there_is_none_where_answers_are_not_shown(watched, store, review):
    hand_in(watched)
    release(store, watched, review)

    assert watched.student.get(f"{watched.paper}/record").status_code == 404


def test_there_is_none_before_the_release_and_none_of_others(watched, store, browse):
    hand_in(watched)
    assert watched.student.get(f"{watched.paper}/record").status_code == 404

    release(store, watched)

    others = [browse(who).get(f"{watched.paper}/record") for who in ("assistant", "instructor")]
    assert [answer.status_code for answer in others] == [404, 404]


def test_an_own_record_lets_out_no_key(app, drill, store):
    send_events(drill.student, drill.paper, event("sum", "6"))
    hand_in(drill)
    release(store, drill)

    html = drill.student.get(f"{drill.paper}/record?by=item").text

    secrets = {word for words in DRILL_SECRETS.values() for word in words}
    assert {word for word in secrets if word in html} == set()
    assert "6 件" in Page(html).text
