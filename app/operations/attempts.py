"""Sit a paper: start, save answers, hand in. Every answer is an event in the attempt's chain."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.answers import check_answer, is_blank
from app.domain.chain import genesis, salted
from app.domain.errors import AttemptClosed, NotFound
from app.domain.events import AnswerEvent, Head, Receipt
from app.domain.ids import public_id
from app.domain.items import Item
from app.domain.layout import Layout, draw_layout, layout_json, read_layout, to_file_order
from app.domain.paper import read_manifest
from app.domain.quiz import Quiz, with_inherited
from app.domain.roles import Person
from app.models import Attempt, Course, Document, Exam, Offering, Paper, Revision
from app.models import Response as ResponseRow
from app.operations.documents import Text, check_practice, quiz_of
from app.operations.events import append_answer, append_note, find_receipt, heads_of
from app.operations.offerings import Place, check_running, take_turn
from app.operations.papers import ensure_paper, ensure_practice


@dataclass(frozen=True, slots=True)
class Sitting:
    """An attempt with everything it is pinned to.

    ``revisions`` stand by language; ``cases`` are the cases that its groups show, by slug and language.
    """

    attempt: Attempt
    exam: Exam
    offering: Offering
    course: Course
    document: Document
    revisions: Mapping[str, Revision]
    cases: Mapping[str, Mapping[str, Revision]]

    @property
    def layout(self) -> Layout:
        """What was drawn at the start."""
        return read_layout(self.attempt.layout)

    @property
    def quiz(self) -> Quiz:
        """The quiz in its original language, as it was when the attempt began."""
        return quiz_of(self.revisions[self.document.language])

    @property
    def is_open(self) -> bool:
        """Whether the attempt takes answers."""
        return self.attempt.state == "open"

    def items(self, language: str | None = None) -> dict[str, Item]:
        """Return the items with what they inherit, by key, in a language of the attempt."""
        quiz = quiz_of(self.revisions[language or self.document.language])
        return {item.id: with_inherited(item, group, quiz) for group in quiz.groups for item in group.items}


def start_practice(
    session: Session, person: Person, place: Place, text: Text, moment: tuple[datetime, int]
) -> Attempt:
    """Start to practise a quiz, or return the person's open attempt at it.

    :param moment: now, and 128 bits of chance for the public id and the seed.
    :raises OfferingArchived: the offering is read-only.
    """
    check_running(place.offering)
    take_turn(session, place)
    exam = ensure_practice(session, place, text, moment)
    last = next(iter(list_attempts(session, person, exam.id)), None)
    if last is not None and last.state == "open":
        return last
    paper = ensure_paper(session, text, moment[0])
    attempt = _laid_out(exam, paper, person, last.number + 1 if last else 1, moment)
    attempt.is_preview = not place.counts
    session.add(attempt)
    session.flush()
    return attempt


def _laid_out(exam: Exam, paper: Paper, person: Person, number: int, moment: tuple[datetime, int]) -> Attempt:
    now, chance = moment
    seed = f"{chance:032x}"
    layout = layout_json(draw_layout(read_manifest(json.loads(paper.manifest)), seed))
    public = public_id(now, chance)
    return Attempt(
        public_id=public,
        exam_id=exam.id,
        user_id=person.id,
        number=number,
        paper_id=paper.id,
        layout=layout,
        seed=seed,
        started_at=now,
        last_seq=0,
        state="open",
        head_hash=genesis(public, salted(person.public_id, seed), paper.sha256, layout),
    )


def open_sitting(session: Session, person: Person, public: str) -> Sitting:
    """Return a person's own attempt, as ``get_sitting`` does, while the person may see it.

    :raises NotFound: there is no such attempt, the person has no place in its offering any more, or
        what was practised is for exams only now.
    """
    sitting = get_sitting(session, public, person.id)
    check_practice(person, sitting.offering.id, sitting.document)
    return sitting


def get_sitting(session: Session, public: str, user_id: int) -> Sitting:
    """Return a person's own attempt with what it is pinned to, in two statements.

    :raises NotFound: this person has no such attempt.
    """
    statement = (
        select(Attempt, Exam, Offering, Course, Paper, Document)
        .join(Exam, Exam.id == Attempt.exam_id)
        .join(Offering, Offering.id == Exam.offering_id)
        .join(Course, Course.id == Offering.course_id)
        .join(Paper, Paper.id == Attempt.paper_id)
        .join(Document, Document.id == Exam.document_id)
        .where(Attempt.public_id == public, Attempt.user_id == user_id)
    )
    row = session.execute(statement).first()
    if row is None:
        raise NotFound(public)
    paper = read_manifest(json.loads(row.Paper.manifest))
    pinned = {number for ids in (paper.revisions, *paper.cases.values()) for number in ids.values()}
    found = {one.id: one for one in session.scalars(select(Revision).where(Revision.id.in_(pinned)))}
    return Sitting(
        attempt=row.Attempt,
        exam=row.Exam,
        offering=row.Offering,
        course=row.Course,
        document=row.Document,
        revisions=_by_language(paper.revisions, found),
        cases={slug: _by_language(ids, found) for slug, ids in paper.cases.items()},
    )


def _by_language(ids: Mapping[str, int], found: Mapping[int, Revision]) -> dict[str, Revision]:
    return {language: found[number] for language, number in ids.items()}


def list_attempts(session: Session, person: Person, exam_id: int) -> Sequence[Attempt]:
    """Return the person's own attempts at an exam, newest first."""
    statement = select(Attempt).where(Attempt.exam_id == exam_id, Attempt.user_id == person.id)
    return session.scalars(statement.order_by(Attempt.number.desc())).all()


def save_answers(
    session: Session, person: Person, public: str, events: Sequence[AnswerEvent], now: datetime
) -> list[Receipt]:
    """Append answers to an open attempt, all or none.

    :raises NotFound: this person has no such attempt.
    :raises AttemptClosed, OfferingArchived: the attempt no longer takes answers.
    :raises UnknownItem, BadAnswer: an event names what the drawn paper or its item has not.
    :raises EventMismatch: an event's id was used before with another body.
    """
    lock_attempt(session, person, public)
    sitting = open_sitting(session, person, public)
    heads = heads_of(session, sitting.attempt.id)
    return [_save(session, sitting, event, heads, now) for event in events]


def _save(
    session: Session, sitting: Sitting, event: AnswerEvent, heads: dict[str, Head], now: datetime
) -> Receipt:
    receipt = find_receipt(session, sitting.attempt.id, event)
    if receipt is not None:
        return replace(receipt, head=heads.get(event.item))
    if not sitting.is_open:
        raise AttemptClosed(sitting.attempt.public_id)
    check_running(sitting.offering)
    place = sitting.layout.place(event.item)
    check_answer(sitting.items()[event.item], to_file_order(place, event.answer))
    receipt = append_answer(session, sitting.attempt, event, heads.get(event.item), now)
    if receipt.status == "saved":
        heads[event.item] = Head(receipt.seq, event.client, event.n, event.answer)
    return receipt


def submit_attempt(session: Session, person: Person, public: str, now: datetime) -> Sitting:
    """Hand the attempt in: fold its events into responses and close it. Handing in twice changes nothing.

    Scoring is a step of its own, see ``operations.scoring``.

    :raises NotFound: this person has no such attempt.
    :raises OfferingArchived: the offering is read-only.
    """
    lock_attempt(session, person, public)
    sitting = open_sitting(session, person, public)
    if not sitting.is_open:
        return sitting
    check_running(sitting.offering)
    attempt = sitting.attempt
    append_note(session, attempt, "submit", f"submit-{attempt.public_id}", now)
    session.add_all(fold_responses(sitting, heads_of(session, attempt.id)))
    attempt.state, attempt.submitted_at = "submitted", now
    session.flush()
    return sitting


def fold_responses(sitting: Sitting, heads: Mapping[str, Head]) -> list[ResponseRow]:
    """Return the responses that an attempt's heads amount to; positions count in file order here."""
    items = sitting.items()
    rows: list[ResponseRow] = []
    for position, place in enumerate(sitting.layout.places, 1):
        item, head = items[place.key], heads.get(place.key)
        if not item.is_scored:
            continue
        answer = to_file_order(place, head.answer) if head else None
        rows.append(
            ResponseRow(
                attempt_id=sitting.attempt.id,
                item=place.key,
                position=position,
                answer=answer,
                answered=not is_blank(answer),
                event_seq=head.seq if head else 0,
                max=item.points,
                detail={},
            )
        )
    return rows


def lock_attempt(session: Session, person: Person, public: str) -> None:
    """Hold the attempt for this transaction, and read it anew: somebody else may have held it before.

    :raises NotFound: this person has no such attempt.
    """
    statement = select(Attempt).where(Attempt.public_id == public, Attempt.user_id == person.id)
    held = statement.with_for_update().execution_options(populate_existing=True)
    if session.scalar(held) is None:
        raise NotFound(public)
