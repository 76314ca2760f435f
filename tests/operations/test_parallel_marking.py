"""Two markers at the same moment, in real threads: one mark stands, the other is kept beside it and told."""

from decimal import Decimal
from threading import Barrier

import pytest
from sqlalchemy import select

from app.domain.errors import DecidedAlready
from app.models import Attempt, Mark, Response
from app.operations.marking import Given, Marked, Seen, choose_mark, mark_script
from app.operations.scripts import HUMAN
from app.operations.verifying import verify_attempt
from app.web.database import renewed_reading
from tests.support.at_once import at_once, do
from tests.support.builders import make_classroom
from tests.support.exams import hall_of, set_exam
from tests.support.sitting import ITEM, make_marker, script_of, seen_of, sit_and_hand_in

MARKERS, ROUNDS = 6, 4


@pytest.fixture
def room(app, tmp_path, now):
    """Return the course's people, committed: no session is held while the threads run."""
    return do(app, lambda session: make_classroom(session, tmp_path, now))


@pytest.fixture
def exam(app, room, now):
    return do(app, lambda session: set_exam(session, room, now, attempts_allowed=None))


@pytest.fixture
def markers(app, room):
    return do(app, lambda session: [make_marker(session, room, f"m{n}") for n in range(MARKERS)])


@pytest.fixture
def script(app, room, exam, now):
    """Return a function that hands a response in; it gives its token, its attempt and what is seen of it."""

    def handed_in():
        def act(session):
            sat = sit_and_hand_in(session, room.student, exam, now, written="因为")
            return script_of(session, exam, sat).token, sat.id, seen_of(session, sat)

        return do(app, act)

    return handed_in


@pytest.fixture
def looked(app):
    """Return what each of so many acts does after its look: on PostgreSQL all wait until all have looked.

    On SQLite one writes after the other; nobody could wait for the next one.
    """
    on_sqlite = app.config["SETTINGS"].database_url.startswith("sqlite")
    return lambda count: (lambda: None) if on_sqlite else Barrier(count).wait


def look(session, attempt_id, looked):
    """Return the rows as they are seen before anybody marks; who holds them holds what was seen then."""
    rows = session.get_one(Response, (attempt_id, ITEM)), session.get_one(Attempt, attempt_id)
    looked()
    return rows


@pytest.fixture
def mark(room, exam, now):
    """Return a function that makes an act: look at the response, then mark it as it was seen."""

    def make(marker, script, points, looked=lambda: None):
        token, attempt_id, seen = script

        def act(session):
            rows = look(session, attempt_id, looked)
            where = (hall_of(session, room, exam), ITEM, token)
            marked = mark_script(session, marker, where, (Given(Decimal(points)), seen), now)
            assert all(row in session for row in rows)
            return marked

        return act

    return make


@pytest.fixture
def choose(room, exam, now):
    """Return a function that makes an act: choose the mark of this number, as the marks were seen."""

    def make(marker, script, number, marks=2, looked=lambda: None):
        token, attempt_id, seen = script

        def act(session):
            rows = look(session, attempt_id, looked)
            where = (hall_of(session, room, exam), ITEM, token)
            choose_mark(session, marker, where, (number, "商量过了", Seen(marks, seen.event_seq)), now)
            assert all(row in session for row in rows)

        return act

    return make


@pytest.fixture
def stored(app):
    """Return a function that gives the marks of people by points, and the points that count."""

    def read(attempt_id):
        with app.app_context():
            session = renewed_reading()
            of_people = Mark.attempt_id == attempt_id, Mark.source == HUMAN
            rows = session.scalars(select(Mark).where(*of_people).order_by(Mark.id)).all()
            attempt = session.get_one(Attempt, attempt_id)
            assert verify_attempt(session, attempt.public_id) is None
            score = session.get_one(Response, (attempt_id, ITEM)).score
            # what is right without a person: the answers of the others were left out
            assert attempt.score == score
            return [(mark.points, mark.in_conflict) for mark in rows], score

    return read


def test_of_marks_at_the_same_moment_the_first_stands_and_the_others_met_it(
    app, markers, script, mark, looked, *, stored
):
    for _ in range(ROUNDS):
        given = script()
        after_look = looked(MARKERS)

        found = at_once(
            app, *(mark(one, given, number / 2, after_look) for number, one in enumerate(markers))
        )

        marks, score = stored(given[1])
        assert sorted(one.in_conflict for one in found) == [False, *[True] * (MARKERS - 1)]
        assert [in_conflict for _, in_conflict in marks] == [False, *[True] * (MARKERS - 1)]
        stands = Decimal(found.index(Marked(in_conflict=False))) / 2
        assert (marks[0][0], score) == (stands, stands)


def test_the_same_marks_at_the_same_moment_do_not_meet(app, markers, script, mark, looked, *, stored):
    given = script()
    after_look = looked(2)

    found = at_once(app, *(mark(one, given, 3, after_look) for one in markers[:2]))

    assert found == [Marked(in_conflict=False)] * 2
    assert stored(given[1]) == ([(3, False)] * 2, 3)


def test_of_choices_at_the_same_moment_one_stands_and_the_others_are_told(
    app, markers, script, mark, choose, *, looked, stored
):
    for _ in range(ROUNDS):
        given = script()
        do(app, mark(markers[0], given, 3))
        do(app, mark(markers[1], given, 1))
        after_look = looked(MARKERS)
        numbers = [1 + place % 2 for place in range(MARKERS)]

        found = at_once(
            app,
            *(
                choose(one, given, number, looked=after_look)
                for one, number in zip(markers, numbers, strict=True)
            ),
        )

        refused = [isinstance(one, DecidedAlready) for one in found]
        assert sorted(refused) == [False, *[True] * (MARKERS - 1)]
        chosen = {1: 3, 2: 1}[numbers[refused.index(False)]]
        assert stored(given[1]) == ([(3, False), (1, True), (chosen, False)], chosen)


def test_a_third_mark_between_the_look_and_the_choice_refuses_the_choice(
    app, markers, script, mark, choose, *, stored
):
    given = script()
    for marker, points in zip(markers[:2], (3, 1), strict=True):
        do(app, mark(marker, given, points))

    assert do(app, mark(markers[2], given, 2)) == Marked(in_conflict=True)
    with pytest.raises(DecidedAlready):
        do(app, choose(markers[1], given, 2))
    assert stored(given[1]) == ([(3, False), (1, True), (2, True)], 3)

    do(app, choose(markers[1], given, 2, marks=3))

    assert stored(given[1]) == ([(3, False), (1, True), (2, True), (1, False)], 1)


def test_a_third_mark_that_races_the_choice_refuses_it_or_meets_it(
    app, markers, script, mark, choose, *, looked, stored
):
    for _ in range(ROUNDS):
        given = script()
        do(app, mark(markers[0], given, 3))
        do(app, mark(markers[1], given, 1))
        after_look = looked(2)

        chosen, marked = at_once(
            app, choose(markers[0], given, 2, looked=after_look), mark(markers[2], given, 2, after_look)
        )

        assert marked == Marked(in_conflict=True)
        if isinstance(chosen, DecidedAlready):
            assert stored(given[1]) == ([(3, False), (1, True), (2, True)], 3)
        else:
            assert stored(given[1]) == ([(3, False), (1, True), (1, False), (2, True)], 1)
