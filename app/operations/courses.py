"""Courses: what documents and offerings belong to."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.domain.errors import CourseTaken
from app.models import Course


def find_course(session: Session, slug: str) -> Course | None:
    """Return the course of this slug."""
    return session.scalar(select(Course).where(Course.slug == slug))


def ensure_course(session: Session, slug: str, now: datetime) -> Course:
    """Return the course of this slug, made if there is none."""
    return find_course(session, slug) or add_course(session, slug, now)


def add_course(session: Session, slug: str, now: datetime) -> Course:
    """Make a course; the unique short name decides where two are made at once.

    :raises CourseTaken: there is a course of this short name.
    """
    course = Course(slug=slug, titles={}, is_public=False, created_at=now)
    try:
        with session.begin_nested():
            session.add(course)
    except IntegrityError as error:
        raise CourseTaken(slug) from error
    return course


def take_turns(session: Session, courses: Sequence[Course]) -> None:
    """Let those who change these courses pass one by one: each finds what the one before made."""
    held = select(Course.id).where(Course.id.in_([course.id for course in courses])).order_by(Course.id)
    session.execute(held.with_for_update(key_share=True))


def list_public_courses(session: Session) -> Sequence[Course]:
    """Return the courses that people may see without signing in."""
    return session.scalars(select(Course).where(Course.is_public.is_(True)).order_by(Course.slug)).all()
