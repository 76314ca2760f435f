"""Keep the pass mark of a paper beside it: what was passed under it stays passed."""

import json
from decimal import Decimal

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this version."""
    op.add_column("paper", sa.Column("pass_mark", sa.Integer(), nullable=False, server_default="6000"))
    paper = sa.table("paper", sa.column("id", sa.Integer), sa.column("manifest"), sa.column("pass_mark"))
    bind = op.get_bind()
    for number in bind.scalars(sa.select(paper.c.id)).all():
        manifest = json.loads(bind.scalar(sa.select(paper.c.manifest).where(paper.c.id == number)))
        hundredths = int(Decimal(manifest["pass"]) * 100)
        bind.execute(paper.update().where(paper.c.id == number).values(pass_mark=hundredths))
