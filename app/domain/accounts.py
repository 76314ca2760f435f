"""Logins, names and passwords: what they may look like."""

import re
import unicodedata

from app.domain.common_passwords import COMMON_PASSWORDS
from app.domain.errors import BadName, WeakPassword

SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 256
LONGEST_NAME = 100
#: no 0 and o, no 1, i and l: a password given on paper is typed without asking
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
LOGIN = re.compile(r"[\w.@+-]{1,64}")


def fold_login(text: str) -> str:
    """Return a login in the one form that is kept and compared; leading zeros stay.

    >>> fold_login(" ００２３Ａ ")
    '0023a'

    :raises BadName: it is empty, too long, or has other signs than letters, digits and ``_.@+-``.
    """
    login = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).strip()
    if not LOGIN.fullmatch(login):
        raise BadName
    return login


def find_login(text: str) -> str | None:
    """Return a login in its one form, None when the text cannot be one."""
    try:
        return fold_login(text)
    except BadName:
        return None


def tidy_name(text: str) -> str:
    """Return a person's name without stray blanks.

    >>> tidy_name(" 贺  小贺 ")
    '贺 小贺'

    :raises BadName: it is empty, too long, or has control characters.
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not 1 <= len(name) <= LONGEST_NAME or any(unicodedata.category(sign) == "Cc" for sign in name):
        raise BadName
    return name


def normal_password(text: str) -> str:
    """Return a password in the form that is hashed: the same on every keyboard."""
    return unicodedata.normalize("NFKC", text)


def refuse_weak_password(password: str, login: str) -> None:
    """Let a password pass that is long enough, uncommon and not the login.

    :raises WeakPassword: it is one of these.
    """
    folded = normal_password(password).casefold()
    wrong_length = not SHORTEST_PASSWORD <= len(folded) <= LONGEST_PASSWORD
    guessable = folded in COMMON_PASSWORDS or folded == login or len(set(folded)) < 3
    if wrong_length or guessable:
        raise WeakPassword


def draw_password(chance: int) -> str:
    """Make a one-time password of three readable groups out of 64 or more random bits.

    >>> draw_password(2**64)
    'tgjx-fenv-fhaq'
    """
    signs = []
    for _ in range(12):
        chance, place = divmod(chance, len(READABLE))
        signs.append(READABLE[place])
    return "-".join("".join(signs[start : start + 4]) for start in (0, 4, 8))
