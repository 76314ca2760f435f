"""Signing in and out, and the brake on guessing passwords."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.domain.accounts import find_login
from app.domain.roles import Person
from app.domain.sign_in import FORGET_FAILURES, wait_after
from app.models import SignInFailures, User
from app.operations import audit, people
from app.operations.sessions import Browser, end_session, end_sessions, start_session


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who may be at the door. Without an account the same work is done for nobody."""

    account: str
    address: str
    user_id: int | None = None
    login: str = ""
    password_hash: str | None = None
    blocked_until: datetime | None = None


def find_candidate(session: Session, login: str, address: str, now: datetime) -> Candidate:
    """Look up who wants to sign in and whether this door is shut for a while."""
    folded = find_login(login) or ""
    account = sha256(folded.encode()).hexdigest()
    blocked_until = find_block(session, account, address, now)
    user = session.scalar(select(User).where(User.login == folded, User.disabled_at.is_(None)))
    if user is None:
        return Candidate(account, address, blocked_until=blocked_until)
    return Candidate(account, address, user.id, user.login, user.password_hash, blocked_until)


def find_block(session: Session, account: str, address: str, now: datetime) -> datetime | None:
    """Return until when this account is shut for this address, if it is."""
    failures = session.get(SignInFailures, (account, address), populate_existing=True)
    if failures is None or failures.last_at <= now - FORGET_FAILURES:
        return None
    until = failures.last_at + wait_after(failures.count)
    return until if until > now else None


def sign_in(
    session: Session, candidate: Candidate, new_hash: str | None, browser: Browser, now: datetime
) -> Person | None:
    """Let in a candidate whose password was found right, and forget the failures.

    ``new_hash`` replaces one made with parameters of the past. Returns None when the password was
    changed or the account was shut since it was looked at.
    """
    user = find_unchanged(session, candidate)
    if user is None:
        return None
    user.password_hash = new_hash or user.password_hash
    forget_failures(session, candidate)
    start_session(session, user.id, browser, now)
    person = people.load_person(session, user)
    audit.record(session, person, "session.start", person_id=user.id, now=now, address=browser.address)
    return person


def change_password(
    session: Session, candidate: Candidate, new_hash: str, browser: Browser, now: datetime
) -> Person | None:
    """Give a candidate whose present password was found right a new one, and a new session.

    Every other session of theirs ends. Returns None like :func:`sign_in`.
    """
    user = find_unchanged(session, candidate)
    if user is None:
        return None
    user.password_hash = new_hash
    user.must_change_password = False
    forget_failures(session, candidate)
    end_sessions(session, user.id, now)
    start_session(session, user.id, browser, now)
    person = people.load_person(session, user)
    audit.record(session, person, "password.change", person_id=user.id, now=now, address=browser.address)
    return person


def sign_out(session: Session, person: Person, browser: Browser, now: datetime) -> None:
    """End the session of this browser."""
    end_session(session, browser.token, now)
    audit.record(session, person, "session.end", person_id=person.id, now=now, address=browser.address)


def sign_out_everywhere(session: Session, user: User, actor: Person, now: datetime) -> None:
    """End every session of a person."""
    end_sessions(session, user.id, now)
    audit.record(session, actor, "session.end_all", person_id=user.id, now=now)


def find_unchanged(session: Session, candidate: Candidate) -> User | None:
    """Return the candidate's account if its password is still the one that was compared."""
    user = session.get(User, candidate.user_id, with_for_update=True) if candidate.user_id else None
    if user is None or user.is_disabled or user.password_hash != candidate.password_hash:
        return None
    return user


def refuse_sign_in(session: Session, candidate: Candidate, now: datetime) -> None:
    """Count a failure; the caller commits this although it refuses.

    Names that nobody has are counted too, but not logged: guessing names must not fill the log.
    """
    count_failure(session, candidate, now)
    if candidate.user_id is not None:
        about = audit.About(person_id=candidate.user_id, address=candidate.address)
        audit.record(session, None, "session.refuse", now=now, **about)


def count_failure(session: Session, candidate: Candidate, now: datetime) -> None:
    """Add one to the failures of an account from an address; those of long ago are forgotten."""
    session.execute(delete(SignInFailures).where(SignInFailures.last_at <= now - FORGET_FAILURES))
    if add_failure(session, candidate, now):
        return
    first = SignInFailures(
        account=candidate.account, address=candidate.address, count=1, first_at=now, last_at=now
    )
    try:
        with session.begin_nested():
            session.add(first)
    except IntegrityError:  # somebody else counted the first one in the meantime
        add_failure(session, candidate, now)


def add_failure(session: Session, candidate: Candidate, now: datetime) -> bool:
    """Add one where failures are counted already."""
    raised = (
        update(SignInFailures)
        .where(*at_door(candidate))
        .values(count=SignInFailures.count + 1, last_at=now)
        .returning(SignInFailures.count)
        .execution_options(populate_existing=True)
    )
    return session.scalar(raised) is not None


def forget_failures(session: Session, candidate: Candidate) -> None:
    """Begin to count anew."""
    session.execute(delete(SignInFailures).where(*at_door(candidate)))


def at_door(candidate: Candidate) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Select the failures of this account from this address."""
    return (SignInFailures.account == candidate.account, SignInFailures.address == candidate.address)
