"""Teaching: offerings, the cohort matrix, records of students, path reports, class hours, exams."""

from app.web.teach import (
    actions,
    allowances,
    board,
    composing,
    credits,
    exams,
    files,
    imports,
    late,
    orders,
    quizzes,
    record,
    release,
    results,
    specification,
    term_papers,
    views,
)
from app.web.teach.blueprint import bp

__all__ = [
    "actions",
    "allowances",
    "board",
    "bp",
    "composing",
    "credits",
    "exams",
    "files",
    "imports",
    "late",
    "orders",
    "quizzes",
    "record",
    "release",
    "results",
    "specification",
    "term_papers",
    "views",
]
