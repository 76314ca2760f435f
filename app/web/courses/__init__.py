"""Courses: the syllabus with its module tracker, and the files at its modules."""

from app.web.courses import files, views
from app.web.courses.blueprint import bp

__all__ = ["bp", "files", "views"]
