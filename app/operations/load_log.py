"""What the audit log tells of a load of files."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from app.content.edition import Edition
from app.operations import audit
from app.operations.loads import Identity, LoadPlan

#: how many texts that a file replaced are told by name
MOST_NAMED = 50


def tell_load(session: Session, plan: LoadPlan, now: datetime) -> None:
    """Note in the log what a load changed, an entry for each course; the command line has no person."""
    new, changed, over = (_names(editions) for editions in (plan.new, plan.changed, plan.over))
    touched = sorted({name[0] for name in (*new, *changed, *over, *plan.retired)})
    for course in touched:
        detail = {
            "course": course,
            "new": _count(new, course),
            "replaced": _count(changed, course) + _count(over, course),
            "retired": _count(plan.retired, course),
            "over": [_short(name) for name in over if name[0] == course][:MOST_NAMED],
        }
        told = {key: value for key, value in detail.items() if value}
        audit.record(session, None, "text.load", detail=told, now=now)


def _names(editions: Iterable[Edition]) -> list[Identity]:
    return [edition.identity for edition in editions]


def _count(names: Iterable[Identity], course: str) -> int:
    return sum(name[0] == course for name in names)


def _short(name: Identity) -> str:
    _, kind, slug, language = name
    return f"{kind}/{slug}.{language}"
