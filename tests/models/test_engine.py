from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError

from app.models.engine import look_up_engine, make_engine, reading_engine

PERSON = (
    "INSERT INTO user (public_id, login, name, class_name, password_hash, must_change_password, created_at)"
    " VALUES ('p', 'xiaohe', '小贺', '', 'secret', 0, '2026-03-02')"
)


@pytest.fixture
def engine(settings):
    engine = make_engine(settings.database_url)
    yield engine
    engine.dispose()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", 5000),
        ("journal_size_limit", 16 * 1024 * 1024),
    ],
)
def test_every_connection_keeps_what_was_committed(engine, pragma, value):
    for access in (engine, reading_engine(engine), look_up_engine(engine)):
        with access.connect() as connection:
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one() == value


def test_a_reader_refuses_to_write_and_its_connection_can_be_written_with_later(engine):
    with pytest.raises(OperationalError, match="readonly"), reading_engine(engine).begin() as connection:
        connection.exec_driver_sql(PERSON)

    with engine.begin() as connection:
        connection.exec_driver_sql(PERSON)

    assert engine.pool.checkedin() == 1


def test_a_reader_sees_one_state_and_a_look_up_the_newest(engine):
    count = text("SELECT count(*) FROM user")
    with reading_engine(engine).connect() as reader, look_up_engine(engine).connect() as look_up:
        before = (reader.scalar(count), look_up.scalar(count))
        with engine.begin() as writer:
            writer.exec_driver_sql(PERSON)
        after = (reader.scalar(count), look_up.scalar(count))

    assert (before, after) == ((0, 0), (0, 1))


def test_a_writer_that_begins_shuts_out_another_at_once(engine):
    with engine.begin(), engine.connect() as second:
        second.connection.driver_connection.execute("PRAGMA busy_timeout = 1")
        second.rollback()
        with pytest.raises(OperationalError, match="locked"):
            second.exec_driver_sql("SELECT 1")


def test_an_error_shows_no_parameters(engine):
    with pytest.raises(DBAPIError) as error, engine.begin() as connection:
        connection.execute(text("INSERT INTO user (name) VALUES (:name)"), {"name": "同步晚了"})

    assert "同步晚了" not in str(error.value)


def test_a_look_up_on_postgresql_holds_no_transaction(postgres_url):
    engine = make_engine(postgres_url)
    with look_up_engine(engine).connect() as connection:
        first, second = (connection.exec_driver_sql("SELECT now()").scalar_one() for _ in range(2))

    engine.dispose()
    assert first < second


def test_a_reader_on_postgresql_refuses_to_write(postgres_url):
    engine = make_engine(postgres_url)

    with (
        pytest.raises(DBAPIError, match="read-only"),
        reading_engine(engine).begin() as connection,
    ):
        connection.exec_driver_sql("CREATE TABLE new (id int)")

    engine.dispose()


@pytest.mark.parametrize(
    ("asked", "threshold"), [("", 5), ("?prepare_threshold=none", None), ("?prepare_threshold=0", 0)]
)
def test_the_address_says_when_the_driver_prepares_statements(postgres_url, asked, threshold):
    engine = make_engine(f"{postgres_url}{asked}")

    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        found = driver.prepare_threshold

    engine.dispose()
    assert found == threshold


def test_a_database_whose_machine_is_gone_is_not_waited_for_long(postgres_url):
    engine = make_engine(f"{postgres_url}?connect_timeout=7")

    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        told = driver.info.get_parameters()

    engine.dispose()
    assert (told["connect_timeout"], told["tcp_user_timeout"]) == ("7", "10000")
