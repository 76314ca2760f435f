"""The statements of the save path, on the driver's own connection.

Saving is what 500 people do at once. Its statements are SQLAlchemy constructs like all others, but
they are compiled once, and run without the session; both drivers take them as they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import ClauseElement, bindparam, insert, literal_column, select, union_all, update

from app.domain.events import ACCEPT, ANSWER, CHECK, COMMIT, SAVED
from app.domain.timing import Timing
from app.models import Attempt, AttemptFile, Blob, Document, Event, Exam, Offering
from app.models.prepared import Cursor, Driver, Prepared, as_instant


class Known(NamedTuple):
    """A stored event, as much of it as judging another one needs."""

    event_id: str
    seq: int
    status: str
    hash: str
    body: str
    client: str | None
    n: int | None


@dataclass(slots=True)
class Held:
    """An attempt that this transaction holds: what saving reads of it and moves on."""

    id: int
    timing: Timing
    behaviour: str
    last_seq: int
    head_hash: str
    answered: int
    is_archived: bool
    is_walled: bool
    device: str | None


KNOWN = (
    Event.event_id,
    Event.seq,
    Event.status,
    Event.hash,
    Event.body,
    Event.client_id,
    Event.client_n,
)
OF_ATTEMPT = Event.attempt_id == bindparam("attempt_id")
OF_ITEM = (Event.item == bindparam("item")) & (Event.status == SAVED)
LAST_ANSWER = (
    select(*KNOWN)
    .where(OF_ATTEMPT, OF_ITEM, (Event.kind == ANSWER) | (Event.kind == ACCEPT))
    .order_by(Event.seq.desc())
    .limit(literal_column("1"))
    .subquery()
)
STATEMENTS: Mapping[str, ClauseElement] = {
    "hold": select(
        Attempt.id,
        Attempt.state,
        Attempt.closed_by,
        Attempt.deadline_at,
        Attempt.grace_seconds,
        Attempt.late_seconds,
        Attempt.behaviour,
        Attempt.last_seq,
        Attempt.head_hash,
        Attempt.answered,
        Offering.archived_at,
        Document.use,
        Exam.kind,
        Attempt.paused_at,
        Attempt.device,
    )
    .join(Exam, Exam.id == Attempt.exam_id)
    .join(Offering, Offering.id == Exam.offering_id)
    .outerjoin(Document, Document.id == Exam.document_id)
    .where(Attempt.public_id == bindparam("public_id"), Attempt.user_id == bindparam("user_id"))
    .with_for_update(of=Attempt),
    # the event of this id, if there is one, and the last answer that counts for the item
    "look": union_all(
        select(literal_column("0"), *KNOWN).where(OF_ATTEMPT, Event.event_id == bindparam("event_id")),
        select(literal_column("1"), *LAST_ANSWER.c),
    ),
    "item": select(Event.kind, *KNOWN)
    .where(OF_ATTEMPT, OF_ITEM, (Event.kind == COMMIT) | (Event.kind == CHECK) | (Event.kind == ACCEPT))
    .order_by(Event.seq),
    "files": select(AttemptFile.sha256, Blob.media_type)
    .join(Blob, Blob.sha256 == AttemptFile.sha256)
    .where(AttemptFile.attempt_id == bindparam("attempt_id")),
    "append": insert(Event),
    "move": update(Attempt)
    .where(Attempt.id == bindparam("attempt_id"))
    .values(last_seq=bindparam("seq"), head_hash=bindparam("head"), answered=bindparam("answers")),
}
PREPARED = {name: Prepared(statement, tuple) for name, statement in STATEMENTS.items()}


class EventStore:
    """Reads and appends events of attempts on one connection, in a transaction that its caller ends."""

    def __init__(self, driver: Driver, dialect: str) -> None:
        self._driver = driver
        self._dialect = dialect

    def hold(self, public: str, user_id: int) -> Held | None:
        """Hold a person's attempt for this transaction; None if there is no such one."""
        row = self._run("hold", {"public_id": public, "user_id": user_id}).fetchone()
        if row is None:
            return None
        return Held(
            id=row[0],
            timing=Timing.stored(row[1], row[2], as_instant(row[3]), (row[4], row[5]), as_instant(row[13])),
            behaviour=row[6],
            last_seq=row[7],
            head_hash=row[8],
            answered=row[9],
            is_archived=row[10] is not None,
            is_walled=row[11] == "exam" and row[12] == "practice",
            device=row[14],
        )

    def look(self, attempt_id: int, event_id: str, item: str) -> tuple[Known | None, Known | None]:
        """Return the event of this id, and the last answer that counts for the item."""
        asked = {"attempt_id": attempt_id, "event_id": event_id, "item": item or None}
        found = {row[0]: Known(*row[1:]) for row in self._run("look", asked).fetchall()}
        return found.get(0), found.get(1)

    def events_of_item(self, attempt_id: int, item: str) -> Sequence[tuple[str, Known]]:
        """Return the commits and checks of an item, and late answers accepted, with their kinds, in order."""
        rows = self._run("item", {"attempt_id": attempt_id, "item": item}).fetchall()
        return [(row[0], Known(*row[1:])) for row in rows]

    def files(self, attempt_id: int) -> dict[str, str]:
        """Return the files that were given to an attempt, SHA-256 to media type."""
        return dict(self._run("files", {"attempt_id": attempt_id}).fetchall())

    def append(self, row: dict[str, Any]) -> None:
        """Append an event; ``row`` has every column, the time of receipt as an aware instant."""
        self._run("append", row | {"received_at": self._instant(row["received_at"])})

    def move(self, held: Held) -> None:
        """Store how far the attempt's chain has come."""
        moved = {
            "attempt_id": held.id,
            "seq": held.last_seq,
            "head": held.head_hash,
            "answers": held.answered,
        }
        self._run("move", moved)

    def _run(self, name: str, parameters: Mapping[str, Any]) -> Cursor:
        return PREPARED[name].run(self._driver, self._dialect, parameters)

    def _instant(self, moment: datetime) -> Any:
        """Return an instant as the driver takes it: SQLite keeps texts without a zone, in UTC."""
        return (
            moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f") if self._dialect == "sqlite" else moment
        )
