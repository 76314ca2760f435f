"""How the values of facts are written where they are short: as their author would write them."""

from collections.abc import Mapping
from decimal import Decimal

from app.content.blocks import write_scoring
from app.content.key_words import write_key
from app.content.values import plain_number
from app.content.vocabulary import (
    CASE_KINDS,
    CONSTRUCTED_KINDS,
    DIFFICULTIES,
    LEVELS,
    ORDERINGS,
    REASONS,
    REVEALS,
    SECTIONS,
    TYPES,
    USES,
    is_chinese,
    write_word,
)
from app.domain.case import Condition

LONGEST = 40
NOTHING = "–"
_RULES = frozenset({"multiple", "scoring"})
#: texts: that they changed is said, their lines stand below
_TEXTS = frozenset({"explanation", "wording", "hints", "options", "feedback", "guidance", "file"})
_WORDS: Mapping[str, Mapping[str, str]] = {
    "use": USES,
    "kind": CASE_KINDS | CONSTRUCTED_KINDS,
    "difficulty": DIFFICULTIES,
    "level": LEVELS,
    "ordering": ORDERINGS,
    "reason": REASONS,
    "reveal": REVEALS,
    "type": {**TYPES, **SECTIONS},
}


def shown(name: str, value: object, language: str) -> str | None:
    """Write a value in the document's language, None where it is too long or no value.

    >>> shown("pass", Decimal(60), "en")
    '60%'
    """
    if name in _TEXTS:
        return None
    written = write_key(value, language) if name == "key" else _written(name, value, language)
    return written if written is None or len(written) <= LONGEST else None


def _written(name: str, value: object, language: str) -> str | None:
    if value is None or value in ("", ()):
        return NOTHING
    if isinstance(value, tuple):
        return ", ".join(value) if all(isinstance(one, str) for one in value) else None
    if isinstance(value, Condition):
        return f"{value.dimension}{value.operator}{value.value}"
    return _plain(name, value, language)


def _plain(name: str, value: object, language: str) -> str | None:
    if isinstance(value, bool):
        return ("是" if value else "否") if is_chinese(language) else ("yes" if value else "no")
    if isinstance(value, Decimal):
        return plain_number(value) + ("%" if name == "pass" else "")
    if isinstance(value, int):
        return str(value)
    return _word(name, value, language) if isinstance(value, str) else None


def _word(name: str, value: str, language: str) -> str:
    if name in _RULES:
        return write_scoring(value, language)
    return write_word(value, _WORDS[name], language) if name in _WORDS else value
