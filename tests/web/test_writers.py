"""Eight writers and eight readers at once: nobody fails, nobody starves."""

import threading
import time

import pytest
from sqlalchemy import func, select

from app.models import Job
from app.web.database import reading, writing
from tests.conftest import START

SECONDS = 3.0
EACH = 8
COUNT = select(func.count(Job.id))


def write():
    reading().scalar(COUNT)
    with writing() as session:
        session.add(Job(kind="purge_sign_ins", arguments={}, created_at=START))


def read():
    assert reading().scalar(COUNT) == reading().scalar(COUNT)


def keep_at_it(app, act, done, faults):
    """Act in one request after another until the time is over; note how many went well."""
    until = time.monotonic() + SECONDS
    count = 0
    try:
        while time.monotonic() < until:
            with app.app_context():
                act()
            count += 1
    except Exception as fault:
        faults.append(fault)
    done.append(count)


# that the queue of SQLite's writers keeps their order is shown in tests/models/test_turns.py; how soon
# a thread asks again is the machine's affair
@pytest.mark.parametrize("which", ["app", "app_on_postgresql"])
def test_eight_writers_and_eight_readers_never_fail_and_none_starves(which, request):
    app = request.getfixturevalue(which)
    written: list[int] = []
    seen: list[int] = []
    faults: list[Exception] = []
    threads = [
        threading.Thread(target=keep_at_it, args=(app, act, done, faults))
        for act, done in [(write, written), (read, seen)]
        for _ in range(EACH)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with app.app_context():
        kept = reading().scalar(COUNT)
    assert faults == []
    assert kept == sum(written)
    assert min(written) > max(written) / 10
    assert min(seen) > 0
