"""Which exams ask which questions: noted when a paper is frozen, told to the bank."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from app.content.item_text import meaning_hash
from app.domain.bank_entry import desk_tokens, without_desk
from app.domain.paper import Paper as Frozen
from app.models import Attempt, BankItem, Exam, FrozenItem, Offering, Paper
from app.operations.bank_desks import asks, desks_of
from app.operations.bank_tokens import tokens_of, write_tokens
from app.operations.documents import Text, quiz_of
from app.operations.halls import Hall, as_halls, halls


@dataclass(frozen=True, slots=True)
class Use:
    """An exam that asks a question; ``last_sat`` is when somebody began it last, previews left out."""

    hall: Hall
    last_sat: datetime | None


def note_questions(session: Session, paper: Paper, frozen: Frozen, text: Text) -> None:
    """Note what the paper of an exam asks, so that its questions are found by it."""
    asked = {item.key for group in frozen.groups for item in group.items}
    known = select(FrozenItem.item).where(FrozenItem.paper_id == paper.id)
    missing = asked - set(session.scalars(known))
    session.add_all(
        FrozenItem(paper_id=paper.id, document_id=text.document.id, item=item.id, meaning=meaning_hash(item))
        for item in quiz_of(text.revisions[text.original]).items
        if item.id in missing and item.is_scored
    )
    session.flush()


def refresh_asked(session: Session, hall: Hall, *papers: int | None) -> None:
    """Tell the bank anew which exams ask the questions of these papers."""
    frozen = select(FrozenItem).where(FrozenItem.paper_id.in_([one for one in papers if one]))
    rows = session.scalars(frozen).all()
    named = and_(
        BankItem.document_id.in_({row.document_id for row in rows}),
        BankItem.item.in_({row.item for row in rows}),
    )
    asked = or_(BankItem.meaning.in_({row.meaning for row in rows}), named)
    statement = select(BankItem).where(BankItem.course_id == hall.course.id, asked)
    refresh_desks(session, hall.course.id, session.scalars(statement).all())


def refresh_desks(session: Session, course_id: int, rows: Sequence[BankItem]) -> None:
    """Let questions be found by what the desk and the exams say of them now."""
    desks = desks_of(session, course_id, [(row.document_id, row.item, row.meaning) for row in rows])
    for document_id in {row.document_id for row in rows}:
        of_text = [row for row in rows if row.document_id == document_id]
        wanted = {
            row.item: without_desk(tokens_of(row)) | desk_tokens(desks[document_id, row.item])
            for row in of_text
        }
        write_tokens(session, of_text, wanted)


def list_uses(session: Session, row: BankItem) -> list[Use]:
    """Return the exams of its course that ask a question, or what it said before, the last first."""
    sat = select(func.max(Attempt.started_at)).where(
        Attempt.exam_id == Exam.id, Attempt.is_preview.is_(False), Attempt.state != "voided"
    )
    asked = (
        select(Exam.id, sat.scalar_subquery())
        .join(FrozenItem, FrozenItem.paper_id == Exam.paper_id)
        .where(asks([(row.document_id, row.item, row.meaning)]), Exam.scheduled_at.is_not(None))
    )
    last = {number: at for number, at in session.execute(asked)}
    query = halls().where(Exam.id.in_(last), Offering.course_id == row.course_id)
    found = as_halls(session, query.order_by(Exam.opens_at.desc(), Exam.id.desc()))
    return [Use(hall, last[hall.exam.id]) for hall in found]
