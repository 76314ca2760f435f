"""Jobs over many attempts: one for which it fails holds up no other, is logged, and is let rest."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session

from app.models import Attempt

LOG = logging.getLogger("casehall.jobs")
REST = timedelta(minutes=10)
Step = Callable[[Session, Attempt, datetime], None]


def may_be_tried(now: datetime) -> ColumnElement[bool]:
    """Return the condition that an attempt did not fail a moment ago."""
    return or_(Attempt.stuck_at.is_(None), Attempt.stuck_at <= now - REST)


def try_each(session: Session, attempts: Iterable[Attempt], step: Step, now: datetime) -> int:
    """Take a step with each attempt, whole or not at all; return how many were tried.

    :raises OperationalError, InterfaceError: the database is gone, which is no attempt's fault.
    """
    tried = 0
    for attempt in attempts:
        tried += 1
        public = attempt.public_id
        try:
            with session.begin_nested():
                step(session, attempt, now)
                attempt.stuck_at = None
        except (InterfaceError, OperationalError):
            raise
        except Exception:
            LOG.exception("attempt %s cannot be closed or scored", public)
            attempt.stuck_at = now
            session.flush()
    return tried
