"""A bank of many questions, for tests of what a search costs."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import String, cast, insert, literal, select, text, true
from sqlalchemy.orm import Session

from app.content.parse import Kind
from app.models import BankItem, BankToken, Document
from app.operations.bank_filling import has_unread, prepare_fill
from app.operations.revisions import Content, Origin, add_revision

WHO = ("旅客", "值机员", "带班主任", "晚到者", "儿童", "轮椅旅客", "女宾", "领队", "机组", "游客")
WHAT = (
    "行李逾重",
    "登机口变",
    "证件过期",
    "航班延误",
    "座位重复",
    "行李破损",
    "语言不通",
    "发病",
    "误机",
    "改签",
)
ASKED = ("先怎么办", "怎么说才好")
ITEM = """
## {who}{what}，{asked}？ {{#q-{n} 知识点={what}}}

- (x) 安抚
- ( ) 等待
"""
DISTINCT = len(WHO) * len(WHAT) * len(ASKED)
STEP = 1_000_000


def fill_slice(session: Session, now: datetime) -> int:
    """Do the next slice of the job that fills the bank; return how much that was, 0 when nothing is left."""
    write = prepare_fill(session, Path(), {})
    return write(session, now) if write else 0


def fill_bank(session: Session, course_id: int, now: datetime, size: int) -> None:
    """Publish a quiz of 200 different questions, and copy its rows until there are so many."""
    parts = [(who, what, asked) for who in WHO for what in WHAT for asked in ASKED]
    items = [ITEM.format(who=a, what=b, asked=c, n=n) for n, (a, b, c) in enumerate(parts, 1)]
    source = "---\ntitle: 大题库\n---\n" + "".join(items)
    document = Document(course_id=course_id, kind=Kind.QUIZ.value, slug="big", language="zh", title="大题库")
    session.add(document)
    session.flush()
    add_revision(session, document, Content(source, "big", "big", {}), Origin(now))
    while has_unread(session, now):
        fill_slice(session, now)
    _copy(session, document.id, size // DISTINCT - 1)
    session.execute(text("ANALYZE"))


def _copy(session: Session, document_id: int, times: int) -> None:
    numbers = select(literal(1).label("n")).cte(recursive=True)
    numbers = numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < times))
    of_text = select(BankItem.id).where(BankItem.document_id == document_id)
    tokens = (
        select(BankToken.course_id, BankToken.token, BankToken.item_id + numbers.c.n * STEP)
        .join(numbers, true())
        .where(BankToken.item_id.in_(of_text))
        .order_by(BankToken.token, numbers.c.n)
    )
    session.execute(insert(BankToken).from_select(["course_id", "token", "item_id"], tokens))
    names = [one.name for one in BankItem.__table__.columns if one.name not in {"id", "item"}]
    rows = (
        select(
            BankItem.id + numbers.c.n * STEP,
            BankItem.item + "-" + cast(numbers.c.n, String),
            *(getattr(BankItem, name) for name in names),
        )
        .join(numbers, true())
        .where(BankItem.document_id == document_id)
    )
    session.execute(insert(BankItem).from_select(["id", "item", *names], rows))
