"""The record of an attempt as it is shown: every event as a line, by time and by item."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.domain.events import ACCEPT, ANSWER, CHECK, COMMIT, NOTED, REJECT, STEPS, Record
from app.operations.records import AttemptRecord, Kept
from app.web.attempts.changes import Change, change_of
from app.web.attempts.items import ItemView
from app.web.attempts.record_marks import MarkedItem, Sees, marked_items
from app.web.attempts.record_words import DeadlineLine, deadline_lines, kind_name, note_of, status_name
from app.web.attempts.sheets import bare_sheet
from app.web.attempts.spans import local_day
from app.web.attempts.wording import Label, Wording, labels
from app.web.clock import clock
from app.web.database import Session

#: kinds of events that tell an answer
ANSWERING = frozenset({ANSWER, COMMIT, CHECK, ACCEPT})


@dataclass(frozen=True, slots=True)
class Line:
    """One event. ``window`` numbers the windows and devices in which answers were written, 0 for none."""

    seq: int
    at: datetime
    kind: str
    name: str
    item: Label | None
    change: Change | None
    status: str
    status_name: str
    note: str
    window: int
    #: it is the first of its day
    begins_day: bool = False


@dataclass(frozen=True, slots=True)
class ItemPart:
    """What happened to one item, and the answer that counts, "" for none.

    ``box`` is the question with its key, None for whoever may not see it.
    """

    label: Label
    answer: str
    lines: Sequence[Line]
    marked: MarkedItem | None = None
    box: ItemView | None = None


@dataclass(frozen=True, slots=True)
class RecordView:
    """An attempt's record as it is shown. ``windows`` are the clients' own names, by number.

    ``at`` is when it was read; ``marked`` is empty where points may not be seen, or there are none yet.
    """

    record: AttemptRecord
    lines: Sequence[Line]
    items: Sequence[ItemPart]
    deadline: Sequence[DeadlineLine]
    windows: Sequence[str]
    at: datetime
    marked: Sequence[MarkedItem]
    sees: Sees

    @property
    def focus_lost(self) -> int:
        """How often the page lost the focus."""
        return sum(line.kind == "blur" for line in self.lines)

    @property
    def score(self) -> Decimal | None:
        """The points that were earned so far, None while nothing counts."""
        known = [one.response.score for one in self.marked if one.response.score is not None]
        return sum(known, Decimal(0)) if known else None

    @property
    def reachable(self) -> Decimal:
        """The points that the questions can earn together."""
        return sum((one.response.max for one in self.marked), Decimal(0))

    @property
    def waiting(self) -> int:
        """How many responses have still to be marked."""
        return sum(one.is_waiting for one in self.marked)


@dataclass(slots=True)
class _Reader:
    """Reads the events in order, and knows what counted before each."""

    record: AttemptRecord
    wording: Wording
    labels: Mapping[str, Label]
    state: Record = field(default_factory=Record)
    windows: list[str] = field(default_factory=list)
    day: date | None = None

    def line(self, event: Kept) -> Line:
        """Return the line of the next event."""
        body = event.body
        item = self.labels.get(body["item"] or "")
        change = self._change(event) if item is not None and event.kind in ANSWERING else None
        if event.kind in STEPS and body["status"] in {"saved", NOTED}:
            STEPS[event.kind](self.state, body)
        status = "" if body["status"] == NOTED or event.kind in {ACCEPT, REJECT} else body["status"]
        is_new_day, self.day = local_day(event.received_at) != self.day, local_day(event.received_at)
        return Line(
            seq=event.seq,
            at=event.received_at,
            kind=event.kind,
            name=kind_name(event),
            item=item,
            change=change,
            status=status,
            status_name=status_name(status),
            note=note_of(event, self.record.names),
            window=self._window(body.get("client")),
            begins_day=is_new_day,
        )

    def _change(self, event: Kept) -> Change:
        key = event.body["item"]
        after = self.words(key, event.body["answer"])
        if event.kind in {COMMIT, CHECK}:
            return Change("", after)
        return change_of(self.counting(key), after)

    def counting(self, key: str) -> str:
        """Return the answer that counts by now."""
        head = self.state.heads.get(key)
        return self.words(key, head.answer) if head else ""

    def words(self, key: str, answer: Any) -> str:
        """Return an answer in words."""
        return self.wording.answer(self.record.sitting.layout.place(key), answer)

    def _window(self, client: str | None) -> int:
        if client is None:
            return 0
        if client not in self.windows:
            self.windows.append(client)
        return self.windows.index(client) + 1


def view_record(session: Session, record: AttemptRecord, sees: Sees) -> RecordView:
    """Put a record into words, in the reader's language."""
    sheet = bare_sheet(session, record.sitting)
    wording = Wording(sheet)
    places = record.sitting.layout.places
    reader = _Reader(record, wording, labels(wording, places))
    lines = [reader.line(event) for event in record.events]
    marked = marked_items(record.responses, reader.labels, sees)
    by_item = {one.response.item: one for one in marked}
    keyed = replace(sheet, mode="key")
    parts = [
        ItemPart(
            label=label,
            answer=reader.counting(key),
            lines=[line for line in lines if line.item is label],
            marked=by_item.get(key),
            box=keyed.item(record.sitting.layout.place(key)) if sees.names else None,
        )
        for key, label in reader.labels.items()
        if label.number is not None
    ]
    deadline = deadline_lines(record.events)
    return RecordView(record, lines, parts, deadline, reader.windows, clock(), marked, sees)
