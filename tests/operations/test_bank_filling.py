"""The job of the bank reads before its turn to write, and writes what is still so then."""

import pytest
from sqlalchemy import delete, func, select

from app.models import BankItem, BankText, BankToken, Document
from app.operations.bank_filling import has_unread, prepare_fill
from app.operations.bank_reading import read_questions, read_standings
from app.operations.bank_rows import SLICE
from app.operations.documents import read_text
from app.web.database import renewed_reading, writing
from tests.support.at_once import do, together
from tests.support.banks import fill_slice
from tests.support.builders import make_classroom, publish_texts

PATH = "quizzes/etiquette/big.md"
ITEM = "\n## 第{n}位旅客怎么走？ {{#way-{n}}}\n\n- (x) 带他去\n- ( ) {other}\n"
ROUNDS = 6


def big(count, other="不理"):
    items = (ITEM.format(n=n, other=other) for n in range(1, count + 1))
    return "---\ntitle: 大\n---\n" + "".join(items)


def empty(session):
    """Leave the bank as a new version of it finds it: with nothing that was read."""
    for table in (BankToken, BankItem, BankText):
        session.execute(delete(table))


def forget_what_was_read():
    for one in (read_text, read_questions, read_standings):
        one.cache_clear()


def times_read():
    return [one.cache_info().misses for one in (read_text, read_questions, read_standings)]


def others(session):
    """Return which second options the bank's questions of the text were read with."""
    rows = session.scalars(select(BankItem).where(BankItem.item.startswith("way-")))
    return {(row.since_id, row.author_id) for row in rows}


@pytest.mark.parametrize("count", [SLICE - 10, SLICE + 50])
def test_a_text_and_its_history_are_read_before_the_turn_to_write(session, classroom, now, tmp_path, count):
    for other in ("不理", "请他等", "叫人来"):
        publish_texts(session, classroom.library, {PATH: big(count, other)}, now)
    empty(session)
    while has_unread(session, now):
        forget_what_was_read()
        write = prepare_fill(session, tmp_path, {})
        before = times_read()
        assert write is not None

        assert write(session, now) > 0

        assert times_read() == before
    assert session.scalar(select(func.count()).where(BankItem.item.startswith("way-"))) == count


def test_what_is_published_while_it_is_read_is_read_anew(session, classroom, now, tmp_path):
    publish_texts(session, classroom.library, {PATH: big(SLICE + 1)}, now)
    write = prepare_fill(session, tmp_path, {})
    publish_texts(session, classroom.library, {PATH: big(SLICE + 1, "请他等")}, now)
    document = session.scalars(select(Document).where(Document.slug == "big")).one()

    assert write is not None
    assert write(session, now) > 0
    assert others(session) == set()

    while fill_slice(session, now):
        pass
    assert others(session) == {(document.head_revision_id, None)}


def test_what_is_retired_while_it_is_read_is_left_out(session, classroom, now, tmp_path):
    publish_texts(session, classroom.library, {PATH: big(SLICE + 1)}, now)
    write = prepare_fill(session, tmp_path, {})
    publish_texts(session, classroom.library, {PATH: None}, now)

    assert write is not None
    assert write(session, now) > 0

    assert others(session) == set()
    assert not has_unread(session, now)


@pytest.mark.parametrize("count", [SLICE // 2, SLICE + 1])
def test_publishing_and_the_job_pass_one_by_one(app, tmp_path, now, count):
    room = do(app, lambda session: make_classroom(session, tmp_path, now))
    do(app, lambda session: publish_texts(session, room.library, {PATH: big(count)}, now))

    for number in range(ROUNDS):
        do(app, empty)

        def publish(number=number):
            with writing() as session:
                publish_texts(session, room.library, {PATH: big(count, f"第{number}次")}, now)

        together(app, lambda: fill_all(tmp_path, now), publish)
        together(app, lambda: fill_all(tmp_path, now))

        assert do(app, lambda session: len(others(session))) == 1


def fill_all(instance, now):
    """Do the job as its worker does: each slice is read without a turn, and written in one."""
    while write := prepare_fill(renewed_reading(), instance, {}):
        with writing() as session:
            write(session, now)
