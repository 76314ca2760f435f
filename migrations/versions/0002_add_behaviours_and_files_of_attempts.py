"""Add behaviours and files of attempts."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this version."""
    op.create_table(
        "attempt_file",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_attempt_file_attempt_id")),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_attempt_file_sha256")),
        sa.PrimaryKeyConstraint("attempt_id", "sha256", name=op.f("pk_attempt_file")),
    )
    # in one statement both databases take the column with its check, and no table is copied
    op.execute(
        "ALTER TABLE attempt ADD COLUMN behaviour VARCHAR DEFAULT 'deferred' NOT NULL"
        " CONSTRAINT ck_attempt_behaviour CHECK (behaviour IN ('deferred', 'immediate', 'tries'))"
    )
