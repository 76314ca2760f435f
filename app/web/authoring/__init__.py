"""Authoring: write cases, quizzes and syllabuses, check them, publish them, look back."""

from app.web.authoring import exports, history, imports, views
from app.web.authoring.blueprint import bp

__all__ = ["bp", "exports", "history", "imports", "views"]
