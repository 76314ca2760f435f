"""Server-side sessions: one row a signed-in browser, known by the hash of its token."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.models import UserSession


@dataclass(frozen=True, slots=True)
class Browser:
    """Where a session lives: its secret token, and what the browser says of itself."""

    token: str
    address: str = ""
    agent: str = ""


def token_hash(token: str) -> str:
    """Return what is kept of a token."""
    return sha256(token.encode()).hexdigest()


def start_session(session: Session, user_id: int, browser: Browser, now: datetime) -> None:
    """Let a browser in."""
    session.add(
        UserSession(
            token_hash=token_hash(browser.token),
            user_id=user_id,
            created_at=now,
            seen_at=now,
            address=browser.address[:64],
            agent=browser.agent[:200],
        )
    )
    session.flush()


def end_session(session: Session, token: str, now: datetime) -> None:
    """End one session; the cookie that names it opens nothing any more."""
    live = UserSession.revoked_at.is_(None)
    session.execute(
        update(UserSession).where(UserSession.token_hash == token_hash(token), live).values(revoked_at=now)
    )


def end_sessions(session: Session, user_id: int, now: datetime) -> None:
    """End every session of a person."""
    live = UserSession.revoked_at.is_(None)
    session.execute(update(UserSession).where(UserSession.user_id == user_id, live).values(revoked_at=now))


def touch_session(session: Session, token: str, now: datetime) -> None:
    """Note that a session was used."""
    session.execute(
        update(UserSession).where(UserSession.token_hash == token_hash(token)).values(seen_at=now)
    )
