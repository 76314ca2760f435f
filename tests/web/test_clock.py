from datetime import UTC, datetime, timedelta

import pytest

from app.factory import create_app
from app.web.clock import chance, clock
from app.web.database import database
from tests.conftest import START
from tests.support.chance import begin_chance
from tests.support.instance import make_settings


@pytest.fixture
def app_of_2030(tmp_path):
    app = create_app(make_settings(tmp_path / "later", CASEHALL_NOW="2030-01-01T08:00:00+08:00"))
    yield app
    with app.app_context():
        database().close()


def test_the_clock_gives_the_present_instant_in_utc(app, time):
    with app.app_context():
        assert clock() == START
        assert clock().tzinfo is UTC


def test_the_clock_moves_with_the_time_of_a_test(app, time):
    time.shift(90)

    with app.app_context():
        assert clock() == START + timedelta(seconds=90)


def test_a_clock_that_was_set_runs_on_from_there(app_of_2030):
    with app_of_2030.app_context():
        first, second = clock(), clock()

    assert datetime(2030, 1, 1, tzinfo=UTC) <= first < second < datetime(2030, 1, 1, 0, 10, tzinfo=UTC)


def test_chance_is_never_the_same(app_of_2030):
    begin_chance("a test")

    with app_of_2030.app_context():
        drawn = [chance() for _ in range(100)]

    begin_chance("a test")
    with app_of_2030.app_context():
        again = [chance() for _ in range(100)]
    assert len({*drawn, *again}) == 200
    assert all(0 <= one < 2**128 for one in drawn)


def test_chance_in_a_test_is_the_same_each_time(app):
    with app.app_context():
        begin_chance("a test")
        first = [chance(), chance()]
        begin_chance("a test")
        again = [chance(), chance()]
        begin_chance("another test")
        other = [chance(), chance()]

    assert first == again
    assert len({*first, *other}) == 4
