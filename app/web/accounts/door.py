"""The door: few enter at a time, and who guessed too often waits."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from app.operations.passwords import hash_password, verify_password
from app.operations.sign_in import Candidate, find_candidate
from app.web.clock import clock
from app.web.database import reading
from app.web.sessions import address

#: two threads hash, so a third request waits little; more are told to come again
PLACES = BoundedSemaphore(3)
RETRY_SECONDS = 2


@contextmanager
def place_at_the_door() -> Iterator[bool]:
    """Take one of the places where passwords are compared; gives False when all are taken."""
    taken = PLACES.acquire(blocking=False)
    try:
        yield taken
    finally:
        if taken:
            PLACES.release()


def look_at(login: str) -> Candidate:
    """Look up who wants to sign in, and let the database go: comparing takes its time."""
    session = reading()
    candidate = find_candidate(session, login, address(), clock())
    session.rollback()
    return candidate


def compare(candidate: Candidate, password: str) -> tuple[bool, str | None]:
    """Compare the password; for a right one whose hash is of the past, make a new hash too."""
    verdict = verify_password(candidate.password_hash, password)
    renewed = hash_password(password) if verdict.is_right and verdict.is_outdated else None
    return verdict.is_right and candidate.user_id is not None, renewed
