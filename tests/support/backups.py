"""Instances to back up and to restore, on both databases, and what is in them."""

from datetime import datetime
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result
from sqlalchemy import MetaData, select

from app.cli import casehall
from app.factory import create_app
from app.models.engine import make_engine
from app.operations.saving import save_answers
from app.settings import Settings
from app.web.database import database, writing
from tests.support.builders import answer, begin_attempt, hand_in, make_classroom, make_person
from tests.support.texts import make_exam_texts, make_texts


def run(settings: Settings, *arguments: str, **more: str) -> Result:
    """Run a command on an instance in this process."""
    environ = {"INSTANCE": str(settings.instance), "DATABASE_URL": settings.database_url} | more
    return CliRunner(env=environ).invoke(casehall, arguments)


def fill(settings: Settings, now: datetime) -> str:
    """Fill a migrated instance, a folder of this name, with a course, people, answers, pictures.

    Return the attempt that is open.
    """
    app = create_app(settings)
    with app.app_context(), writing() as session:
        texts = make_texts() | make_exam_texts()
        room = make_classroom(session, settings.instance.parent, now, texts)
        attempt = begin_attempt(session, room.student, now=now)
        # what a careless COPY would break
        for n, text in enumerate(
            ["第一稿", "tab\tline\nback\\slash \\N \\. 'quote' \"", "🙂 \u202e rtl \r\n"]
        ):
            save_answers(
                session, room.student, attempt.public_id, [answer("written", text, n=n, base=n)], now
            )
        other = make_person(session, room.offering, "xiaolin")
        hand_in(session, other, begin_attempt(session, other, now=now), now=now, written="交了")
        public = attempt.public_id
    with app.app_context():
        database().close()
    return public


def rows(settings: Settings) -> dict[str, list[Any]]:
    """Return every row of every table."""
    engine = make_engine(settings.database_url)
    metadata = MetaData()
    with engine.connect() as connection:
        metadata.reflect(connection)
        found = {
            name: sorted(map(repr, connection.execute(select(table)).all()))
            for name, table in metadata.tables.items()
        }
    engine.dispose()
    return found


def files(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder by name."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def sql(settings: Settings, *statements: str) -> None:
    """Change a database behind everybody's back."""
    engine = make_engine(settings.database_url)
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()
