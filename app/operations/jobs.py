"""Jobs: work that is done beside the requests, in slices that each commit by themselves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from app.models import Job

#: does the next rows of a job, at most ``SLICE_ROWS``, and returns how many; 0 when nothing is left
Slice = Callable[[Session, Mapping[str, Any], datetime], int]

#: writes what was prepared, and returns how much that was; 0 when nothing is left
Write = Callable[[Session, datetime], int]
#: does the slow part of a slice in a session that reads, before anybody's turn to write is taken
Prepare = Callable[[Session, Path, Mapping[str, Any]], Write | None]

SLICE_ROWS = 200
LEASE = timedelta(minutes=1)
#: how long a kind that failed rests before it is tried by itself again
AFTER_FAILURE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job: what does a slice of it, and when it is due by itself, if it is.

    What takes its time has ``prepare``, and what that returns is all that is done in the transaction.
    It is due as often as ``every`` says, and whenever ``is_due`` sees work while none of it waits and
    none failed a moment ago.
    """

    run: Slice | None = None
    prepare: Prepare | None = None
    every: timedelta | None = None
    is_due: Callable[[Session, datetime], bool] | None = None


Kinds = Mapping[str, Kind]


def add_job(session: Session, kind: str, arguments: dict[str, Any], now: datetime) -> Job:
    """Put a job at the end of the queue."""
    job = Job(kind=kind, arguments=arguments, created_at=now)
    session.add(job)
    session.flush()
    return job


def due_kinds(session: Session, kinds: Kinds, now: datetime) -> list[str]:
    """Return the kinds of which a job should be added now."""
    rows = session.execute(select(Job.kind, func.max(Job.created_at)).group_by(Job.kind))
    newest = {kind: latest for kind, latest in rows}
    held_up = Job.state.in_(("waiting", "running")) | (
        (Job.state == "failed") & (Job.created_at > now - AFTER_FAILURE)
    )
    waiting = set(session.scalars(select(Job.kind).where(held_up)))
    return [
        name
        for name, kind in kinds.items()
        if (kind.every and (name not in newest or newest[name] + kind.every <= now))
        or (kind.is_due and name not in waiting and kind.is_due(session, now))
    ]


def add_due_jobs(session: Session, kinds: Kinds, now: datetime) -> None:
    """Add the jobs that are due by themselves."""
    for kind in due_kinds(session, kinds, now):
        add_job(session, kind, {}, now)


def has_work(session: Session, kinds: Kinds, now: datetime) -> bool:
    """Whether a job waits or is due."""
    return find_next_job(session, now) is not None or bool(due_kinds(session, kinds, now))


def find_next_job(session: Session, now: datetime) -> int | None:
    """Return the id of the oldest job that waits, or whose worker was lost."""
    lost = (Job.state == "running") & or_(Job.leased_until.is_(None), Job.leased_until <= now)
    return session.scalar(select(Job.id).where((Job.state == "waiting") | lost).order_by(Job.id).limit(1))


def lease_job(session: Session, now: datetime) -> int | None:
    """Take the next job for this worker; return its id, None if there is nothing to do."""
    job_id = find_next_job(session, now)
    if job_id is None:
        return None
    free = or_(Job.state == "waiting", Job.leased_until.is_(None), Job.leased_until <= now)
    taken = session.scalars(
        update(Job)
        .where(Job.id == job_id, Job.state.in_(("waiting", "running")), free)
        .values(state="running", leased_until=now + LEASE)
        .returning(Job.id)
    ).first()
    return taken


def prepare_slice(session: Session, kinds: Kinds, job_id: int, instance: Path) -> Write | None:
    """Do the slow part of a job's next slice; return what is to be written, None if there is nothing."""
    job = session.get_one(Job, job_id)
    prepare = kinds[job.kind].prepare if job.kind in kinds else None
    return prepare(session, instance, job.arguments) if prepare else None


def run_slice(session: Session, kinds: Kinds, job_id: int, now: datetime, write: Write | None = None) -> bool:
    """Do the next slice of a leased job and renew the lease; return whether there may be more.

    :param write: what was prepared.
    :raises KeyError: the job is of a kind that this version does not know.
    """
    job = session.get_one(Job, job_id)
    run = kinds[job.kind].run
    done = write(session, now) if write else 0
    if run is not None:
        done = run(session, job.arguments, now)
    job.done += done
    job.leased_until = now + LEASE
    if done == 0:
        job.state = "done"
        job.leased_until = None
    session.flush()
    return done > 0


def fail_job(session: Session, job_id: int, message: str) -> None:
    """Note that a job failed; it is not tried again by itself."""
    job = session.get_one(Job, job_id)
    job.state, job.message, job.leased_until = "failed", message, None
    session.flush()
