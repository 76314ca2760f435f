"""Authoring: write cases, quizzes and syllabuses, check them, publish them, look back."""

from app.web.authoring import (
    courses,
    exports,
    guide,
    history,
    imports,
    listing,
    pictures,
    translating,
    trials,
    views,
)
from app.web.authoring.blueprint import bp

__all__ = [
    "bp",
    "courses",
    "exports",
    "guide",
    "history",
    "imports",
    "listing",
    "pictures",
    "translating",
    "trials",
    "views",
]
