"""Give a receipt at each hand-in, and find it again, byte by byte."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.chain import salted
from app.domain.receipt import Handed, sign_receipt
from app.domain.timing import ClosedBy
from app.models import Receipt
from app.operations.signing import signing_key
from app.operations.sittings import Sitting


def give_receipt(session: Session, sitting: Sitting, items: int, now: datetime) -> Receipt:
    """Sign and store the receipt of an attempt that is being handed in.

    :param items: how many scored items its paper has.
    """
    attempt = sitting.attempt
    handed = Handed(
        attempt=attempt.public_id,
        exam=sitting.exam.public_id,
        person=salted(sitting.person, attempt.seed),
        items=items,
        answered=attempt.answered,
        seq=attempt.last_seq,
        head=attempt.head_hash,
        at=attempt.submitted_at or now,
        cause=attempt.closed_by or ClosedBy.PERSON.value,
    )
    receipt = Receipt(
        attempt_id=attempt.id,
        number=attempt.last_seq,
        text=sign_receipt(handed, signing_key(session)),
        given_at=now,
    )
    session.add(receipt)
    session.flush()
    return receipt


def find_receipt_text(session: Session, attempt_id: int) -> str | None:
    """Return the last receipt of an attempt as it was given; None while it is not handed in."""
    return next(iter(list_receipts(session, attempt_id)[::-1]), None)


def list_receipts(session: Session, attempt_id: int) -> Sequence[str]:
    """Return the receipts of an attempt in the order given."""
    statement = select(Receipt.text).where(Receipt.attempt_id == attempt_id).order_by(Receipt.number)
    return session.scalars(statement).all()
