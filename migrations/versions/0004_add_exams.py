"""Add what graded exams need: their rules, accommodations, credits of time, receipts, presence."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

EXAM = (
    ("title", "VARCHAR DEFAULT '' NOT NULL"),
    ("paper_id", "INTEGER CONSTRAINT fk_exam_paper_id REFERENCES paper (id)"),
    ("opens_at", "{instant}"),
    ("closes_at", "{instant} CONSTRAINT ck_exam_window CHECK (closes_at > opens_at)"),
    ("minutes", "INTEGER CONSTRAINT ck_exam_minutes CHECK (minutes > 0)"),
    ("late_minutes", "INTEGER"),
    ("earliest_minutes", "INTEGER"),
    ("attempts_allowed", "INTEGER CONSTRAINT ck_exam_attempts_allowed CHECK (attempts_allowed > 0)"),
    ("code", "VARCHAR DEFAULT '' NOT NULL"),
    ("networks", "VARCHAR DEFAULT '' NOT NULL"),
    ("notice", "VARCHAR DEFAULT '' NOT NULL"),
    ("needs_honour", "BOOLEAN DEFAULT false NOT NULL"),
    (
        "devices",
        "VARCHAR DEFAULT 'any' NOT NULL"
        " CONSTRAINT ck_exam_devices CHECK (devices IN ('any', 'newest', 'first'))",
    ),
    ("draws_once", "BOOLEAN DEFAULT false NOT NULL"),
    ("one_at_a_time", "BOOLEAN DEFAULT false NOT NULL"),
    (
        "sort",
        "VARCHAR DEFAULT 'regular' NOT NULL"
        " CONSTRAINT ck_exam_sort CHECK (sort IN ('regular', 'deferred', 'resit'))",
    ),
    ("review", "JSON DEFAULT '{{}}' NOT NULL"),
    ("grace_seconds", "INTEGER DEFAULT 30 NOT NULL"),
    ("late_seconds", "INTEGER DEFAULT 600 NOT NULL"),
    ("scheduled_at", "{instant}"),
    (
        "released_at",
        "{instant} CONSTRAINT ck_exam_released_was_scheduled"
        " CHECK (released_at IS NULL OR scheduled_at IS NOT NULL)",
    ),
    ("released_by_id", 'INTEGER CONSTRAINT fk_exam_released_by_id REFERENCES "user" (id)'),
    ("created_by_id", 'INTEGER CONSTRAINT fk_exam_created_by_id REFERENCES "user" (id)'),
)
ATTEMPT = (
    ("paused_at", "{instant}"),
    ("stuck_at", "{instant}"),
    ("device", "VARCHAR"),
    ("void_reason", "VARCHAR DEFAULT '' NOT NULL"),
)
MARK = (
    ("reason", "VARCHAR DEFAULT '' NOT NULL"),
    ("awarded", "JSON DEFAULT '[]' NOT NULL"),
    ("in_conflict", "BOOLEAN DEFAULT false NOT NULL"),
)


def upgrade() -> None:
    """Go to this version."""
    add_columns("exam", EXAM)
    add_columns("attempt", ATTEMPT)
    add_columns("mark", MARK)
    op.create_index("ix_exam_offering_id", "exam", ["offering_id"])
    is_open = sa.text("state = 'open'")
    op.create_index(
        "ix_attempt_open_deadline_at",
        "attempt",
        ["deadline_at"],
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    submitted = sa.text("state = 'submitted'")
    op.create_index(
        "ix_attempt_submitted_id", "attempt", ["id"], sqlite_where=submitted, postgresql_where=submitted
    )
    counted = sa.text("(kind = 'blur' OR status IN ('conflict', 'late'))")
    op.create_index(
        "ix_event_board",
        "event",
        ["attempt_id", "kind", "status", "item", "seq", "client_id", "base"],
        sqlite_where=counted,
        postgresql_where=counted,
    )
    late = sa.text("status = 'late'")
    op.create_index(
        "ix_event_late_attempt_id", "event", ["attempt_id"], sqlite_where=late, postgresql_where=late
    )
    create_accommodation()
    create_credits()
    create_receipt_and_presence()
    create_paper_revision()


def add_columns(table: str, columns: tuple[tuple[str, str], ...]) -> None:
    """Add columns with their checks; in one statement each, so that no table is copied."""
    instant = sa.DateTime(timezone=True).compile(dialect=op.get_bind().dialect)
    for name, kind in columns:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {name} {kind.format(instant=instant)}")


def instant(name: str, nullable: bool = False) -> sa.Column:
    """Return a column that holds an instant."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def refers(name: str, to: str, **options: bool) -> sa.Column:
    """Return a column that refers to another table."""
    return sa.Column(name, sa.Integer(), sa.ForeignKey(to), **{"nullable": False} | options)


def create_accommodation() -> None:
    """Add what people and cohorts are allowed beyond the rules."""
    op.create_table(
        "accommodation",
        sa.Column("id", sa.Integer(), primary_key=True),
        refers("exam_id", "exam.id"),
        refers("user_id", "user.id", nullable=True),
        refers("cohort_id", "cohort.id", nullable=True),
        sa.Column("extra_minutes", sa.Integer(), nullable=False),
        sa.Column("factor", sa.Integer(), nullable=False),
        instant("opens_at", nullable=True),
        instant("closes_at", nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        refers("made_by_id", "user.id", nullable=True),
        instant("made_at"),
        sa.UniqueConstraint("exam_id", "user_id"),
        sa.UniqueConstraint("exam_id", "cohort_id"),
        sa.CheckConstraint("(user_id IS NULL) <> (cohort_id IS NULL)", name="one_of_both"),
        sa.CheckConstraint("extra_minutes >= 0", name="extra_minutes"),
        sa.CheckConstraint("factor BETWEEN 100 AND 500", name="factor"),
        sa.CheckConstraint("closes_at > opens_at", name="window"),
    )


def create_credits() -> None:
    """Add the credits of time, and whom they were given to."""
    op.create_table(
        "time_credit",
        sa.Column("id", sa.Integer(), primary_key=True),
        refers("exam_id", "exam.id"),
        sa.Column("minutes", sa.Integer(), nullable=False),
        instant("open_at", nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        refers("made_by_id", "user.id", nullable=True),
        instant("made_at"),
        refers("undone_by_id", "user.id", nullable=True),
        instant("undone_at", nullable=True),
        sa.CheckConstraint("minutes > 0", name="minutes"),
    )
    op.create_index("ix_time_credit_exam_id", "time_credit", ["exam_id"])
    op.create_table(
        "credited_attempt",
        refers("credit_id", "time_credit.id", primary_key=True),
        refers("attempt_id", "attempt.id", primary_key=True),
    )


def create_receipt_and_presence() -> None:
    """Add receipts of hand-ins, and when pages were last heard of."""
    op.create_table(
        "receipt",
        refers("attempt_id", "attempt.id", primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("text", sa.String(), nullable=False),
        instant("given_at"),
    )
    op.create_table(
        "presence",
        refers("attempt_id", "attempt.id", primary_key=True),
        instant("seen_at"),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("gaps", sa.Integer(), nullable=False),
    )


def create_paper_revision() -> None:
    """Add which revisions the papers of exams show."""
    op.create_table(
        "paper_revision",
        refers("paper_id", "paper.id", primary_key=True),
        refers("revision_id", "revision.id", primary_key=True),
    )
    op.create_index("ix_paper_revision_revision_id", "paper_revision", ["revision_id"])
