"""The history of a text: who published what, what changed, and back to an older state."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.roles import Permission
from app.operations.drafts import save_draft
from app.operations.histories import compare_texts, get_version, list_versions
from app.operations.writings import open_writing
from app.web.authoring.blueprint import bp
from app.web.authoring.change_words import told
from app.web.authoring.pages import TEXT, about_text, address, found_again, target_of
from app.web.clock import clock
from app.web.database import reading, writing
from app.web.security import current_person, requires


@bp.get(TEXT + "/history")
@requires(Permission.AUTHOR)
def history(public_id: str, kind: str, slug: str) -> ResponseReturnValue:
    """List the revisions of a text, and what was written since."""
    session = reading()
    target = target_of(session, public_id, kind, slug)
    opened = open_writing(session, target)
    return render_template(
        "authoring/history.html",
        **about_text(target, opened),
        versions=list_versions(session, target),
    )


@bp.get(TEXT + "/changes")
@requires(Permission.AUTHOR)
def changes(public_id: str, kind: str, slug: str) -> ResponseReturnValue:
    """Show what changed from one revision to a later one, or to the draft."""
    session = reading()
    target = target_of(session, public_id, kind, slug)
    opened, versions = open_writing(session, target), list_versions(session, target)
    old = get_version(versions, request.args.get("old", default=0, type=int))
    number = request.args.get("new", default=0, type=int)
    new = get_version(versions, number) if number else None
    compared = compare_texts(old.revision.source, new.revision.source if new else opened.text, target)
    return render_template(
        "authoring/changes.html",
        **about_text(target, opened),
        old=old,
        new=new,
        compared=compared,
        told=[told(one) for one in compared.changes],
    )


@bp.post(TEXT + "/restore")
@requires(Permission.AUTHOR)
def restore(public_id: str, kind: str, slug: str) -> ResponseReturnValue:
    """Make an older revision the draft; a draft that there is stays, and is told."""
    session = reading()
    target = target_of(session, public_id, kind, slug)
    opened, versions = open_writing(session, target), list_versions(session, target)
    wanted = get_version(versions, request.form.get("number", default=0, type=int))
    if opened.draft is not None:
        flash(gettext("There is a draft already. Publish it or throw it away first."), "warning")
        return redirect(address("authoring.edit", target), 303)
    with writing() as store:
        text = wanted.revision.source
        save_draft(store, current_person(), found_again(store, target), (text, opened.seen), clock())
    number = wanted.revision.number
    said = gettext("Revision %(number)s is the draft now. Look at it, then publish it.", number=number)
    flash(said, "success")
    return redirect(address("authoring.edit", target), 303)
