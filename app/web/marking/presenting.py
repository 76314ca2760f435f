"""What a marker sees: piles of responses, and one response without anything that names its learner."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from markupsafe import Markup

from app.content.gaps import split_gaps
from app.domain.keys import ConstructedKey
from app.domain.marking import ScriptState, next_token
from app.domain.roles import Person
from app.models import Exam, Response
from app.operations.documents import find_fragments
from app.operations.events import record_of
from app.operations.halls import Hall
from app.operations.marking import Seen
from app.operations.papers import revisions_of_exam
from app.operations.scoring import list_responses
from app.operations.scripts import Pile, Script, list_marks, list_piles
from app.operations.sittings import get_sitting
from app.web.attempts.items import ItemView
from app.web.attempts.sheets import plain_sheet
from app.web.database import Session
from app.web.languages import current_language
from app.web.text import plain

EXCERPT = 80


@dataclass(frozen=True, slots=True)
class PileView:
    """An item that a person marks, with the beginning of its stem."""

    pile: Pile
    stem: str

    @property
    def total(self) -> int:
        """How many responses there are to be marked, done or not."""
        return self.pile.to_mark + self.pile.marked + self.pile.in_conflict


@dataclass(frozen=True, slots=True)
class MarkView:
    """A mark that a person gave. ``number`` counts those of the response, from 1."""

    number: int
    name: str
    is_own: bool
    points: Decimal
    awarded: Sequence[int]
    comment: str
    reason: str
    at: datetime
    in_conflict: bool


@dataclass(frozen=True, slots=True)
class ScriptView:
    """One response as it is marked: the item with its key, the answer, earlier marks."""

    token: str
    state: str
    item: ItemView
    group_stem: Markup
    max: Decimal
    key: ConstructedKey
    marks: Sequence[MarkView]
    seen: Seen

    @property
    def standing(self) -> MarkView | None:
        """The mark that counts now."""
        if self.state == ScriptState.TO_MARK:
            return None
        return next((mark for mark in reversed(self.marks) if not mark.in_conflict), None)

    @property
    def rivals(self) -> Sequence[MarkView]:
        """The mark that counts and those that met it."""
        standing = self.standing
        after = standing.number if standing else 0
        return [mark for mark in self.marks if mark.number >= after]


@dataclass(frozen=True, slots=True)
class Round:
    """Where one is among the responses to an item."""

    scripts: Sequence[Script]
    token: str = ""

    @property
    def next(self) -> str | None:
        """The next response that waits, or that has two marks."""
        waiting = {one.token for one in self.scripts if one.state is not ScriptState.MARKED}
        return next_token([one.token for one in self.scripts], waiting, self.token)

    @property
    def to_mark(self) -> int:
        """How many responses wait."""
        return sum(one.state is ScriptState.TO_MARK for one in self.scripts)

    @property
    def in_conflict(self) -> int:
        """How many responses have two marks."""
        return sum(one.state is ScriptState.CONFLICT for one in self.scripts)


def show_piles(session: Session, hall: Hall) -> list[PileView]:
    """Present the items of an exam that a person marks."""
    piles = list_piles(session, hall)
    stems = stems_of(session, hall.exam) if piles else {}
    return [PileView(pile, stems.get(pile.item, pile.item)) for pile in piles]


def stems_of(session: Session, exam: Exam) -> dict[str, str]:
    """Return the beginnings of the stems of an exam's items, in the language of the page."""
    revisions = revisions_of_exam(session, exam)
    revision = revisions.get(current_language()) or next(iter(revisions.values()))
    fragments = find_fragments(session, [revision])[revision.id]
    stems = {
        name.removesuffix(".stem"): plain("".join(str(part) for part in split_gaps(str(html), {})))
        for name, html in fragments.items()
        if name.endswith(".stem")
    }
    return {item: text if len(text) <= EXCERPT else f"{text[:EXCERPT]} …" for item, text in stems.items()}


def show_script(session: Session, person: Person, script: Script, item: str) -> ScriptView:
    """Present a response to a marker. Neither the person, nor the attempt, nor file names come along."""
    sitting = get_sitting(session, script.attempt, script.user_id)
    sheet = plain_sheet(session, sitting, record_of(session, script.attempt_id))
    place = replace(sitting.layout.place(item), number=None)
    response = response_of(session, script, item)
    key = sheet.items[item].key
    group = sheet.quiz.groups[place.group]
    marks = [
        MarkView(
            number=number,
            name=name,
            is_own=mark.marker_id == person.id,
            points=mark.points,
            awarded=mark.awarded,
            comment=mark.comment,
            reason=mark.reason,
            at=mark.marked_at,
            in_conflict=mark.in_conflict,
        )
        for number, (mark, name) in enumerate(list_marks(session, script.attempt_id, item), 1)
    ]
    return ScriptView(
        token=script.token,
        state=script.state.value,
        item=replace(sheet, mode="key").item(place),
        group_stem=sheet.opening(group) + sheet.html(f"group.{place.group + 1}.stem"),
        max=response.max,
        key=key if isinstance(key, ConstructedKey) else ConstructedKey(),
        marks=marks,
        seen=Seen(len(marks), response.event_seq),
    )


def response_of(session: Session, script: Script, item: str) -> Response:
    """Return the stored row of a response."""
    return next(row for row in list_responses(session, script.attempt_id) if row.item == item)
