import threading
from contextlib import suppress

import pytest
from sqlalchemy import create_engine, func, select, text
from sqlalchemy.exc import OperationalError

from app.domain.roles import Permission
from app.models import Job
from app.models.turns import DatabaseBusy
from app.web.database import database, look_up, reading, writing
from app.web.security import requires
from tests.conftest import START
from tests.support.application import own_application
from tests.support.counting import statements
from tests.support.instance import make_settings

COUNT = select(func.count(Job.id))


def make_job(session, kind="purge_sign_ins"):
    job = Job(kind=kind, arguments={}, created_at=START)
    session.add(job)
    session.flush()
    return job


@pytest.fixture
def context(app):
    with app.app_context():
        yield


@pytest.mark.usefixtures("context")
def test_what_is_written_is_committed_once_at_the_end():
    with writing() as session:
        make_job(session)
        before = look_up(COUNT)[0][0]

    assert (before, look_up(COUNT)[0][0]) == (0, 1)


@pytest.mark.usefixtures("context")
def test_a_fault_undoes_everything():
    with suppress(ZeroDivisionError), writing() as session:
        make_job(session)
        raise ZeroDivisionError

    assert look_up(COUNT)[0][0] == 0


@pytest.mark.usefixtures("context")
def test_a_row_stays_readable_after_the_commit():
    with writing() as session:
        job = make_job(session)

    assert job.kind == "purge_sign_ins"


@pytest.mark.usefixtures("context")
def test_the_reading_session_refuses_to_write():
    make_job_later = Job(kind="purge_sign_ins", arguments={}, created_at=START)
    reading().add(make_job_later)

    with pytest.raises(OperationalError, match="readonly"):
        reading().flush()


@pytest.mark.usefixtures("context")
def test_a_request_reads_one_state_until_it_writes(app):
    before = reading().scalar(COUNT)
    other = threading.Thread(target=write_elsewhere, args=(app,))
    other.start()
    other.join()
    same = reading().scalar(COUNT)
    with writing() as session:
        during = session.scalar(COUNT)
    after = reading().scalar(COUNT)

    assert (before, same, during, after) == (0, 0, 1, 1)


@pytest.mark.usefixtures("context")
def test_writing_inside_writing_is_a_fault():
    with writing(), pytest.raises(RuntimeError, match="pass the session on"), writing():
        pass


@pytest.mark.usefixtures("context")
def test_reading_inside_writing_is_a_fault():
    with writing(), pytest.raises(RuntimeError, match="does not see its changes"):
        reading()


@pytest.mark.usefixtures("context")
def test_a_turn_that_does_not_come_is_refused_and_can_be_asked_for_again():
    turns = database().turns
    assert turns is not None

    with turns.mine(), pytest.raises(DatabaseBusy):
        turns._queue.take(0.01)

    with writing() as session:
        make_job(session)


def test_a_request_that_ends_gives_its_connection_back(app):
    with app.app_context():
        reading().scalar(COUNT)
        during = database().engine.pool.status()
    with app.app_context():
        after = database().engine.pool.status()

    assert "Checked out connections: 1" in during
    assert "Checked out connections: 0" in after


def test_statements_are_counted_without_begin_and_commit(app):
    with statements(app) as sent, app.app_context():
        reading().scalar(COUNT)
        with writing() as session:
            make_job(session)

    assert [statement.split()[0] for statement in sent] == ["SELECT", "INSERT"]


def test_on_postgresql_the_same_rules_hold(app_on_postgresql):
    with app_on_postgresql.app_context():
        with writing() as session:
            make_job(session)
        counted = reading().scalar(COUNT)
        reading().add(Job(kind="x", arguments={}, created_at=START))
        with pytest.raises(Exception, match="read-only"):
            reading().flush()

    assert counted == 1


def test_a_look_up_takes_parameters(app):
    with app.app_context():
        assert look_up(text("SELECT :x"), {"x": 5})[0][0] == 5


def write_elsewhere(app):
    with app.app_context(), writing() as session:
        make_job(session)


TERMINATE = text(
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


def test_o2_a_request_whose_database_ends_after_it_was_read_still_gives_its_answer(tmp_path, postgres_url):
    other = create_engine(postgres_url, isolation_level="AUTOCOMMIT")

    @requires(Permission.PUBLIC)
    def view():
        found = reading().scalar(COUNT)
        with other.connect() as connection:
            connection.execute(TERMINATE)
        return {"found": found}

    with own_application(make_settings(tmp_path, DATABASE_URL=postgres_url)) as app:
        app.add_url_rule("/ending", "health.ending", view)
        answer = app.test_client().get("/ending")

    other.dispose()
    assert answer.json == {"found": 0}
