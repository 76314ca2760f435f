"""The bank follows from the texts: what a job reads anew is what publishing wrote."""

from sqlalchemy import delete, select, update

from app.domain.bank_words import Mark
from app.domain.roles import Role
from app.models import BankItem, BankText, BankToken, Document, FrozenItem
from app.operations.bank_rows import fill_bank, has_unread
from app.operations.bank_tokens import tokens_of
from app.operations.revisions import Content, Origin, add_revision
from tests.support.builders import make_person, publish_texts
from tests.support.exams import set_exam
from tests.support.texts import make_quiz_text, make_small_quiz_text

LADIES, SMILE = "quizzes/etiquette/ladies.md", "quizzes/etiquette/smile.md"
LEFT_OUT = ("id", "tokens")


def bank_of(session):
    """Return everything that the bank holds, whatever its rows are numbered."""
    session.expire_all()
    names = [one.name for one in BankItem.__table__.columns if one.name not in LEFT_OUT]
    rows = session.scalars(select(BankItem).order_by(BankItem.document_id, BankItem.position)).all()
    tokens: dict[int, set[str]] = {row.id: set() for row in rows}
    for row in session.scalars(select(BankToken)):
        tokens[row.item_id].add(row.token)
    assert [tokens[row.id] for row in rows] == [tokens_of(row) for row in rows]
    return [({name: getattr(row, name) for name in names}, tokens[row.id]) for row in rows]


def read_anew(session, now):
    for table in (BankToken, BankItem, BankText, FrozenItem):
        session.execute(delete(table))
    while fill_bank(session, {}, now):
        pass


def revise(session, slug, author, source, now):
    """Publish a text as its author, as an editor does."""
    statement = select(Document).where(Document.slug == slug, Document.language == "zh")
    content = Content(source, source[:9], source[:9], {})
    return add_revision(session, session.scalars(statement).one(), content, Origin(now, author.id))


def row_of(session, item):
    return session.scalars(select(BankItem).where(BankItem.item == item).order_by(BankItem.id.desc())).first()


def test_what_a_job_reads_anew_is_what_publishing_wrote(session, classroom, now):
    set_exam(session, classroom, now, "smile")
    publish_texts(
        session, classroom.library, {LADIES: make_quiz_text(stem="先扶谁？", front="topic: 礼貌\n")}, now
    )
    revise(session, "smile", classroom.instructor, make_small_quiz_text().replace("不笑\n", "不能笑\n"), now)
    written = bank_of(session)

    read_anew(session, now)

    assert len(written) == 13
    assert bank_of(session) == written


def test_a_question_belongs_to_whoever_changed_it_last(session, classroom, now):
    other = make_person(session, classroom.offering, "other", Role.INSTRUCTOR)
    changed = make_quiz_text(stem="先扶谁？")
    first = revise(session, "ladies", classroom.instructor, changed, now)
    revise(session, "ladies", other, changed.replace("后排总是上座", "前排总是上座"), now)

    single, truth = row_of(session, "single"), row_of(session, "truth")

    assert (single.author_id, single.since_id) == (classroom.instructor.id, first.id)
    assert truth.author_id == other.id
    assert f"{Mark.AUTHOR}{other.id}" in tokens_of(truth)


def test_a_question_under_a_new_name_is_still_the_same(session, classroom, now):
    renamed = make_small_quiz_text().replace("{#smile}", "{#grin was=smile}")
    revise(session, "smile", classroom.instructor, renamed, now)

    assert row_of(session, "smile") is None
    assert row_of(session, "grin").author_id is None


def test_a_job_is_due_while_a_quiz_is_unread_or_was_read_otherwise(session, classroom, now):
    assert not has_unread(session, now)
    session.execute(update(BankText).values(version=0))
    assert has_unread(session, now)

    read_anew(session, now)

    assert not has_unread(session, now)
