"""List a text below a module of the syllabus: students come to it there."""

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.errors import DraftChanged, TextRefused
from app.domain.roles import Permission
from app.operations.listing import list_in_module
from app.web.authoring.blueprint import bp
from app.web.authoring.pages import TEXT, address, found_again, target_of
from app.web.clock import clock
from app.web.database import reading, writing
from app.web.errors import refusal_message
from app.web.security import current_person, requires


@bp.post(TEXT + "/list")
@requires(Permission.AUTHOR)
def list_below(public_id: str, kind: str, slug: str) -> ResponseReturnValue:
    """Write the text into the draft of the syllabus, and go there; nothing is published yet."""
    target = target_of(reading(), public_id, kind, slug)
    try:
        with writing() as session:
            where = found_again(session, target)
            syllabus = list_in_module(
                session, current_person(), where, request.form.get("module", ""), clock()
            )
    except TextRefused as refusal:
        flash(gettext(refusal.sentence.text, **refusal.sentence.values), "danger")
        return redirect(address("authoring.history", target), 303)
    except DraftChanged as refusal:
        flash(refusal_message(refusal), "danger")
        return redirect(address("authoring.history", target), 303)
    flash(gettext("It stands in the draft of the syllabus: look at it, then publish it."), "success")
    return redirect(address("authoring.edit", syllabus), 303)
