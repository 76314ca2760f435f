"""Drafts that were thrown away or written over: kept as they were, and brought back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from app.content.front_matter import written_title
from app.domain.errors import DraftChanged, NotFound
from app.domain.roles import Person
from app.models import TextDraft, User
from app.operations import audit
from app.operations.offerings import Place
from app.operations.shelves import TextName
from app.operations.writings import Target, Writing, drafts_of, find_state, hold, name_of, order_of

WRITER = aliased(User)
#: who threw a draft away or wrote over it
OTHER = aliased(User)


@dataclass(frozen=True, slots=True)
class PutAside:
    """A draft that was put aside: who saved it last, and who put it aside."""

    draft: TextDraft
    author: str
    by: str

    @property
    def name(self) -> TextName:
        """Which text it is a draft of."""
        return name_of(self.draft)

    @property
    def title(self) -> str:
        """What the draft calls itself, else its short name."""
        return written_title(self.draft.text) or self.draft.slug


def list_put_aside(session: Session, target: Target) -> Sequence[PutAside]:
    """Return the drafts of a text that were put aside, the last one first."""
    of_text = drafts_of(target).where(TextDraft.discarded_at.is_not(None)).with_only_columns(TextDraft.id)
    return _put_aside(session, TextDraft.id.in_(of_text))


def list_begun(session: Session, place: Place, listed: Sequence[Writing]) -> Sequence[PutAside]:
    """Return the last drafts of texts that were never published, and whose drafts were all put aside.

    :param listed: the texts that there are.
    """
    there = {one.name for one in listed}
    found: dict[TextName, PutAside] = {}
    for one in _put_aside(session, TextDraft.course_id == place.course.id):
        if one.name not in there:
            found.setdefault(one.name, one)
    return [found[name] for name in sorted(found, key=order_of)]


def put_aside(session: Session, person: Person, target: Target, draft: TextDraft, now: datetime) -> None:
    """Keep a draft that is thrown away or written over, and tell the log of it."""
    draft.discarded_at, draft.discarded_by_id = now, person.id
    session.flush()
    about = audit.About(person_id=draft.author_id, offering_id=target.place.offering.id)
    about["detail"] = target.name.detail
    audit.record(session, person, "text.discard", now=now, **about)


def bring_back_draft(
    session: Session, person: Person, target: Target, draft_id: int, now: datetime
) -> TextDraft:
    """Make a draft that was put aside the draft of its text again.

    :raises OfferingArchived: the offering is read-only.
    :raises NotFound: no such draft of this text was put aside.
    :raises DraftChanged: the text has another draft.
    """
    hold(session, target)
    aside = drafts_of(target).where(TextDraft.id == draft_id, TextDraft.discarded_at.is_not(None))
    draft = session.scalar(aside)
    if draft is None:
        raise NotFound(str(draft_id))
    if find_state(session, target)[2] is not None:
        raise DraftChanged
    draft.version = last_version(session, target) + 1
    draft.discarded_at = draft.discarded_by_id = None
    session.flush()
    place = target.place.offering.id
    audit.record(session, person, "text.bring_back", offering_id=place, detail=target.name.detail, now=now)
    return draft


def last_version(session: Session, target: Target) -> int:
    """Return the highest version of any draft of a text: none that comes later is taken for one of them."""
    of_text = drafts_of(target).subquery()
    return session.scalar(select(func.coalesce(func.max(of_text.c.version), 0))) or 0


def _put_aside(session: Session, condition: ColumnElement[bool]) -> Sequence[PutAside]:
    statement = (
        select(TextDraft, WRITER.name, OTHER.name)
        .join(WRITER, WRITER.id == TextDraft.author_id)
        .join(OTHER, OTHER.id == TextDraft.discarded_by_id)
        .where(condition, TextDraft.discarded_at.is_not(None))
        .order_by(TextDraft.discarded_at.desc(), TextDraft.id.desc())
    )
    return [PutAside(*row) for row in session.execute(statement)]
