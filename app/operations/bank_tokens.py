"""Write the tokens of questions: only what differs from what is there."""

import json
from collections.abc import Mapping, Sequence, Set

from sqlalchemy import bindparam, delete, text
from sqlalchemy.orm import Session

from app.models import BankItem, BankToken

GONE = delete(BankToken).where(
    BankToken.course_id == bindparam("course"),
    BankToken.token == bindparam("gone"),
    BankToken.item_id == bindparam("number"),
)
#: all tokens of a question in one row of parameters: 450 questions have 30,000
NEW = {
    "sqlite": text(
        "INSERT INTO bank_token (course_id, token, item_id)"
        " SELECT :course, value, :number FROM json_each(:tokens)"
    ),
    "postgresql": text(
        "INSERT INTO bank_token (course_id, token, item_id)"
        " SELECT :course, value, :number FROM json_array_elements_text(CAST(:tokens AS json))"
    ),
}


def tokens_of(row: BankItem) -> set[str]:
    """Return the tokens that a question has."""
    return set(row.tokens.split("\n")) if row.tokens else set()


def write_tokens(session: Session, rows: Sequence[BankItem], wanted: Mapping[str, Set[str]]) -> None:
    """Let questions of one text be found by these tokens, by item, and by no others."""
    before = {row.item: tokens_of(row) for row in rows}
    for row in rows:
        row.tokens = "\n".join(sorted(wanted[row.item]))
    session.flush()
    gone = [
        {"course": row.course_id, "gone": token, "number": row.id}
        for row in rows
        for token in before[row.item] - wanted[row.item]
    ]
    new = [
        {"course": row.course_id, "number": row.id, "tokens": json.dumps(sorted(added))}
        for row in rows
        if (added := wanted[row.item] - before[row.item])
    ]
    connection = session.connection()
    if gone:
        connection.execute(GONE, gone)
    if new:
        connection.execute(NEW[connection.dialect.name], new)
