"""The bank of questions: derived from the texts and the papers, but for tags and what is retired.

What is derived can be made again at any time (``operations.bank_rows``); ``bank_token`` therefore has
no foreign key to its questions, which would ask for a second index as large as the table.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base

#: compared byte by byte on both databases, so that a beginning is a range of the index
Token = String().with_variant(String(collation="C"), "postgresql")


class BankText(Base):
    """A quiz's text in the bank: which revision was read, by which version of the reading."""

    __tablename__ = "bank_text"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    version: Mapped[int]


class BankItem(Base):
    """A question of the head revision of a quiz's text, with what it inherits there."""

    __tablename__ = "bank_item"
    __table_args__ = (
        UniqueConstraint("document_id", "item"),
        Index("ix_bank_item_course_id", "course_id", "meaning"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    item: Mapped[str]
    position: Mapped[int]
    #: its question type
    type: Mapped[str]
    stem: Mapped[str]
    points: Mapped[Decimal]
    level: Mapped[str | None]
    difficulty: Mapped[str | None]
    topics: Mapped[list[Any]]
    objectives: Mapped[list[Any]]
    #: a text or a case above it belongs to it
    is_shared: Mapped[bool]
    content_hash: Mapped[str]
    #: hash of what is asked and what is right, the same for copies in other texts
    meaning: Mapped[str]
    #: the revision that brought or last changed it, and who wrote that
    since_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    #: by which it is found, a line each: the same as its rows in ``bank_token``
    tokens: Mapped[str]


class BankToken(Base):
    """A token of a question (see ``domain.bank_words``)."""

    __tablename__ = "bank_token"
    __table_args__ = {"sqlite_with_rowid": False}

    course_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    token: Mapped[str] = mapped_column(Token, primary_key=True)
    item_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class ItemTag(Base):
    """A tag that the desk gave a question; the text does not have it."""

    __tablename__ = "item_tag"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)
    tag: Mapped[str] = mapped_column(primary_key=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[datetime]


class RetiredItem(Base):
    """A question that is kept out of new papers; its text and papers that stand are not touched."""

    __tablename__ = "retired_item"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)
    retired_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    retired_at: Mapped[datetime]


class FrozenItem(Base):
    """A question that the paper of an exam asks, by its name in its text and by what it asks."""

    __tablename__ = "frozen_item"
    __table_args__ = (
        Index("ix_frozen_item_meaning", "meaning"),
        Index("ix_frozen_item_document_id", "document_id", "item"),
    )

    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)
    meaning: Mapped[str]
