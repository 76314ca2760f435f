"""The editor of a text: as it stands, as it was sent, and beside what others did meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.content.comparison import DiffLine, diff_lines
from app.operations.histories import Version, list_versions
from app.operations.shelves import check_in_course
from app.operations.writings import Seen, Target, Writing
from app.web.authoring.forms import WritingForm
from app.web.authoring.pages import about_text, noted, open_or_new
from app.web.authoring.previews import preview
from app.web.authoring.reference import reference
from app.web.authoring.snippets import snippets
from app.web.authoring.taken import taken
from app.web.authoring.translating import original_of
from app.web.authoring.unfit import elsewhere
from app.web.database import Session, renewed_reading


@dataclass(frozen=True, slots=True)
class Rival:
    """What somebody else wrote or published meanwhile, and how the author's text differs from it."""

    caption: str
    lines: Sequence[DiffLine]


def show(session: Session, target: Target, opened: Writing, text: str | None = None, **more: Any) -> str:
    """Render the editor, with what was sent and is not saved if there is anything.

    In an archived offering the text can be read only.
    """
    shown = opened.text if text is None else text
    checked = check_in_course(session, target.place.course, target.name, shown)
    about = about_text(target, opened) | {"preview": preview(checked)}
    if target.place.offering.is_archived:
        return render_template("authoring/read.html", **about)
    form = WritingForm(formdata=None, text=shown, message=request.values.get("message", ""))
    return render_template(
        "authoring/edit.html",
        **about,
        form=form,
        is_saved=shown == opened.text,
        noted=noted(checked),
        elsewhere=elsewhere(session, target.place, checked),
        snippets=snippets(target.name.kind, target.name.language),
        reference=reference(target.name.kind, target.name.language),
        taken=taken(),
        original=original_of(session, target, checked),
        since=_published_since(session, target, opened),
        **{"problem": "", "rivals": []} | more,
    )


def show_again(
    target: Target, text: str, seen: Seen, problem: str = "", status: int = 422
) -> ResponseReturnValue:
    """Render the editor with what was written, as the author saw the rest."""
    session = renewed_reading()
    opened = replace(open_or_new(session, target), seen=seen)
    return show(session, target, opened, text, problem=problem), status


def show_conflict(target: Target, text: str, seen: Seen) -> ResponseReturnValue:
    """Show what somebody else did meanwhile, and keep what was sent: sent again, it counts."""
    session = renewed_reading()
    opened = open_or_new(session, target)
    rivals = _rivals(opened, text, seen)
    return show(session, target, replace(opened, seen=opened.caught_up), text, rivals=rivals), 409


def seen_by_author() -> Seen:
    """Return what the form says that its author saw; what is no number was never shown to anybody.

    Who has looked at what was published since the draft was begun says so by a tick.
    """
    version, number = (request.form.get(name, default=-1, type=int) for name in ("version", "number"))
    return Seen(version, request.form.get("looked", default=number, type=int))


def _published_since(session: Session, target: Target, opened: Writing) -> list[Version]:
    """Return the revisions that a draft does not take account of, the newest first."""
    if not opened.draft or not opened.is_behind:
        return []
    return [one for one in list_versions(session, target) if one.revision.number > opened.seen.number]


def _rivals(opened: Writing, text: str, seen: Seen) -> list[Rival]:
    now, found = opened.caught_up, []
    if opened.head and seen.number != now.number:
        caption = gettext("From revision %(number)s to your text", number=now.number)
        found.append(Rival(caption, diff_lines(opened.head.source, text)))
    if not found or (opened.draft and seen.version != now.version):
        caption = gettext("From their text to yours")
        found.append(Rival(caption, diff_lines(opened.text, text)))
    return found
