from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models import Job, SignInFailures, UserSession
from app.operations import jobs
from app.operations.job_kinds import KINDS
from app.operations.jobs import Kind
from app.operations.purging import purge_sign_ins
from tests.support.people import make_user

EVERY = timedelta(hours=6)


def count_down(session, arguments, now):
    """Do one row a slice, as many slices as the job says."""
    left = arguments["rows"] - session.scalar(select(Job.done))
    return min(left, 1)


COUNTING = {"count": Kind(count_down), "tidy": Kind(count_down, every=EVERY)}


@pytest.fixture
def job(session, now):
    return jobs.add_job(session, "count", {"rows": 2}, now)


def test_a_job_is_done_slice_by_slice(session, job, now):
    assert jobs.lease_job(session, now) == job.id

    more = [jobs.run_slice(session, COUNTING, job.id, now) for _ in range(3)]

    assert more == [True, True, False]
    assert (job.state, job.done, job.leased_until) == ("done", 2, None)


def test_a_leased_job_is_not_leased_again(session, job, now):
    jobs.lease_job(session, now)

    assert jobs.lease_job(session, now + jobs.LEASE / 2) is None


def test_a_job_whose_worker_was_lost_is_leased_again(session, job, now):
    jobs.lease_job(session, now)

    assert jobs.lease_job(session, now + jobs.LEASE) == job.id


def test_each_slice_renews_the_lease(session, job, now):
    jobs.lease_job(session, now)
    jobs.run_slice(session, COUNTING, job.id, now + jobs.LEASE / 2)

    assert jobs.lease_job(session, now + jobs.LEASE) is None


def test_the_oldest_job_comes_first(session, job, now):
    jobs.add_job(session, "count", {"rows": 0}, now)

    assert jobs.lease_job(session, now) == job.id


@pytest.mark.parametrize("state", ["done", "failed"])
def test_a_job_that_is_over_is_not_leased(session, job, now, state):
    job.state = state
    session.flush()

    assert jobs.lease_job(session, now) is None


def test_a_failed_job_says_why(session, job, now):
    jobs.lease_job(session, now)
    jobs.fail_job(session, job.id, "ZeroDivisionError")

    assert (job.state, job.message) == ("failed", "ZeroDivisionError")
    assert jobs.lease_job(session, now + jobs.LEASE) is None


def test_a_kind_comes_due_by_itself_and_again_after_its_pause(session, now):
    jobs.add_due_jobs(session, COUNTING, now)
    jobs.add_due_jobs(session, COUNTING, now + EVERY / 2)
    once = session.scalars(select(Job.kind)).all()
    jobs.add_due_jobs(session, COUNTING, now + EVERY)

    assert once == ["tidy"]
    assert session.scalars(select(Job.kind)).all() == ["tidy", "tidy"]


def test_there_is_work_while_a_job_waits_or_is_due(session, now):
    due = jobs.has_work(session, COUNTING, now)
    jobs.add_due_jobs(session, COUNTING, now)
    waiting = jobs.has_work(session, COUNTING, now)
    jobs.run_slice(session, {"tidy": Kind(lambda *_: 0)}, session.scalars(select(Job.id)).one(), now)

    assert (due, waiting, jobs.has_work(session, COUNTING, now)) == (True, True, False)


def make_session(session, user, token, at):
    session.add(UserSession(token_hash=token, user_id=user.id, created_at=at, seen_at=at))
    session.flush()


def tokens(session):
    return set(session.scalars(select(UserSession.token_hash)))


def test_sessions_of_long_ago_are_purged_and_live_ones_stay(session, now):
    student = make_user(session, now=now)
    make_session(session, student, "old", now - timedelta(days=2))
    make_session(session, student, "live", now - timedelta(hours=12))

    assert purge_sign_ins(session, {}, now) == 1
    assert tokens(session) == {"live"}


def test_purging_goes_on_in_slices(session, now):
    student = make_user(session, now=now)
    for number in range(jobs.SLICE_ROWS + 1):
        make_session(session, student, f"old{number}", now - timedelta(days=3))

    assert [purge_sign_ins(session, {}, now) for _ in range(3)] == [jobs.SLICE_ROWS, 1, 0]


def test_failures_that_are_forgotten_are_purged_and_fresh_ones_stay(session, now):
    for account, ago in [("old", timedelta(days=1)), ("fresh", timedelta(minutes=5))]:
        at = now - ago
        session.add(SignInFailures(account=account, address="", count=1, first_at=at, last_at=at))
    session.flush()

    purge_sign_ins(session, {}, now)

    assert session.scalars(select(SignInFailures.account)).all() == ["fresh"]


def test_every_kind_runs_on_an_empty_instance(session, now):
    kinds = {name: kind.run for name, kind in KINDS.items() if kind.run}

    assert {name: run(session, {}, now) for name, run in kinds.items()} == dict.fromkeys(kinds, 0)


def test_what_is_prepared_finds_nothing_on_an_empty_instance(session, tmp_path):
    kinds = {name: kind.prepare for name, kind in KINDS.items() if kind.prepare}
    none = {"import": "0" * 26}

    assert {name: prepare(session, tmp_path, none) for name, prepare in kinds.items()} == dict.fromkeys(kinds)


def test_a_kind_is_due_when_it_sees_work_and_none_of_it_waits(session, now):
    seeing = {"see": Kind(count_down, is_due=lambda _session, _now: True)}
    assert jobs.due_kinds(session, seeing, now) == ["see"]

    jobs.add_due_jobs(session, seeing, now)

    assert jobs.due_kinds(session, seeing, now) == []


def test_a_kind_that_failed_rests_before_it_is_tried_by_itself(session, now):
    seeing = {"see": Kind(count_down, is_due=lambda _session, _now: True)}
    job = jobs.add_job(session, "see", {}, now)
    jobs.fail_job(session, job.id, "KeyError")

    assert jobs.due_kinds(session, seeing, now + jobs.AFTER_FAILURE / 2) == []
    assert jobs.due_kinds(session, seeing, now + jobs.AFTER_FAILURE) == ["see"]


def test_jobs_that_are_done_are_purged_after_two_days_and_failed_ones_stay(session, now):
    old, fresh = now - timedelta(days=2), now - timedelta(days=1)
    kept = {("done", old): False, ("done", fresh): True, ("failed", old): True, ("waiting", old): True}
    for state, at in kept:
        jobs.add_job(session, "count", {}, at).state = state
    session.flush()

    assert purge_sign_ins(session, {}, now) == 1

    left = {(row.state, row.created_at) for row in session.scalars(select(Job))}
    assert left == {one for one, stays in kept.items() if stays}
