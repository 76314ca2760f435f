"""An archived offering is read-only: what is done after an exam is refused there, and nothing changes."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.domain.errors import OfferingArchived
from app.domain.events import ACCEPT, REJECT
from app.domain.exam import Devices
from app.domain.review import Aspect, Phase
from app.domain.roster import RosterRow
from app.models import Attempt, Base
from app.operations.closing import close_expired
from app.operations.devices import free_device
from app.operations.late import decide_late, list_late
from app.operations.marking import Given, Seen, choose_mark, mark_script
from app.operations.offerings import archive_offering
from app.operations.releasing import change_review, withdraw_release
from app.operations.rosters import Taken, plan, take_in
from app.operations.scoring import score_waiting
from tests.support.builders import make_person
from tests.support.exams import HOUR, order_of, set_exam, sit_exam
from tests.support.sitting import ITEM, give, make_marker, script_of, seen_of, send_answers, sit_and_hand_in

OVER = timedelta(seconds=30)
ROWS = [
    RosterRow(2, "0042", "贺小贺", "航空2301", "1班"),
    RosterRow(3, "xiaohe", "贺小贺", "航空2301", "2班"),
]


def everything(session):
    """Return every row there is, by table."""
    session.flush()
    tables = Base.metadata.sorted_tables
    return {table.name: [tuple(row) for row in session.execute(select(table))] for table in tables}


@pytest.fixture
def exam(session, classroom, now):
    return set_exam(session, classroom, now, devices=Devices.FIRST)


@pytest.fixture
def work(session, classroom, exam, hall, now):
    """Leave work of every kind: late answers, a response with two marks, an attempt that is open."""
    over = now + HOUR + OVER
    late = sit_exam(session, classroom.student, exam, now)
    send_answers(session, classroom.student, late, over, truth=False)
    close_expired(session, {}, over)
    score_waiting(session, {}, over)
    written = sit_and_hand_in(
        session, make_person(session, classroom.offering, "p1"), exam, now, written="因为"
    )
    seen = seen_of(session, written)
    for login, points in (("lin", "3"), ("qian", "1")):
        give(session, make_marker(session, classroom, login), (hall, written), (points, "", seen), now)
    sit_exam(session, make_person(session, classroom.offering, "p2"), exam, over)
    return (hall, ITEM, script_of(session, exam, written).token), seen.event_seq


@pytest.fixture
def acts(session, classroom, exam, hall, work, *, now) -> Mapping[str, Callable[[], object]]:
    """Return by name what can be done while the offering is running."""
    teacher, order = classroom.instructor, order_of(classroom, now + HOUR + OVER)
    where, seq = work
    names = [one.name for one in list_late(session, exam.id)]
    opened = session.scalars(select(Attempt.public_id).where(Attempt.state == "open")).one()
    rows = plan(session, classroom.offering, ROWS)
    made = {"0042": Taken("", 7)}
    mark = Given(Decimal(2), reason="看错了")
    matrix = {Aspect.MARKS: frozenset({Phase.RELEASED})}
    return {
        "take an attempt from its device": lambda: free_device(session, hall, order, opened),
        "accept what came late": lambda: decide_late(session, hall, order, names, ACCEPT),
        "reject what came late": lambda: decide_late(session, hall, order, names, REJECT),
        "mark": lambda: mark_script(session, teacher, where, (mark, Seen(2, seq)), now),
        "choose a mark": lambda: choose_mark(session, teacher, where, (2, "商量过了", Seen(2, seq)), now),
        "change what is shown": lambda: change_review(session, teacher, hall, matrix, now),
        "take a roster in": lambda: take_in(session, teacher, classroom.offering, (rows, made), now),
    }


NAMES = [
    "take an attempt from its device",
    "accept what came late",
    "reject what came late",
    "mark",
    "choose a mark",
    "change what is shown",
    "take a roster in",
]


@pytest.mark.parametrize("name", NAMES)
def test_in_an_archived_offering_it_is_refused_and_nothing_changes(session, hall, acts, name, now):
    archive_offering(hall.offering, now)
    before = everything(session)

    with pytest.raises(OfferingArchived):
        acts[name]()

    assert everything(session) == before


@pytest.mark.parametrize("name", NAMES)
def test_while_the_offering_runs_it_is_done(session, acts, name):
    before = everything(session)

    acts[name]()

    assert everything(session) != before


def test_a_release_is_not_taken_back_in_an_archived_offering(session, classroom, hall, now):
    hall.exam.released_at, hall.exam.released_by_id = now, classroom.instructor.id
    archive_offering(hall.offering, now)
    before = everything(session)

    with pytest.raises(OfferingArchived):
        withdraw_release(session, hall, order_of(classroom, now))

    assert everything(session) == before
    assert hall.exam.released_at == now
