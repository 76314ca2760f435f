"""Let people be found by the pinyin of their names."""

import sqlalchemy as sa
from alembic import op

from app.domain.pinyin import sounds_of

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this version."""
    op.add_column("user", sa.Column("sounds", sa.String(), nullable=False, server_default=""))
    user = sa.table("user", sa.column("id", sa.Integer), sa.column("name"), sa.column("sounds"))
    bind = op.get_bind()
    for number, name in bind.execute(sa.select(user.c.id, user.c.name)).all():
        bind.execute(user.update().where(user.c.id == number).values(sounds=sounds_of(name)))
