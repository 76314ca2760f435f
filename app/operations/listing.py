"""Whether students come to a text: a syllabus lists it below a module; and how it is listed there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.content.pairing import with_material
from app.content.parse import Kind
from app.domain.errors import DraftChanged, TextRefused
from app.domain.roles import Person
from app.domain.syllabus import Module
from app.domain.words import Sentence, marked
from app.operations.documents import Text, case_of, find_text, quiz_of, syllabus_of
from app.operations.drafts import save_draft
from app.operations.shelves import TextName
from app.operations.writings import Seen, Target, base_number, find_state, number_of

SYLLABUS = Kind.SYLLABUS.value


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A published text that no module lists: its key there, the modules, and the one that it names itself."""

    key: str
    modules: Sequence[Module]
    module: str | None


def find_unlisted(session: Session, target: Target) -> Unlisted | None:
    """Return how a case or quiz for practice can be listed; None where it is, or needs no line there."""
    name, course_id = target.name, target.place.course.id
    if name.kind is Kind.SYLLABUS:
        return None
    text = find_text(session, course_id, name.kind, name.slug)
    if text is None or text.document.is_exam_only or name.language != text.original:
        return None
    syllabus = find_text(session, course_id, Kind.SYLLABUS, SYLLABUS)
    modules = syllabus_of(syllabus.revisions[syllabus.original]).modules if syllabus else ()
    if any(name.slug in _listed(one, name.kind) for one in modules):
        return None
    return Unlisted(_key(text, name.kind), modules, _module(text, name.kind))


def list_in_module(session: Session, person: Person, target: Target, module: str, now: datetime) -> Target:
    """Write a text below a module in the draft of the syllabus; return the syllabus.

    :raises OfferingArchived: the offering is read-only.
    :raises DraftChanged: the draft of the syllabus was begun before what is published now.
    :raises TextRefused: there is no such module, or its text has errors, or the text is listed already.
    """
    unlisted = find_unlisted(session, target)
    syllabus = find_text(session, target.place.course.id, Kind.SYLLABUS, SYLLABUS)
    if unlisted is None or syllabus is None:
        raise TextRefused(Sentence(NOT_LISTED))
    where = Target(target.place, TextName(Kind.SYLLABUS, SYLLABUS, syllabus.original))
    _, head, draft = find_state(session, where)
    if draft is not None and base_number(session, draft) < number_of(head):
        raise DraftChanged
    before = draft.text if draft else head.source if head else ""
    text = with_material(before, module, unlisted.key, target.name.slug)
    if text is None:
        raise TextRefused(Sentence(NOT_LISTED))
    save_draft(session, person, where, (text, Seen(draft.version if draft else 0, number_of(head))), now)
    return where


def _listed(module: Module, kind: Kind) -> tuple[str, ...]:
    return module.quizzes if kind is Kind.QUIZ else (*module.cases, *module.readings)


def _key(text: Text, kind: Kind) -> str:
    if kind is Kind.QUIZ:
        return "quizzes"
    return "readings" if text.document.is_reading else "cases"


def _module(text: Text, kind: Kind) -> str | None:
    revision = text.revisions[text.original]
    return quiz_of(revision).module if kind is Kind.QUIZ else case_of(revision).module


NOT_LISTED = marked(
    "It could not be written into the syllabus: look whether the draft of that has errors, or lists it."
)
