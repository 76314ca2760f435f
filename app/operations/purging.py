"""Purging: rows that nobody needs any more; some tell where people were."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select, tuple_
from sqlalchemy.orm import Session

from app.domain.sign_in import FORGET_FAILURES
from app.models import Job, SignInFailures, UserSession
from app.operations.jobs import SLICE_ROWS

#: no session lives longer than a day; a second one is kept for whoever looks into a complaint
KEEP_SESSIONS = timedelta(days=2)
#: a job that is due by itself asks for the newest of its kind
KEEP_JOBS = timedelta(days=2)


def purge_sign_ins(session: Session, arguments: Mapping[str, Any], now: datetime) -> int:
    """Delete some sessions that are over, forgotten failures, or jobs that are done; return how many."""
    return _purge_sessions(session, now) or _purge_failures(session, now) or _purge_jobs(session, now)


def _purge_jobs(session: Session, now: datetime) -> int:
    """Delete jobs that are done; those that failed stay for whoever looks after the service."""
    done = Job.state == "done", Job.created_at <= now - KEEP_JOBS
    some = select(Job.id).where(*done).limit(SLICE_ROWS)
    return len(session.scalars(delete(Job).where(Job.id.in_(some)).returning(Job.id)).all())


def _purge_sessions(session: Session, now: datetime) -> int:
    over = or_(UserSession.created_at <= now - KEEP_SESSIONS, UserSession.revoked_at <= now - KEEP_SESSIONS)
    some = select(UserSession.token_hash).where(over).limit(SLICE_ROWS)
    gone = delete(UserSession).where(UserSession.token_hash.in_(some)).returning(UserSession.token_hash)
    return len(session.scalars(gone).all())


def _purge_failures(session: Session, now: datetime) -> int:
    key = tuple_(SignInFailures.account, SignInFailures.address)
    some = (
        select(SignInFailures.account, SignInFailures.address)
        .where(SignInFailures.last_at <= now - FORGET_FAILURES)
        .limit(SLICE_ROWS)
    )
    gone = delete(SignInFailures).where(key.in_(some)).returning(SignInFailures.account)
    return len(session.scalars(gone).all())
