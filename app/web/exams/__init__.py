"""Exams for those who sit them: the notice before the start, the start, receipts."""

from app.web.exams import receipts, views
from app.web.exams.blueprint import bp

__all__ = ["bp", "receipts", "views"]
