"""List what is stale with what changed, and let it be found right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.content.parse import Kind
from app.content.staleness import changes_that_matter
from app.domain.roles import Permission
from app.models import Document
from app.operations.documents import read_text
from app.operations.stale_desk import StaleLine, list_stale, mark_seen
from app.web.authoring.change_words import told
from app.web.clock import clock
from app.web.database import reading, writing
from app.web.security import current_person, requires
from app.web.stale.wording import why_name
from app.web.teach.names import language_name

bp = Blueprint("stale", __name__, url_prefix="/teach/stale")
#: of a change so many parts are named
MOST_TOLD = 6


@dataclass(frozen=True, slots=True)
class StaleView:
    """One thing that may be wrong. ``where`` is its text, ``changes`` the address of what changed."""

    number: int
    title: str
    note: str
    why: str
    where: Mapping[str, Any] | None
    question: Mapping[str, str] | None
    exam: str
    begun: int
    cause: str
    changes: Mapping[str, Any]
    before: int
    since: int
    author: str
    told: Sequence[str]
    more: int
    at: Any


@bp.get("/")
@requires(Permission.AUTHOR)
def index() -> ResponseReturnValue:
    """Show what may be wrong since a text changed, the newest change first."""
    lines = list_stale(reading(), current_person(), clock())
    views = [view_of(one) for one in lines]
    return render_template(
        "stale/index.html",
        views=[one for one in views if not one.begun],
        pinned=[one for one in views if one.begun],
    )


@bp.post("/<int:number>")
@requires(Permission.AUTHOR)
def settle(number: int) -> ResponseReturnValue:
    """Note that it is still right."""
    with writing() as session:
        mark_seen(session, current_person(), number, clock())
    flash(gettext("Noted: it is still right."), "success")
    return redirect(url_for("stale.index"), 303)


def view_of(line: StaleLine) -> StaleView:
    """Present a line of the list."""
    row, document, hall = line.row, line.document, line.hall
    said = changes_of(line)
    return StaleView(
        number=row.id,
        title=hall.title if hall else document.title if document else "",
        note=note_of(line),
        why=why_name(row.why),
        where=where_of(line, document) if document else None,
        question=question_of(line),
        exam=hall.exam.public_id if hall else "",
        begun=line.begun,
        cause=line.cause.title,
        changes=where_of(line, line.cause) | {"old": line.before.number, "new": line.since.number},
        before=line.before.number,
        since=line.since.number,
        author=line.author,
        told=said[:MOST_TOLD],
        more=max(0, len(said) - MOST_TOLD),
        at=row.noted_at,
    )


def note_of(line: StaleLine) -> str:
    """Say where it stands: the course, the language of a translation, or the item."""
    parts = [line.place.course.title(line.cause.language)]
    if line.hall:
        parts.append(line.hall.offering.term)
    elif line.document and line.document.is_translation:
        parts.append(language_name(line.document.language))
    if line.row.item:
        parts.append(gettext("question %(item)s", item=line.row.item))
    return " · ".join(parts)


def changes_of(line: StaleLine) -> list[str]:
    """Say what changed, part by part."""
    kind = Kind(line.cause.kind)
    before, since = (read_text(one.source, kind).document for one in (line.before, line.since))
    if before is None or since is None:
        return []
    return [told(one) for one in changes_that_matter(before, since)]


def where_of(line: StaleLine, document: Document) -> dict[str, Any]:
    """Return what the addresses of a text's pages are made of."""
    where = {"public_id": line.place.offering.public_id, "kind": document.kind, "slug": document.slug}
    return where | {"language": document.language}


def question_of(line: StaleLine) -> dict[str, str] | None:
    """Return the address of an item in the bank."""
    if not line.row.item or line.document is None:
        return None
    return {"course": line.place.course.slug, "quiz": line.document.slug, "item": line.row.item}
