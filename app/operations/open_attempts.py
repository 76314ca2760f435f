"""Attempts at exams that people write at this moment, in a database of any version."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, column, inspect, select, table

from app.domain.timing import GRACE
from app.models.base import UtcDateTime

#: what must not be interrupted; practice and assignments are written on afterwards
GRADED = ("exam", "mock")
ATTEMPT = table("attempt", column("exam_id"), column("state"), column("deadline_at", UtcDateTime()))
EXAM = table("exam", column("id"), column("kind"))


def open_deadlines(connection: Connection, now: datetime) -> Sequence[datetime | None]:
    """Return the deadline of each attempt at a graded or mock exam that is open, None for one without.

    Only columns that every version has are asked for: the models know the newest one alone.
    """
    if not inspect(connection).has_table(ATTEMPT.name):
        return []
    is_graded = EXAM.c.kind.in_(GRADED) & (ATTEMPT.c.state == "open")
    statement = select(ATTEMPT.c.deadline_at).join_from(ATTEMPT, EXAM, EXAM.c.id == ATTEMPT.c.exam_id)
    found = connection.scalars(statement.where(is_graded)).all()
    return [deadline for deadline in found if deadline is None or deadline + GRACE > now]
