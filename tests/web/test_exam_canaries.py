"""A2 in exams: keys, feedback, hints and explanations of an exam-only quiz leave by the matrix alone.

The quizzes hold a word in each text that stands nowhere else. Every page that a student can ask for is
searched for them: before the start, during, after the hand-in, after the marking, and after the release.
"""

from itertools import product

import pytest
from sqlalchemy import select

from app.domain.review import Aspect, Phase
from app.domain.roles import Permission
from app.models import Attempt
from app.operations.closing import submit_attempt
from app.operations.halls import get_hall
from app.operations.releasing import change_review
from app.operations.scoring import score_attempt
from tests.support.builders import publish_texts, shown_at
from tests.support.drill import DRILL_SECRETS, HINTS, make_drill
from tests.support.exams import set_exam, sit_exam
from tests.support.sitting import give, make_marker, script_of, send_answers
from tests.support.texts import EXAM_SECRETS, NEVER, QUIZ_SECRETS, make_exam_texts, make_quiz_text
from tests.web.searching import sent
from tests.web.test_canaries import found, names

__all__ = ["names"]

HIDDEN = {*QUIZ_SECRETS, *NEVER, *(word for words in HINTS.values() for word in words)}
DRILLED = {word for item, words in DRILL_SECRETS.items() if item != "way" for word in words}
SECRETS = HIDDEN | DRILLED | set(EXAM_SECRETS) - {"zqexam-title"}
FEEDBACK = {one for one in SECRETS if "feedback" in one}
EXPLANATION = {one for one in SECRETS if "explanation" in one}
HINTED = {one for one in SECRETS if "hint" in one}
KEY = SECRETS - FEEDBACK - EXPLANATION - HINTED - set(EXAM_SECRETS)
FRONT = "use: exam\n"


@pytest.fixture
def exams(time, store, classroom, now):
    """Publish the quizzes for exams only, and set an exam from each."""
    walled = make_drill().replace("module:", f"{FRONT}module:").split("## 走一遍")[0]
    texts = make_exam_texts() | {
        "quizzes/etiquette/final.md": make_quiz_text("期末", front=FRONT),
        "quizzes/etiquette/all.md": walled,
    }
    with store() as session:
        publish_texts(session, classroom.library, texts, now)
        return [set_exam(session, classroom, now, quiz).public_id for quiz in ("final", "all", "guard")]


@pytest.fixture
def client(exams, browse):
    return browse("student")


@pytest.fixture
def seen(app, client, names):
    """Return a function that searches everything the student can ask for."""
    return lambda: found(app, client, names, SECRETS)


def hall_of(session, classroom, exam):
    return get_hall(session, classroom.instructor, exam, Permission.SET_EXAM)


def sit(store, classroom, exams, now, **given):
    """Let the student sit every exam and answer what of it there is; return the attempts' public ids."""
    with store() as session:
        attempts = []
        for exam in exams:
            attempt = sit_exam(session, classroom.student, hall_of(session, classroom, exam).exam, now)
            keys = {place["key"] for place in attempt.layout["items"]}
            fitting = {item: answer for item, answer in given.items() if item in keys}
            send_answers(session, classroom.student, attempt, now, **fitting)
            attempts.append(attempt.public_id)
        return attempts


def hand_in(store, classroom, attempts, now):
    with store() as session:
        for attempt in attempts:
            score_attempt(session, submit_attempt(session, classroom.student, attempt, now), now)


def test_every_secret_stands_in_a_text():
    texts = make_quiz_text() + make_drill() + "".join(map(str, make_exam_texts().values()))

    assert {secret for secret in SECRETS if secret not in texts} == set()
    assert KEY
    assert len(FEEDBACK) > 5


def test_a2_nothing_leaves_before_the_release(seen, store, classroom, exams, *, now, time, app):
    assert seen() == set()

    attempts = sit(store, classroom, exams, now, written="因为", truth=True, weigh="1", cloze=["握手", "2"])
    assert seen() - {"zqexam-quiz"} == set()

    hand_in(store, classroom, attempts, now)
    assert seen() == set()

    with store() as session:
        hall = hall_of(session, classroom, exams[0])
        attempt = session.scalars(select(Attempt).where(Attempt.public_id == attempts[0])).one()
        give(session, make_marker(session, classroom), (hall, attempt), ("3", ""), now)
        assert script_of(session, hall.exam, attempt).state == "marked"
        wanted = {aspect: frozenset(Phase) for aspect in Aspect}
        for exam in exams:
            change_review(session, classroom.instructor, hall_of(session, classroom, exam), wanted, now)
            hall_of(session, classroom, exam).exam.released_at = None
    for hours in (0, 3):
        time.shift(hours * 3600)
        # one's own answers may be shown by now, and with them the questions
        assert seen() - {"zqexam-quiz"} == set()


@pytest.mark.parametrize(
    ("aspects", "let_out"),
    [
        ((), set()),
        ((Aspect.ANSWERS, Aspect.MARKS, Aspect.CORRECTNESS, Aspect.STATISTICS), set()),
        ((Aspect.EXPLANATION,), EXPLANATION),
        ((Aspect.KEY,), KEY),
        ((Aspect.FEEDBACK,), set()),
        ((Aspect.KEY, Aspect.FEEDBACK), KEY | FEEDBACK),
        (tuple(Aspect), KEY | FEEDBACK | EXPLANATION),
    ],
)
def test_a2_after_the_release_the_matrix_alone_lets_out(
    app, client, store, classroom, *, exams, now, aspects, let_out
):
    attempts = sit(store, classroom, exams, now)
    hand_in(store, classroom, attempts, now)
    with store() as session:
        for exam in exams:
            hall = hall_of(session, classroom, exam)
            wanted = {aspect: frozenset({Phase.RELEASED}) for aspect in aspects}
            change_review(session, classroom.instructor, hall, wanted, now)
            hall.exam.released_at = now

    pages = [
        f"/attempts/{attempt}{end}"
        for attempt in attempts
        for end in ("/result", "", "/state", "/receipt", "/record")
    ]
    pages += ["/", "/courses/etiquette", *(f"/exams/{exam}" for exam in exams)]
    everything = "".join(
        sent(client, page, language, "text/html") for page, language in product(pages, ("zh", "en"))
    )

    assert {secret for secret in SECRETS - {"zqexam-quiz"} if secret in everything} == let_out


def test_feedback_on_what_was_chosen_is_let_out_without_the_key(client, store, classroom, exams, now):
    with store() as session:
        hall = hall_of(session, classroom, exams[0])
        attempt = sit_exam(session, classroom.student, hall.exam, now)
        send_answers(session, classroom.student, attempt, now, single=shown_at(attempt, "single", 1))
        score_attempt(session, submit_attempt(session, classroom.student, attempt.public_id, now), now)
        shown = dict.fromkeys((Aspect.ANSWERS, Aspect.FEEDBACK), frozenset({Phase.RELEASED}))
        change_review(session, classroom.instructor, hall, shown, now)
        hall.exam.released_at = now

    page = client.get(f"/attempts/{attempt.public_id}/result").text

    assert {secret for secret in SECRETS if secret in page} == {"zqfeedback-wrong"}


def test_the_marker_sees_keys_and_no_student_does(store, classroom, exams, now, *, browse, client):
    attempts = sit(store, classroom, exams[:1], now, written="因为")
    hand_in(store, classroom, attempts, now)
    with store() as session:
        hall = hall_of(session, classroom, exams[0])
        attempt = session.scalars(select(Attempt).where(Attempt.public_id == attempts[0])).one()
        page = f"/teach/exams/{exams[0]}/marking/written/{script_of(session, hall.exam, attempt).token}"

    assert "zqpoint-written" in browse("instructor").get(page).text
    assert client.get(page).status_code == 403
