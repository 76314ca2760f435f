"""Attempts: the quiz page, the paper, its files, handing in, the result."""

from app.web.attempts import events, names, record, saving, uploads, views
from app.web.attempts.blueprint import bp

__all__ = ["bp", "events", "names", "record", "saving", "uploads", "views"]
