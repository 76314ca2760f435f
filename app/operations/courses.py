"""Courses: what documents and offerings belong to."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Course


def find_course(session: Session, slug: str) -> Course | None:
    """Return the course of this slug."""
    return session.scalar(select(Course).where(Course.slug == slug))


def ensure_course(session: Session, slug: str, now: datetime) -> Course:
    """Return the course of this slug, made if there is none."""
    course = find_course(session, slug)
    if course is None:
        course = Course(slug=slug, titles={}, is_public=False, created_at=now)
        session.add(course)
        session.flush()
    return course


def take_turns(session: Session, courses: Sequence[Course]) -> None:
    """Let those who change these courses pass one by one: each finds what the one before made."""
    held = select(Course.id).where(Course.id.in_([course.id for course in courses])).order_by(Course.id)
    session.execute(held.with_for_update(key_share=True))


def list_public_courses(session: Session) -> Sequence[Course]:
    """Return the courses that people may see without signing in."""
    return session.scalars(select(Course).where(Course.is_public.is_(True)).order_by(Course.slug)).all()
