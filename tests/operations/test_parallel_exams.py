"""At an exam many things happen at the same moment: real threads, round after round."""

import json
from datetime import timedelta
from threading import Event as Signal

import pytest
from sqlalchemy import func, select

from app.domain.errors import AttemptClosed, BadExam, BadTransition, NotFound, NotOpenYet, Refusal
from app.domain.roles import Permission
from app.models import Attempt, Event, Exam, Receipt, Response
from app.operations.closing import close_expired, submit_attempt
from app.operations.entering import Visit, start_exam
from app.operations.exams import change_exam, withdraw_exam
from app.operations.halls import hold_hall, open_hall
from app.operations.pins import pins_of
from app.operations.receipts import find_receipt_text, list_receipts
from app.operations.reopening import reopen_attempt, void_attempt
from app.operations.saving import save_answers, save_batch
from app.operations.scoring import score_waiting
from app.operations.sittings import get_sitting, open_sitting
from app.operations.timekeeping import extend_attempts, undo_credit
from app.operations.verifying import list_public_ids, verify_attempt
from app.web.database import reading, renewed_reading, writing
from app.web.database import save as save_events
from tests.support.at_once import at_once, do, together
from tests.support.builders import answer, later, make_classroom, make_person
from tests.support.chance import randbits
from tests.support.exams import DEVICE, HOUR, hall_of, hour_long, order_of, set_exam

AT_ONCE, ROUNDS = 6, 6
MS, GRACE = timedelta(milliseconds=1), timedelta(seconds=30)


@pytest.fixture
def room(app, tmp_path, now):
    """Return the course's people, committed: no session is held while the threads run."""
    return do(app, lambda session: make_classroom(session, tmp_path, now))


@pytest.fixture
def exam(app, room, now):
    return do(app, lambda session: set_exam(session, room, now, attempts_allowed=None))


@pytest.fixture(autouse=True)
def verified(app):
    """Find whatever happened in order afterwards."""
    yield
    with app.app_context():
        faults = [verify_attempt(renewed_reading(), one) for one in list_public_ids(reading())]
        assert [fault for fault in faults if fault is not None] == []


def start(room, exam, at, person=None):
    person = person or room.student

    def act(session):
        hall = open_hall(session, person, exam.public_id)
        attempt = start_exam(session, person, hall, Visit(DEVICE), (at, randbits(128))).attempt
        return attempt and attempt.public_id

    return act


def submit(room, public, at, looks=0):
    """Look at the attempt so often, as a slower request does, then hand it in."""

    def act(session):
        for _ in range(looks):
            open_sitting(session, room.student, public)
        submit_attempt(session, room.student, public, at)
        attempt = session.scalars(select(Attempt).where(Attempt.public_id == public)).one()
        return find_receipt_text(session, attempt.id)

    return act


def save(room, public, number, at):
    """Look at the attempt first, as the form's view does, then save."""

    def act(session):
        open_sitting(session, room.student, public)
        event = answer("written", f"{number}", window=f"window-{number}")
        return save_answers(session, room.student, public, [event], at)[0].status

    return act


def committing(act):
    """Return a call that does an act in a transaction of its own."""

    def call():
        with writing() as session:
            return act(session)

    return call


def save_by_form(room, public, number, at):
    return committing(save(room, public, number, at))


def save_by_page(room, public, number, at):
    """Save as a page with JavaScript does, on the path that is made for many at once."""

    def call():
        pins = pins_of(get_sitting(reading(), public, room.student.id))
        event = answer("written", f"{number}", window=f"window-{number}")
        acks, _ = save_events(lambda store: save_batch(store, pins, room.student, [event], (at, "")))
        if isinstance(acks[0].outcome, Refusal):
            raise acks[0].outcome
        return acks[0].outcome.status

    return call


def sweep(at):
    return lambda session: close_expired(session, {}, at)


def kinds(app, public):
    statement = select(Event.kind).join(Attempt, Attempt.id == Event.attempt_id)
    with app.app_context():
        return reading().scalars(statement.where(Attempt.public_id == public).order_by(Event.seq)).all()


def count(app, table):
    with app.app_context():
        return reading().scalar(select(func.count()).select_from(table))


def find(app, public):
    with app.app_context():
        return reading().scalars(select(Attempt).where(Attempt.public_id == public)).one()


# starts


def test_t7_parallel_starts_lead_to_one_attempt(app, room, exam, now):
    for number in range(1, ROUNDS + 1):
        found = at_once(app, *(start(room, exam, now) for _ in range(AT_ONCE)))

        assert len(set(found)) == 1
        assert count(app, Attempt) == number
        assert kinds(app, found[0]) == ["start"]
        do(app, submit(room, found[0], now))


def test_t7_where_one_attempt_is_allowed_there_is_one(app, room, now):
    exam = do(app, lambda session: set_exam(session, room, now))

    found = at_once(app, *(start(room, exam, now) for _ in range(AT_ONCE)))

    assert (len(set(found)), count(app, Attempt)) == (1, 1)


def test_a_class_that_starts_at_once_gets_an_attempt_each(app, room, exam, now):
    people = do(app, lambda session: [make_person(session, room.offering, f"p{n}") for n in range(20)])

    found = at_once(app, *(start(room, exam, now, person) for person in people))

    assert len(set(found)) == len(people)


def test_starts_after_the_time_close_the_old_attempt_once(app, room, exam, now):
    for number in range(ROUNDS):
        old = do(app, start(room, exam, now))
        over = now + HOUR + GRACE

        found = at_once(app, *(start(room, exam, over) for _ in range(3)), sweep(over), sweep(over))

        assert len({*found[:3], old}) == 2, number
        assert kinds(app, old) == ["start", "submit"]
        do(app, submit(room, found[0], over))


def test_who_takes_an_exam_back_and_who_begins_it_wait_for_each_other(app, room, now):
    for number in range(ROUNDS):
        exam = do(app, lambda session: set_exam(session, room, now))

        def withdraw(session, public=exam.public_id):
            hall = hold_hall(session, room.instructor, public, Permission.SET_EXAM)
            withdraw_exam(session, room.instructor, hall, now)
            return "withdrawn"

        begun, taken_back = at_once(app, start(room, exam, now), withdraw)

        is_begun = isinstance(begun, str)
        assert is_begun is (taken_back != "withdrawn"), number
        if not is_begun:
            assert isinstance(begun, NotFound | NotOpenYet)


def test_who_changes_the_time_and_who_begins_wait_for_each_other(app, room, now):
    for number in range(ROUNDS):
        exam = do(app, lambda session: set_exam(session, room, now))

        def change(session, public=exam.public_id):
            hall = hold_hall(session, room.instructor, public, Permission.SET_EXAM)
            change_exam(session, room.instructor, hall, hour_long(now, minutes=90), now)
            return "changed"

        public, changed = at_once(app, start(room, exam, now), change)

        minutes = 90 if changed == "changed" else 60
        assert find(app, public).deadline_at == later(now, minutes), number


# hand-ins


def test_s12_handing_in_twice_and_in_parallel_gives_one_receipt_byte_by_byte(app, room, exam, now):
    for _ in range(ROUNDS):
        public = do(app, start(room, exam, now))
        do(app, save(room, public, 1, now))

        found = at_once(app, *(submit(room, public, later(now)) for _ in range(AT_ONCE)))
        again = do(app, submit(room, public, later(now, 2)))

        assert {*found, again} == {again}
        assert kinds(app, public) == ["start", "answer", "submit"]


def meet(app, room, public, acts):
    """Let three saves and one hand-in meet; return what was told of the saves, and what is stored then."""
    *found, receipt = together(app, *acts)
    told = json.loads(receipt)
    with app.app_context():
        attempt = reading().scalars(select(Attempt).where(Attempt.public_id == public)).one()
        is_answered = reading().get_one(Response, (attempt.id, "written")).answered
    stored = (kinds(app, public), is_answered, told["answered"], told["seq"], attempt.last_seq)
    return [one if isinstance(one, str) else type(one) for one in found], stored


def counting(kept):
    """Return what must be stored where so many saves were acknowledged, one of them as what counts."""
    answers = ["answer"] * len(kept)
    return ["start", *answers, "submit"], "saved" in kept, "saved" in kept, len(kept) + 2, len(kept) + 2


@pytest.mark.parametrize("by", [save_by_form, save_by_page])
def test_s13_a_save_that_races_the_hand_in_counts_or_is_refused(app, room, exam, now, by):
    for number in range(4 * ROUNDS):
        public = do(app, start(room, exam, now))
        saves = [by(room, public, window, now) for window in range(3)]
        hand_in = committing(submit(room, public, now, looks=number % 4))

        told, stored = meet(app, room, public, [*saves, hand_in])

        kept = [one for one in told if one is not AttemptClosed]
        assert stored == counting(kept)
        assert sorted(kept) == ["conflict"] * (len(kept) - 1) + ["saved"] * bool(kept)


def announcing(act, done):
    """Return a call that tells an event when it is over, however it ended."""

    def call():
        try:
            return act()
        finally:
            done.set()

    return call


def awaiting(act, done):
    """Return a call that begins when an event is told."""

    def call():
        assert done.wait(60)
        return act()

    return call


@pytest.mark.parametrize("by", [save_by_form, save_by_page])
@pytest.mark.parametrize("before", range(4))
def test_s13_a_save_before_the_hand_in_counts_and_one_after_it_does_not(app, room, exam, now, *, by, before):
    public = do(app, start(room, exam, now))
    saves = [by(room, public, window, now) for window in range(3)]
    early, handed_in = [Signal() for _ in range(before)], Signal()
    first = [announcing(save, told) for save, told in zip(saves[:before], early, strict=True)]
    rest = [awaiting(save, handed_in) for save in saves[before:]]
    hand_in = committing(submit(room, public, now))
    for told in early:
        hand_in = awaiting(hand_in, told)

    told, stored = meet(app, room, public, [*first, *rest, announcing(hand_in, handed_in)])

    assert told.count(AttemptClosed) == 3 - before
    kept = [one for one in told if one is not AttemptClosed]
    assert sorted(kept) == ["conflict"] * (before - 1) + ["saved"] * (before > 0)
    assert stored == counting(kept)


def test_the_sweeper_that_races_hand_ins_closes_once_and_both_get_the_receipt(app, room, exam, now):
    over = now + HOUR + GRACE
    for _ in range(ROUNDS):
        public = do(app, start(room, exam, now))

        found = at_once(app, sweep(over), submit(room, public, over), sweep(over), submit(room, public, over))

        attempt = find(app, public)
        with app.app_context():
            (receipt,) = list_receipts(reading(), attempt.id)
        assert {found[1], found[3]} == {receipt}
        assert (attempt.closed_by, kinds(app, public)) == ("deadline", ["start", "submit"])


def test_what_is_received_while_the_sweeper_closes_is_kept_as_late(app, room, exam, now):
    over = now + HOUR + GRACE
    for _ in range(ROUNDS):
        public = do(app, start(room, exam, now))

        found = at_once(app, sweep(over), *(save(room, public, number, over) for number in range(3)))

        assert found[1:] == ["late"] * 3
        with app.app_context():
            attempt = reading().scalars(select(Attempt).where(Attempt.public_id == public)).one()
            assert reading().get_one(Response, (attempt.id, "written")).answered is False


def test_scoring_that_races_itself_scores_once(app, room, exam, now):
    public = do(app, start(room, exam, now))
    do(app, submit(room, public, now))

    at_once(app, *(lambda session: score_waiting(session, {}, now) for _ in range(AT_ONCE)))

    with app.app_context():
        statement = "SELECT count(*) FROM mark"
        assert reading().connection().exec_driver_sql(statement).scalar() == 6


# the one who watches


def extend(room, exam, at, chosen, minutes=10):
    def act(session):
        order = order_of(room, at)
        return extend_attempts(session, hall_of(session, room, exam), order, minutes, chosen).id

    return act


def test_more_time_in_the_last_moment_is_given_or_refused(app, room, exam, now):
    over = now + HOUR + GRACE
    for _ in range(ROUNDS):
        public = do(app, start(room, exam, now))

        given, _ = at_once(app, extend(room, exam, over - MS, {public}), sweep(over))

        attempt = find(app, public)
        if isinstance(given, BadExam):
            assert (attempt.state, attempt.deadline_at) == ("submitted", now + HOUR)
        else:
            assert (attempt.state, attempt.deadline_at) == ("open", later(now, 70))
        do(app, submit(room, public, later(now, 99)))


def test_minutes_that_are_given_at_the_same_moment_add_up(app, room, exam, now):
    public = do(app, start(room, exam, now))

    at_once(app, *(extend(room, exam, now, {public}) for _ in range(AT_ONCE)))

    assert find(app, public).deadline_at == later(now, 60 + 10 * AT_ONCE)


def test_minutes_are_taken_back_once(app, room, exam, now):
    public = do(app, start(room, exam, now))
    credit = do(app, extend(room, exam, now, {public}))

    def undo(session):
        return undo_credit(session, hall_of(session, room, exam), order_of(room, now), credit)

    found = at_once(app, *[undo] * AT_ONCE)

    assert sum(one == 1 for one in found) == 1
    assert sum(isinstance(one, NotFound) for one in found) == AT_ONCE - 1
    assert find(app, public).deadline_at == later(now, 60)


def test_the_sweeper_and_who_gives_time_to_all_do_not_hold_each_other_up(app, room, exam, now):
    """They hold several attempts each, and the deadlines come in another order than the attempts."""
    people = do(app, lambda session: [make_person(session, room.offering, f"p{n}") for n in range(5)])
    over = now + HOUR + GRACE
    for _ in range(ROUNDS):
        # later started, earlier due
        ids = [do(app, start(room, exam, now, person)) for person in people]
        for number, public in enumerate(ids[:-1]):
            do(app, extend(room, exam, now, {public}, len(ids) - number))
        done = later(over, 9)

        found = at_once(
            app,
            sweep(done),
            extend(room, exam, done - GRACE, later(now)),
            sweep(done),
            extend(room, exam, done - GRACE, later(now)),
        )

        assert all(isinstance(one, int | BadExam) for one in found)
        do(app, lambda session: [close_expired(session, {}, later(now, 600)) for _ in range(3)])


def test_opening_again_and_beginning_anew_lead_to_one_open_attempt(app, room, exam, now):
    for number in range(ROUNDS):
        first = do(app, start(room, exam, now))
        do(app, submit(room, first, now))

        def reopen(session, public=first):
            order = order_of(room, now)
            return reopen_attempt(session, hall_of(session, room, exam), order, public, 10).public_id

        reopened, begun = at_once(app, reopen, start(room, exam, now))

        assert isinstance(begun, str)
        assert isinstance(reopened, BadTransition) or begun == first, number
        do(app, submit(room, begun, now))


def test_what_is_voided_while_it_is_written_in_takes_nothing_more(app, room, exam, now):
    for _ in range(ROUNDS):
        public = do(app, start(room, exam, now))

        def void(session, public=public):
            order = order_of(room, now)
            return void_attempt(session, hall_of(session, room, exam), order, public).state

        found = at_once(app, *(save(room, public, number, now) for number in range(3)), void)

        kept = [one for one in found[:-1] if isinstance(one, str)]
        assert all(isinstance(one, str | Refusal) for one in found)
        assert kinds(app, public) == ["start", *["answer"] * len(kept), "void"]
        assert count(app, Receipt) == 0


def test_the_exams_row_is_not_written_by_who_begins(app, room, exam, now):
    """500 people begin in ten seconds: they may share the row, not wait for each other at it."""
    with app.app_context():
        before = reading().get_one(Exam, exam.id)
    do(app, start(room, exam, now))

    with app.app_context():
        after = renewed_reading().get_one(Exam, exam.id)
    assert {c.key: getattr(before, c.key) for c in Exam.__table__.columns} == {
        c.key: getattr(after, c.key) for c in Exam.__table__.columns
    }
