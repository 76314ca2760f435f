"""An instance with rows in every table that version 0004 had, and its copy as that version had it."""

from collections.abc import Iterable, Mapping, Set
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection, Engine, MetaData, Table, create_engine, func, select
from sqlalchemy.orm import Session

from app.domain.walk import Commit
from app.factory import create_app
from app.models import (
    Accommodation,
    AnswerRelease,
    AttemptFile,
    Blob,
    CreditedAttempt,
    DeliveredHours,
    Document,
    Job,
    PaperRevision,
    Presence,
    Revision,
    SelfMark,
    SignInFailures,
    TimeCredit,
    UserSession,
)
from app.operations.walks import commit_section
from app.settings import Settings
from app.web.database import database, writing
from tests.support.builders import Classroom, begin_walk, make_classroom
from tests.support.exams import hall_of, set_exam, sit_exam
from tests.support.sitting import give, make_marker, make_student, send_answers, sit_and_hand_in
from tests.support.texts import make_exam_texts, make_texts


def fill_everything(settings: Settings, now: datetime) -> None:
    """Let people of a migrated instance do something of everything."""
    app = create_app(settings)
    with app.app_context():
        with writing() as session:
            texts = make_texts() | make_exam_texts()
            quiz = "quizzes/etiquette/guard.md"
            texts[quiz] = str(texts[quiz]).replace("use: exam\n", "use: exam\npass: 72.5%\n")
            room = make_classroom(session, settings.instance.parent, now, texts)
            _sit(session, room, now)
            _walk(session, room, now)
            _note(session, room, now)
        database().close()


def _sit(session: Session, room: Classroom, now: datetime) -> None:
    """Let one student be in the middle of an exam that another one has handed in."""
    exam = set_exam(session, room, now)
    other = sit_and_hand_in(session, make_student(session, room, "xiaolin"), exam, now, written="先开门")
    marker = make_marker(session, room)
    give(session, marker, (hall_of(session, room, exam), other), ("3", ""), now)
    attempt = sit_exam(session, room.student, exam, now)
    send_answers(session, room.student, attempt, now, written="🙂 第一稿\tN\\", truth=True)
    by, at = {"reason": "停电", "made_by_id": room.instructor.id}, {"made_at": now}
    credit = TimeCredit(exam_id=exam.id, minutes=5, **by, **at)
    session.add(credit)
    session.flush()
    picture = session.scalars(select(Blob.sha256)).first()
    revision = session.scalars(select(Revision.id)).first()
    session.add_all(
        [
            Accommodation(exam_id=exam.id, user_id=other.user_id, factor=Decimal("1.25"), **by, **at),
            CreditedAttempt(credit_id=credit.id, attempt_id=attempt.id),
            AttemptFile(attempt_id=attempt.id, sha256=picture, name="图.png", received_at=now),
            Presence(attempt_id=attempt.id, seen_at=now, address="127.0.0.1"),
            PaperRevision(paper_id=exam.paper_id, revision_id=revision),
        ]
    )


def _walk(session: Session, room: Classroom, now: datetime) -> None:
    walk = begin_walk(session, room.student, now=now)
    commit_section(session, room.student, walk.public_id, Commit("which", 1), now)
    session.add(SelfMark(walk_id=walk.id, section="why", claimed=[0], points=Decimal("1.5"), marked_at=now))


def _note(session: Session, room: Classroom, now: datetime) -> None:
    """Add what the desk and the door note."""
    case = session.scalars(select(Document.id).where(Document.slug == "door")).first()
    offering, instructor = room.offering.id, room.instructor.id
    session.add_all(
        [
            AnswerRelease(offering_id=offering, document_id=case, released_by_id=instructor, released_at=now),
            DeliveredHours(
                offering_id=offering,
                module="doors",
                hours=Decimal("1.5"),
                held_on=now.date(),
                recorded_by_id=instructor,
                recorded_at=now,
            ),
            Job(kind="close_expired", arguments={"n": "一"}, created_at=now),
            SignInFailures(account="xiaohe", address="::1", count=2, first_at=now, last_at=now),
            UserSession(token_hash="0" * 64, user_id=instructor, created_at=now, seen_at=now),
        ]
    )


def copy_everything(present: Settings, old: Settings) -> None:
    """Copy into a database of an earlier version what it has columns for; nothing checks a row alone."""
    source, target = create_engine(present.database_url), create_engine(old.database_url)
    tables = columns_of(target).tables
    with source.connect() as reader, target.begin() as writer:
        if target.dialect.name == "postgresql":
            writer.exec_driver_sql("SET session_replication_role = replica")
        for name, table in tables.items():
            found = [dict(row) for row in reader.execute(select(table)).mappings()]
            if found and name != "alembic_version":
                writer.execute(table.insert(), found)
    if target.dialect.name == "postgresql":
        _count_on(target, tables.values())
    source.dispose()
    target.dispose()


def _count_on(engine: Engine, tables: Iterable[Table]) -> None:
    """Let the numbers of new rows go on behind those that were copied."""
    with engine.begin() as connection:
        for table in tables:
            if table.columns.get("id") is not None:
                sequence = func.pg_get_serial_sequence(f'"{table.name}"', "id")
                connection.execute(select(func.setval(sequence, func.max(table.c.id))))


def columns_of(engine: Engine) -> MetaData:
    """Return the tables of a database as they are."""
    metadata = MetaData()
    metadata.reflect(engine)
    return metadata


def rows_of(
    settings: Settings, tables: Mapping[str, Table], without: Set[str] = frozenset()
) -> dict[str, list[str]]:
    """Return every row of these tables, as far as they have these columns, without some of them."""
    engine = create_engine(settings.database_url)
    with engine.connect() as connection:
        found = {name: _rows(connection, table, without) for name, table in tables.items()}
    engine.dispose()
    return found


def _rows(connection: Connection, table: Table, without: Set[str]) -> list[str]:
    columns = [column for column in table.columns if column.name not in without]
    return sorted(map(repr, connection.execute(select(*columns)).all()))


def tables_of(settings: Settings) -> Mapping[str, Table]:
    """Return the tables of an instance by name."""
    engine = create_engine(settings.database_url)
    tables = columns_of(engine).tables
    engine.dispose()
    return tables
