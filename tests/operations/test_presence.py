"""Presence is remembered in memory and written about once a minute; a silence is a gap."""

from datetime import timedelta

import pytest
from sqlalchemy import event as sql
from sqlalchemy import select

from app.models import Presence
from app.operations.presence import Presences, Sighting, together, write_presence
from tests.support.crowd import fill_hall
from tests.support.exams import set_exam, sit_exam

SECOND = timedelta(seconds=1)


@pytest.fixture
def presences():
    return Presences()


@pytest.fixture
def attempt(session, classroom, now):
    return sit_exam(session, classroom.student, set_exam(session, classroom, now), now)


def write(session, presences, now):
    """Write what is due, as the worker does; return how many lines."""
    lines = presences.due(now)
    write_presence(session, lines)
    if lines:
        presences.settle(lines, now)
    return len(lines)


def stored(session, attempt):
    session.expire_all()
    row = session.scalars(select(Presence).where(Presence.attempt_id == attempt.id)).one()
    return (row.seen_at, row.address, row.gaps)


def test_who_was_heard_of_is_remembered(presences, now):
    presences.note(7, now, "10.0.0.1", 3)
    presences.note(7, now + 9 * SECOND, "10.0.0.2")

    assert presences.find(7) == Sighting(now + 9 * SECOND, "10.0.0.2", 0, 3)
    assert presences.find(8) is None


@pytest.mark.parametrize(("silence", "gaps"), [(60, 0), (61, 1)])
def test_coming_back_after_a_minute_of_silence_is_a_gap(presences, now, silence, gaps):
    presences.note(7, now, "")
    presences.note(7, now + silence * SECOND, "")
    presences.note(7, now + (silence + 9) * SECOND, "")

    assert presences.find(7).gaps == gaps


def test_it_is_written_at_most_once_a_minute(session, presences, attempt, now):
    written = []
    for seconds in range(0, 200, 10):
        presences.note(attempt.id, now + seconds * SECOND, "10.0.0.1")
        written.append(write(session, presences, now + seconds * SECOND))

    assert [10 * n for n, lines in enumerate(written) if lines] == [0, 60, 120, 180]
    assert stored(session, attempt) == (now + 180 * SECOND, "10.0.0.1", 0)


def test_who_was_not_heard_of_again_is_not_written_again(session, presences, attempt, now):
    presences.note(attempt.id, now, "")
    write(session, presences, now)

    assert write(session, presences, now + 61 * SECOND) == 0


def test_gaps_are_added_to_those_written_before(session, presences, attempt, now):
    for seconds in (0, 100, 200, 300):
        presences.note(attempt.id, now + seconds * SECOND, "")
        write(session, presences, now + seconds * SECOND)

    assert stored(session, attempt) == (now + 300 * SECOND, "", 3)
    assert presences.find(attempt.id).gaps == 0


@pytest.mark.parametrize(("away", "gaps"), [(120, 0), (121, 1)])
def test_a_process_that_just_started_counts_a_silence_from_what_is_written(session, attempt, now, away, gaps):
    before = Presences()
    before.note(attempt.id, now, "")
    write(session, before, now)
    later = now + away * SECOND

    restarted = Presences()
    restarted.note(attempt.id, later, "10.0.0.9")
    write(session, restarted, later)

    assert stored(session, attempt) == (later, "10.0.0.9", gaps)


def test_an_older_sighting_of_another_process_overwrites_nothing(session, presences, attempt, now):
    other = Presences()
    presences.note(attempt.id, now, "10.0.0.1")
    other.note(attempt.id, now + 5 * SECOND, "10.0.0.2")

    write(session, other, now + 6 * SECOND)
    write(session, presences, now + 7 * SECOND)

    assert stored(session, attempt) == (now + 5 * SECOND, "10.0.0.2", 0)


def test_what_could_not_be_written_is_written_the_next_time(session, presences, attempt, now):
    presences.note(attempt.id, now, "")
    presences.note(attempt.id, now + 90 * SECOND, "")

    presences.due(now + 91 * SECOND)  # and the database is gone
    write(session, presences, now + 92 * SECOND)

    assert stored(session, attempt)[2] == 1


def test_a_sighting_between_the_two_is_not_lost(session, presences, attempt, now):
    presences.note(attempt.id, now, "")
    lines = presences.due(now)
    presences.note(attempt.id, now + SECOND, "")

    write_presence(session, lines)
    presences.settle(lines, now)

    assert write(session, presences, now + 60 * SECOND) == 1
    assert stored(session, attempt)[0] == now + SECOND


def test_many_are_written_in_two_statements(session, classroom, presences, attempt, now):
    exam = set_exam(session, classroom, now, quiz="smile")
    fill_hall(session, exam, sit_exam(session, classroom.student, exam, now), 50)
    for number in session.scalars(select(Presence.attempt_id)).all():
        presences.note(number, now + SECOND, "")
    sent = []
    sql.listen(session.get_bind(), "before_cursor_execute", lambda *args: sent.append(args[2]))

    lines = write(session, presences, now + SECOND)

    assert (lines, len(sent)) == (50, 2)


def test_who_is_gone_for_an_hour_is_forgotten(session, presences, attempt, now):
    presences.note(attempt.id, now, "")
    write(session, presences, now)
    presences.note(attempt.id + 1_000_000, now + 3601 * SECOND, "")
    presences.settle([], now + 3601 * SECOND)

    assert presences.find(attempt.id) is None
    assert presences.find(attempt.id + 1_000_000) is not None


def test_written_and_remembered_are_read_together(now):
    written, remembered = Sighting(now, "10.0.0.1", 2), Sighting(now + SECOND, "10.0.0.2", 1, 4)

    assert together(written, remembered) == Sighting(now + SECOND, "10.0.0.2", 3, 4)
    assert together(written, None) == written
    assert together(None, remembered) == remembered
    assert together(None, None) is None
