"""Run migrations on the connection that the caller puts into ``config.attributes``."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.migration import MigrationContext
from alembic.operations.ops import CreateForeignKeyOp, CreateTableOp, MigrationScript, ModifyTableOps
from sqlalchemy import Constraint, ForeignKeyConstraint

from app.models import Base
from app.models.base import Points, UtcDateTime


def render_item(type_: str, item: Any, autogen_context: AutogenContext) -> str | Literal[False]:
    """Write our column types as what the database holds, so that a migration needs no model."""
    if type_ == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if type_ == "type" and isinstance(item, Points):
        return "sa.Integer()"
    return False


def add_circular_keys(
    migration: MigrationContext, revision: object, directives: list[MigrationScript]
) -> None:
    """Add foreign keys with ``use_alter`` after the tables: left inside, PostgreSQL never gets them."""
    for script in directives:
        operations = script.upgrade_ops.ops if script.upgrade_ops else []
        for table in [found for found in operations if isinstance(found, CreateTableOp)]:
            late = [part for part in table.columns if is_late(part)]
            table.columns = [part for part in table.columns if not is_late(part)]
            keys = [CreateForeignKeyOp.from_constraint(key) for key in late if isinstance(key, Constraint)]
            if keys:
                operations.append(ModifyTableOps(table.table_name, keys))


def is_late(part: object) -> bool:
    """Whether a part of a table has to wait until all tables are there."""
    return isinstance(part, ForeignKeyConstraint) and part.use_alter


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=render_item,
    process_revision_directives=add_circular_keys,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
