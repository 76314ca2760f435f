"""What a change makes stale is noted with it, and settled by whoever looks, changes or renews."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain.errors import BadExam, ExamBegun, NotFound
from app.models import AuditRow, Revision, Stale
from app.operations.exams import withdraw_exam
from app.operations.papers import revisions_of_exam
from app.operations.preflight import preflight
from app.operations.stale_desk import count_stale, list_stale, mark_seen, renew_paper
from tests.support.builders import later, publish_texts
from tests.support.exams import hall_of, set_exam, sit_exam
from tests.support.texts import make_case_text, make_quiz_text, make_small_quiz_text

DOOR, LADIES = "cases/etiquette/door", "quizzes/etiquette/ladies"
SMILE = "quizzes/etiquette/smile.md"
OTHER_CASE = {f"{DOOR}.md": make_case_text(opening="一辆黑车停下。")}
OTHER_SMILE = {SMILE: make_small_quiz_text().replace("笑不笑", "先笑吗")}


@pytest.fixture
def publish(session, classroom, now):
    def act(texts, minutes=1):
        publish_texts(session, classroom.library, texts, later(now, minutes))

    return act


@pytest.fixture
def stale(session, classroom, now):
    """Return what is listed: why, and what it is."""

    def act(minutes=5):
        moment = later(now, minutes)
        lines = list_stale(session, classroom.instructor, moment)
        assert count_stale(session, classroom.instructor, moment) == len(lines)
        return sorted((one.row.why, name_of(one)) for one in lines)

    return act


def name_of(line):
    if line.hall is not None:
        return line.hall.document.slug
    return f"{line.document.slug}.{line.document.language}"


def seen(session, classroom, now):
    for row in session.scalars(select(Stale).where(Stale.settled_at.is_(None))).all():
        mark_seen(session, classroom.instructor, row.id, later(now, 6))


def test_a_changed_case_makes_its_translation_and_its_quiz_stale(session, publish, stale, classroom, now):
    publish(OTHER_CASE)

    assert stale() == [("belongs", "ladies.zh"), ("translation", "door.en")]
    for _ in range(2):
        seen(session, classroom, now)
    assert stale() == []
    assert [row.action for row in session.scalars(select(AuditRow))].count("text.seen") == 2


def test_a_translation_that_is_changed_too_is_settled(publish, stale):
    publish(OTHER_CASE)
    publish({f"{DOOR}.en.md": make_case_text("Which door first", "A black car stops.")}, 2)

    assert stale() == [("belongs", "ladies.zh")]


def test_what_is_published_together_is_not_stale(publish, stale):
    publish(OTHER_CASE | {f"{DOOR}.en.md": make_case_text("Which door first", "A black car stops.")})

    assert stale() == [("belongs", "ladies.zh")]


def test_a_change_that_is_taken_back_makes_everything_right_again(publish, stale):
    publish(OTHER_CASE)
    publish({f"{DOOR}.md": make_case_text()}, 2)

    assert stale() == []


def test_a_second_change_is_told_from_the_first_on(session, publish, stale):
    publish(OTHER_CASE)
    publish({f"{DOOR}.md": make_case_text(opening="一辆红车停下。")}, 2)

    rows = session.scalars(select(Stale)).all()
    numbers = {
        (session.get(Revision, row.before_id).number, session.get(Revision, row.since_id).number)
        for row in rows
    }
    assert (len(stale()), numbers) == (2, {(1, 3)})


def test_a_new_title_makes_nothing_stale(publish, stale):
    publish({f"{DOOR}.md": make_case_text("另一个标题")})

    assert stale() == []


def test_the_paper_of_an_exam_that_nobody_has_begun_is_renewed(session, publish, stale, classroom, now):
    exam = set_exam(session, classroom, now, "smile")
    publish(OTHER_SMILE)
    listed, hall = stale(), hall_of(session, classroom, exam)
    old = exam.paper_id
    for _ in range(2):
        renew_paper(session, classroom.instructor, hall, later(now, 2))

    assert (listed, stale()) == ([("paper", "smile")], [])
    assert exam.paper_id != old
    assert "先笑吗" in revisions_of_exam(session, exam)["zh"].source
    assert [row.action for row in session.scalars(select(AuditRow))].count("exam.renew") == 1


def test_an_exam_that_somebody_has_begun_stands_and_is_told_so(session, publish, classroom, now):
    exam = set_exam(session, classroom, now, "smile")
    attempt = sit_exam(session, classroom.student, exam, now)
    before = (exam.paper_id, attempt.paper_id)
    publish(OTHER_SMILE)

    (line,) = list_stale(session, classroom.instructor, later(now, 2))
    with pytest.raises(ExamBegun):
        renew_paper(session, classroom.instructor, hall_of(session, classroom, exam), later(now, 2))

    assert line.begun == 1
    assert (exam.paper_id, attempt.paper_id) == before


def test_exams_that_are_drafts_or_over_have_nothing_to_renew(session, publish, stale, classroom, now):
    exam = set_exam(session, classroom, now, "smile")
    publish(OTHER_SMILE)
    hall = hall_of(session, classroom, exam)
    with pytest.raises(BadExam):
        renew_paper(session, classroom.instructor, hall, now + timedelta(hours=3))
    withdraw_exam(session, classroom.instructor, hall, now)

    assert stale() == []
    with pytest.raises(BadExam):
        renew_paper(session, classroom.instructor, hall, now)


@pytest.mark.parametrize("who", ["student", "assistant", "stranger"])
def test_who_is_no_author_of_the_course_sees_and_settles_nothing(session, publish, classroom, now, who):
    publish(OTHER_CASE)
    person = getattr(classroom, who)
    number = session.scalars(select(Stale.id)).first()

    assert list_stale(session, person, now) == []
    assert count_stale(session, person, now) == 0
    with pytest.raises(NotFound):
        mark_seen(session, person, number, now)


def test_the_preflight_warns_of_a_case_that_changed(session, publish, classroom, now):
    group = {f"{LADIES}.md": make_quiz_text(group="案例=door"), f"{LADIES}.en.md": None}
    publish(group)
    exam = set_exam(session, classroom, later(now, 1))
    publish(OTHER_CASE, 2)

    found = [
        str(one.sentence) for one in preflight(session, hall_of(session, classroom, exam), later(now, 3))
    ]

    assert [one for one in found if "先开哪一扇门" in one] != []
    assert [one for one in found if "look" in one] != []
