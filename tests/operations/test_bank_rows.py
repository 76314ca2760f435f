"""The bank follows from the texts: what a job reads anew is what publishing wrote."""

from sqlalchemy import delete, func, select, update

from app.domain.bank_words import Mark
from app.domain.roles import Role
from app.models import BankItem, BankText, BankToken, Document, FrozenItem, RetiredItem
from app.operations.bank_filling import has_unread
from app.operations.bank_rows import BANK_VERSION, SLICE
from app.operations.bank_tokens import tokens_of
from app.operations.revisions import Content, Origin, add_revision
from tests.support.banks import fill_slice
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
    while fill_slice(session, now):
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


RENAMED = "## 新题 {#new was=old}\n\n- (x) 是\n- ( ) 否\n\n"
OLD = "## 旧题 {#old}\n\n- (x) 甲\n- ( ) 乙\n\n"


def test_what_is_called_by_an_old_name_again_keeps_what_the_desk_says_of_it(session, classroom, now):
    def put(*items):
        text = "---\ntitle: 题\n---\n\n" + "".join(items)
        publish_texts(session, classroom.library, {"quizzes/etiquette/desk.md": text}, now)

    def retired():
        session.expire_all()
        return {row.item for row in session.scalars(select(RetiredItem))}

    put(OLD)
    put(RENAMED)
    document = row_of(session, "new").document_id
    session.add(RetiredItem(document_id=document, item="old", retired_at=now))
    session.flush()

    # `was=` stays in the text: the name was changed before, not now
    put(RENAMED, OLD.replace("old", "third"))
    assert retired() == {"old"}
    put(RENAMED, OLD)
    put(RENAMED, OLD, OLD.replace("old", "third"))

    assert retired() == {"old"}


def test_a_copy_that_claims_the_name_of_a_question_in_use_is_a_new_one(session, classroom, now):
    author = classroom.instructor
    first = revise(session, "smile", author, make_small_quiz_text(), now)
    copy = make_small_quiz_text().partition("## ")[2].replace("{#smile}", "{#grin was=smile}")
    second = revise(session, "smile", author, f"{make_small_quiz_text()}\n## {copy}", now)

    assert first.number < second.number
    assert row_of(session, "grin").since_id == second.id


def test_a_job_is_due_while_a_quiz_is_unread_or_was_read_otherwise(session, classroom, now):
    assert not has_unread(session, now)
    session.execute(update(BankText).values(version=0))
    assert has_unread(session, now)

    read_anew(session, now)

    assert not has_unread(session, now)


def large(count, first=1):
    item = "\n## 第{n}位旅客怎么走？ {{#way-{n}}}\n\n- (x) 带他去\n- ( ) 不理\n"
    return "---\ntitle: 大\n---\n" + "".join(item.format(n=n) for n in range(first, first + count))


def test_a_large_new_quiz_is_taken_in_some_at_a_time(session, classroom, now):
    publish_texts(session, classroom.library, {"quizzes/etiquette/big.md": large(2 * SLICE + 50)}, now)
    number = select(func.count()).select_from(BankItem).where(BankItem.item.startswith("way-"))
    assert session.scalar(number) == 0

    held = []
    while has_unread(session, now):
        held.append(fill_slice(session, now))

    assert held == [SLICE, SLICE, 50]
    assert session.scalar(number) == 2 * SLICE + 50
    taken = bank_of(session)
    read_anew(session, now)
    assert bank_of(session) == taken


def test_what_is_published_before_all_of_it_is_taken_in_keeps_its_authors(session, classroom, now):
    publish_texts(session, classroom.library, {"quizzes/etiquette/big.md": large(2 * SLICE)}, now)
    fill_slice(session, now)
    colleague = make_person(session, classroom.offering, "other", Role.INSTRUCTOR)
    changed = large(2 * SLICE).replace("第3位旅客怎么走", "第3位旅客要去哪里")

    revise(session, "big", colleague, changed, now)
    while has_unread(session, now):
        fill_slice(session, now)

    authors = {name: row_of(session, name).author_id for name in ("way-3", "way-100")}
    assert authors["way-3"] == colleague.id != authors["way-100"]
    taken = bank_of(session)
    read_anew(session, now)
    assert bank_of(session) == taken


def test_what_an_earlier_version_had_begun_is_begun_anew(session, classroom, now):
    publish_texts(session, classroom.library, {"quizzes/etiquette/big.md": large(2 * SLICE)}, now)
    fill_slice(session, now)
    row_of(session, "way-1").stem = "an earlier reading"
    session.execute(update(BankText).where(BankText.version < 0).values(version=-BANK_VERSION - 1))
    session.expire_all()

    while has_unread(session, now):
        fill_slice(session, now)

    assert row_of(session, "way-1").stem == "第1位旅客怎么走？"
