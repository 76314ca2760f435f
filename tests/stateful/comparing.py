"""Compare what is stored with the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from app.models import Attempt as Row
from app.models import Event, Exam
from app.operations.events import heads_of
from app.operations.receipts import list_receipts
from app.operations.scoring import list_responses
from app.operations.verifying import verify_attempt
from tests.stateful.model import Attempt

if TYPE_CHECKING:
    from tests.stateful.machine import ExamMachine

CLOSED = {"submitted", "scored"}


def compare(machine: ExamMachine) -> None:
    """Compare each attempt that has moved since it was compared; there are no others."""
    statement = select(Row).join(Exam, Exam.id == Row.exam_id).where(Exam.public_id == machine.exam)
    rows = {row.public_id: row for row in machine.session.scalars(statement)}
    assert rows.keys() == {one.public for one in machine.attempts}
    for who, learner in enumerate(machine.learners):
        for attempt in learner.attempts:
            row = rows[attempt.public]
            _compare_row(row, attempt)
            moved = (attempt.last_seq, attempt.state)
            if machine.compared.get(attempt.public) != moved:
                machine.compared[attempt.public] = moved
                _compare_events(machine, row, attempt, f"window-{who}-{attempt.number}-")
                _compare_end(machine, row, attempt)
                assert verify_attempt(machine.session, attempt.public) is None


def _compare_row(row: Row, attempt: Attempt) -> None:
    stored = (row.number, row.state, row.closed_by, row.submitted_at, row.started_at)
    assert stored == (
        attempt.number,
        attempt.state,
        attempt.closed_by,
        attempt.submitted,
        attempt.started,
    )
    assert (row.deadline_at, row.paused_at, row.grace_seconds) == (
        attempt.deadline,
        attempt.paused,
        attempt.grace.total_seconds(),
    )
    assert (row.last_seq, row.answered, row.device) == (
        attempt.last_seq,
        attempt.answered,
        attempt.device,
    )


def _compare_events(machine: ExamMachine, row: Row, attempt: Attempt, own: str) -> None:
    """What was acknowledged is there, under its seq and with its status, and nothing of anybody else."""
    columns = (Event.event_id, Event.seq, Event.status, Event.client_id)
    statement = select(*columns).where(Event.attempt_id == row.id, Event.client_id.is_not(None))
    stored = machine.session.execute(statement).all()
    assert {(one.event_id, one.seq, one.status) for one in stored} == {
        (name, kept.seq, kept.status) for name, kept in attempt.kept.items()
    }
    assert all(one.client_id.startswith(own) for one in stored)
    heads = heads_of(machine.session, row.id)
    assert {item: (head.seq, head.answer) for item, head in heads.items()} == {
        item: (head.seq, head.sent.answer) for item, head in attempt.heads.items()
    }
    acked = {item: seq for (public, item), (_, seq) in machine.acked.items() if public == attempt.public}
    assert {item: head.seq for item, head in heads.items()} == acked


def _compare_end(machine: ExamMachine, row: Row, attempt: Attempt) -> None:
    """Each hand-in has its receipt; the responses are the heads, scored by their keys."""
    assert len(list_receipts(machine.session, row.id)) == attempt.hand_ins
    if attempt.state in CLOSED:
        answers = {one.item: one.answer for one in list_responses(machine.session, row.id) if one.event_seq}
        assert answers == {item: head.sent.answer for item, head in attempt.heads.items()}
    if attempt.state != "voided":
        assert row.score == attempt.points
