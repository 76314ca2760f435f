"""Which exams ask which questions: noted when a paper is frozen, told to the bank."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from app.content.item_text import meaning_hash
from app.content.parse import Kind
from app.content.shared_texts import stand_alone
from app.domain.bank_entry import desk_tokens, without_desk
from app.domain.origins import read_origins
from app.domain.paper import Paper as Frozen
from app.domain.quiz import Quiz
from app.models import Attempt, BankItem, Document, Exam, FrozenItem, Offering, Paper, Revision
from app.operations.bank_desks import asks, desks_of
from app.operations.bank_tokens import tokens_of, write_tokens
from app.operations.documents import Text, find_text, quiz_of
from app.operations.halls import Hall, as_halls, halls
from app.operations.sittings import paper_of


@dataclass(frozen=True, slots=True)
class Use:
    """An exam that asks a question; ``last_sat`` is when somebody began it last, previews left out."""

    hall: Hall
    last_sat: datetime | None


def note_questions(session: Session, paper: Paper, frozen: Frozen, text: Text) -> None:
    """Note what the paper of an exam asks, so that its questions are found by it."""
    _note(session, paper.id, frozen, (text.document.id, text.revisions[text.original]))


def has_unnoted(session: Session) -> bool:
    """Whether exams have papers of which nothing is noted: an earlier version froze them."""
    return session.execute(_unnoted().limit(1)).first() is not None


def note_earlier(session: Session) -> int:
    """Note what the next paper asks that an earlier version froze; return how many were noted."""
    row = session.execute(_unnoted().limit(1)).first()
    if row is None:
        return 0
    frozen = paper_of(row.Paper.manifest)
    pinned = select(Document, Revision).join(Revision, Revision.document_id == Document.id)
    pinned = pinned.where(Revision.id.in_(frozen.revisions.values()), Document.is_translation.is_(False))
    original = session.execute(pinned).one()
    _note(session, row.Paper.id, frozen, (original.Document.id, original.Revision))
    hall = as_halls(session, halls().where(Exam.id == row.id))[0]
    refresh_asked(session, hall, row.Paper.id)
    return 1


def _unnoted() -> Select[Paper, int]:
    noted = select(FrozenItem.paper_id).where(FrozenItem.paper_id == Exam.paper_id)
    return (
        select(Paper, Exam.id)
        .join(Exam, Exam.paper_id == Paper.id)
        .where(Exam.kind != "practice", ~noted.exists())
        .order_by(Exam.id)
    )


def _note(session: Session, paper_id: int, frozen: Frozen, text: tuple[int, Revision]) -> None:
    document_id, revision = text
    asked = {item.key for group in frozen.groups for item in group.items}
    known = select(FrozenItem.item).where(FrozenItem.paper_id == paper_id)
    missing = asked - set(session.scalars(known))
    quiz = quiz_of(revision)
    bare = _bare_meanings(session, session.get_one(Document, document_id).course_id, quiz)
    for item in quiz.items:
        if item.id in missing and item.is_scored:
            meaning = meaning_hash(item)
            row = FrozenItem(paper_id=paper_id, document_id=document_id, item=item.id)
            row.meaning = bare.get(meaning, meaning)
            session.add(row)
    session.flush()


def _bare_meanings(session: Session, course_id: int, quiz: Quiz) -> dict[str, str]:
    """Return what questions ask below a shared text by what they ask with it, as in a composed quiz."""
    texts = (find_text(session, course_id, Kind.QUIZ, slug) for slug in read_origins(quiz.source))
    return {
        meaning_hash(stand_alone(item, group.stem)): meaning_hash(item)
        for text in texts
        if text is not None
        for group in quiz_of(text.revisions[text.original]).groups
        if group.stem
        for item in group.items
    }


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
    """Let questions be found by what the desk and the exams say of them now; they are held meanwhile."""
    held = select(BankItem).where(BankItem.id.in_([row.id for row in rows])).order_by(BankItem.id)
    held = held.with_for_update().execution_options(populate_existing=True)
    rows = session.scalars(held).all()
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
