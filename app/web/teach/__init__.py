"""Teaching: offerings, the cohort matrix, records of students, path reports, class hours."""

from app.web.teach import actions, views
from app.web.teach.blueprint import bp

__all__ = ["actions", "bp", "views"]
