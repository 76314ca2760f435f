"""What levels, difficulties and languages are called on the teaching pages, also where none is set."""

from flask_babel import gettext

from app.domain.items import Difficulty
from app.web.filters import level_name


def difficulty_name(difficulty: Difficulty | None) -> str:
    """Name an author's estimate of difficulty (难度)."""
    names = {"easy": gettext("Easy"), "medium": gettext("Medium"), "hard": gettext("Hard")}
    return gettext("Difficulty not set") if difficulty is None else names[difficulty]


def level_or_none(level: str | None) -> str:
    """Name a requirement level (要求层次), also that none is set."""
    return gettext("Level not set") if level is None else level_name(level)


def language_name(language: str) -> str:
    """Name a language of a text."""
    return {"zh": gettext("Chinese"), "en": gettext("English")}.get(language, language)
