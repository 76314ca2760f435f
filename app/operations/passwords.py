"""Hashing of passwords, on two threads of its own, outside any transaction."""

from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.domain.accounts import normal_password

MEMORY_KIB = 19456
PASSES = 2
LANES = 1

HASHER = PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES)
THREADS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="hashing")


def nobody_hash() -> str:
    """Return a hash of today's parameters that no password has: the work done for an unknown name."""
    salt, digest = (b64encode(bytes(length)).decode().rstrip("=") for length in (16, 32))
    return f"$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}${salt}${digest}"


NOBODY = nobody_hash()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a password is right, and whether its hash was made with parameters of the past."""

    is_right: bool
    is_outdated: bool = False


def hash_password(password: str) -> str:
    """Hash a password; takes about 40 ms of one hashing thread."""
    return THREADS.submit(HASHER.hash, normal_password(password)).result()


def verify_password(password_hash: str | None, password: str) -> Verdict:
    """Compare a password with a hash, or do the same work when there is none."""
    return THREADS.submit(compare, password_hash or NOBODY, normal_password(password)).result()


def compare(password_hash: str, password: str) -> Verdict:
    """Compare on the thread that calls."""
    try:
        HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return Verdict(is_right=False)
    return Verdict(is_right=True, is_outdated=HASHER.check_needs_rehash(password_hash))
