"""Triggers that keep the logs append-only. Batch migrations drop them silently: make them last."""

from sqlalchemy import Connection, inspect, text

APPEND_ONLY = ("event", "audit", "mark", "receipt")
ACTIONS = ("update", "delete")

SQLITE_TRIGGER = """
CREATE TRIGGER {table}_no_{action} BEFORE {action} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
POSTGRES_TRIGGER = """
CREATE TRIGGER {table}_no_{action} BEFORE {action} ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""
PRESENT = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"
    " AND tgrelid IN (SELECT oid FROM pg_class WHERE relnamespace = current_schema()::regnamespace)",
}


def create_triggers(connection: Connection) -> None:
    """Make every trigger anew; an earlier version has not all of the tables."""
    if connection.dialect.name == "sqlite":
        _create(connection, SQLITE_TRIGGER, "DROP TRIGGER IF EXISTS {table}_no_{action}", ACTIONS)
        return
    connection.exec_driver_sql(POSTGRES_FUNCTION.replace("%", "%%"))
    drop = "DROP TRIGGER IF EXISTS {table}_no_{action} ON {table}"
    _create(connection, POSTGRES_TRIGGER, drop, (*ACTIONS, "truncate"))


def missing_triggers(connection: Connection) -> list[str]:
    """Name the triggers that are not there."""
    present = set(connection.scalars(text(PRESENT[connection.dialect.name])))
    actions = ACTIONS if connection.dialect.name == "sqlite" else (*ACTIONS, "truncate")
    wanted = [f"{table}_no_{action}" for table in APPEND_ONLY for action in actions]
    return [name for name in wanted if name not in present]


def _create(connection: Connection, create: str, drop: str, actions: tuple[str, ...]) -> None:
    present = set(inspect(connection).get_table_names())
    for table in [name for name in APPEND_ONLY if name in present]:
        for action in actions:
            connection.exec_driver_sql(drop.format(table=table, action=action))
            connection.exec_driver_sql(create.format(table=table, action=action))
