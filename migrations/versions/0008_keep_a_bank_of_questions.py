"""Keep a bank of the questions, and what is stale."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this version."""
    op.create_table(
        "bank_text",
        sa.Column("document_id", sa.Integer(), sa.ForeignKey("document.id"), primary_key=True),
        sa.Column("revision_id", sa.Integer(), sa.ForeignKey("revision.id"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_table(
        "bank_item",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("course_id", sa.Integer(), sa.ForeignKey("course.id"), nullable=False),
        sa.Column("document_id", sa.Integer(), sa.ForeignKey("document.id"), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("stem", sa.String(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("difficulty", sa.String(), nullable=True),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("objectives", sa.JSON(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("meaning", sa.String(), nullable=False),
        sa.Column("since_id", sa.Integer(), sa.ForeignKey("revision.id"), nullable=False),
        sa.Column("author_id", sa.Integer(), sa.ForeignKey("user.id"), nullable=True),
        sa.Column("tokens", sa.String(), nullable=False),
        sa.UniqueConstraint("document_id", "item"),
    )
    op.create_index("ix_bank_item_course_id", "bank_item", ["course_id", "meaning"])
    token = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    op.create_table(
        "bank_token",
        sa.Column("course_id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("token", token, primary_key=True),
        sa.Column("item_id", sa.Integer(), primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
    _create_desk()


def _create_desk() -> None:
    op.create_table(
        "item_tag",
        sa.Column("document_id", sa.Integer(), sa.ForeignKey("document.id"), primary_key=True),
        sa.Column("item", sa.String(), primary_key=True),
        sa.Column("tag", sa.String(), primary_key=True),
        sa.Column("made_by_id", sa.Integer(), sa.ForeignKey("user.id"), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "retired_item",
        sa.Column("document_id", sa.Integer(), sa.ForeignKey("document.id"), primary_key=True),
        sa.Column("item", sa.String(), primary_key=True),
        sa.Column("retired_by_id", sa.Integer(), sa.ForeignKey("user.id"), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "frozen_item",
        sa.Column("paper_id", sa.Integer(), sa.ForeignKey("paper.id"), primary_key=True),
        sa.Column("document_id", sa.Integer(), sa.ForeignKey("document.id"), primary_key=True),
        sa.Column("item", sa.String(), primary_key=True),
        sa.Column("meaning", sa.String(), nullable=False),
    )
    op.create_index("ix_frozen_item_meaning", "frozen_item", ["meaning"])
    op.create_index("ix_frozen_item_document_id", "frozen_item", ["document_id", "item"])
    _create_stale()


def _create_stale() -> None:
    op.create_table(
        "stale",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("course_id", sa.Integer(), sa.ForeignKey("course.id"), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("document_id", sa.Integer(), sa.ForeignKey("document.id"), nullable=True),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("exam_id", sa.Integer(), sa.ForeignKey("exam.id"), nullable=True),
        sa.Column("cause_id", sa.Integer(), sa.ForeignKey("document.id"), nullable=False),
        sa.Column("before_id", sa.Integer(), sa.ForeignKey("revision.id"), nullable=False),
        sa.Column("since_id", sa.Integer(), sa.ForeignKey("revision.id"), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), sa.ForeignKey("user.id"), nullable=True),
        sa.Column("how", sa.String(), nullable=False),
        sa.CheckConstraint("(document_id IS NULL) <> (exam_id IS NULL)", name="one_of_both"),
        sa.CheckConstraint(
            "why IN ('translation', 'belongs', 'shows', 'walks', 'copy', 'paper')", name="why"
        ),
        sa.CheckConstraint("how IN ('', 'seen', 'changed')", name="how"),
    )
    is_open = sa.text("settled_at IS NULL")
    op.create_index(
        "ix_stale_course_id", "stale", ["course_id"], sqlite_where=is_open, postgresql_where=is_open
    )
    op.create_index("ix_stale_document_id", "stale", ["document_id"])
    op.create_index("ix_stale_cause_id", "stale", ["cause_id"])
