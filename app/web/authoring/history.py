"""The history of a text: who published what, what changed, what was put aside, and back to any of it."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.errors import DraftChanged, NotFound
from app.domain.roles import Permission
from app.operations.drafts import save_draft
from app.operations.histories import compare_texts, get_version, list_versions
from app.operations.listing import find_unlisted
from app.operations.put_aside import PutAside, bring_back_draft, list_put_aside
from app.operations.writings import Target, open_writing
from app.web.authoring.blueprint import bp
from app.web.authoring.change_words import told
from app.web.authoring.pages import TEXT, about_text, address, found_again, target_of
from app.web.authoring.taken import taken
from app.web.clock import clock
from app.web.database import Session, reading, writing
from app.web.security import current_person, requires


@bp.get(TEXT + "/history")
@requires(Permission.AUTHOR)
def history(public_id: str, kind: str, slug: str) -> ResponseReturnValue:
    """List the revisions of a text, what was written since, and what was put aside."""
    session = reading()
    target = target_of(session, public_id, kind, slug)
    opened = open_writing(session, target)
    return render_template(
        "authoring/history.html",
        **about_text(target, opened),
        versions=list_versions(session, target),
        aside=list_put_aside(session, target),
        unlisted=None if target.place.offering.is_archived else find_unlisted(session, target),
        taken=taken(),
    )


@bp.get(TEXT + "/changes")
@requires(Permission.AUTHOR)
def changes(public_id: str, kind: str, slug: str) -> ResponseReturnValue:
    """Show what changed from one revision to a later one, to the draft, or to one that was put aside."""
    session = reading()
    target = target_of(session, public_id, kind, slug)
    opened, versions = open_writing(session, target), list_versions(session, target)
    old = get_version(versions, request.args.get("old", default=0, type=int))
    number = request.args.get("new", default=0, type=int)
    new = get_version(versions, number) if number else None
    aside = _put_aside(session, target) if "aside" in request.args else None
    text = new.revision.source if new else aside.draft.text if aside else opened.text
    compared = compare_texts(old.revision.source, text, target)
    return render_template(
        "authoring/changes.html",
        **about_text(target, opened),
        **{"old": old, "new": new, "aside": aside, "compared": compared},
        told=[told(one) for one in compared.changes],
    )


def _put_aside(session: Session, target: Target) -> PutAside:
    wanted = request.args.get("aside", default=0, type=int)
    found = next((one for one in list_put_aside(session, target) if one.draft.id == wanted), None)
    if found is None:
        raise NotFound(str(wanted))
    return found


@bp.post(TEXT + "/restore")
@requires(Permission.AUTHOR)
def restore(public_id: str, kind: str, slug: str) -> ResponseReturnValue:
    """Make an older revision, or a draft that was put aside, the draft; one that there is stays."""
    target = target_of(reading(), public_id, kind, slug)
    draft_id = request.form.get("draft", default=0, type=int)
    try:
        said = _bring_back(target, draft_id) if draft_id else _restore_revision(target)
    except DraftChanged:
        flash(gettext("There is a draft already. Publish it or throw it away first."), "warning")
    else:
        flash(said, "success")
    return redirect(address("authoring.edit", target), 303)


def _bring_back(target: Target, draft_id: int) -> str:
    with writing() as session:
        bring_back_draft(session, current_person(), found_again(session, target), draft_id, clock())
    return gettext("The draft is back as it was.")


def _restore_revision(target: Target) -> str:
    session = reading()
    opened, versions = open_writing(session, target), list_versions(session, target)
    wanted = get_version(versions, request.form.get("number", default=0, type=int)).revision
    if opened.draft is not None:
        raise DraftChanged
    with writing() as store:
        change = (wanted.source, opened.seen)
        save_draft(store, current_person(), found_again(store, target), change, clock())
    if opened.is_retired:
        return gettext(
            "The text is a draft again. Look at it, then publish it: students see it from then on."
        )
    number = wanted.number
    return gettext("Revision %(number)s is the draft now. Look at it, then publish it.", number=number)
