"""Mark the responses of an exam, one at a time, with the keyboard alone if one likes."""

from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.errors import BadMark, NotFound
from app.domain.roles import Permission
from app.operations.halls import Hall, get_hall, hold_hall
from app.operations.marking import choose_mark, mark_script
from app.operations.scripts import Script, get_script, list_scripts
from app.web.attempts.uploads import send_kept
from app.web.clock import clock
from app.web.database import Session, reading, writing
from app.web.filters import worth
from app.web.marking.blueprint import bp
from app.web.marking.forms import ChoiceForm, MarkForm, is_small, read_seen, seen_text
from app.web.marking.names import blind_name
from app.web.marking.presenting import Round, ScriptView, show_piles, show_script, stems_of
from app.web.security import current_person, requires
from app.web.teach.exams import about_hall


@bp.get("/<public_id>/marking")
@requires(Permission.MARK)
def index(public_id: str) -> ResponseReturnValue:
    """List the items that a person marks, and how far each is."""
    session = reading()
    hall = get_hall(session, current_person(), public_id, Permission.MARK)
    return render_template("marking/index.html", **about_hall(session, hall), piles=show_piles(session, hall))


@bp.get("/<public_id>/marking/<item>")
@requires(Permission.MARK)
def pile(public_id: str, item: str) -> ResponseReturnValue:
    """Lead to the next response that waits; when none does, show what is done."""
    session = reading()
    hall = get_hall(session, current_person(), public_id, Permission.MARK)
    scripts = list_scripts(session, hall.exam, item)
    where = Round(scripts)
    if where.next is not None and hall.exam.released_at is None:
        return redirect(url_for("marking.script", public_id=public_id, item=item, token=where.next), 303)
    stem = stems_of(session, hall.exam).get(item, item)
    names = {"item_key": item, "stem": stem, "round": where}
    return render_template("marking/pile.html", **about_hall(session, hall), **names)


@bp.get("/<public_id>/marking/<item>/<token>")
@requires(Permission.MARK)
def script(public_id: str, item: str, token: str) -> ResponseReturnValue:
    """Show one response with its item, the marking points, and the marks that it has."""
    session, hall, found = _find(public_id, item, token)
    view = show_script(session, current_person(), found, item)
    return _show(session, hall, view, mark_form(view), ChoiceForm())


@bp.post("/<public_id>/marking/<item>/<token>")
@requires(Permission.MARK)
def save(public_id: str, item: str, token: str) -> ResponseReturnValue:
    """Save a mark, and lead to the next response."""
    session, hall, found = _find(public_id, item, token)
    person, form = current_person(), MarkForm()
    view = show_script(session, person, found, item)
    try:
        given = form.given(view.key, view.max)
        with writing() as session:
            where = (hold_hall(session, person, public_id, Permission.MARK), item, token)
            marked = mark_script(session, person, where, (given, read_seen(form.seen)), clock())
    except BadMark as refusal:
        form.refuse(refusal, view.max)
        return _show(reading(), hall, view, form, ChoiceForm())
    if marked.in_conflict:
        flash(gettext("Somebody has marked this response in the meantime. Both marks are kept."), "warning")
        return redirect(url_for("marking.script", public_id=public_id, item=item, token=token), 303)
    flash(gettext("Saved: %(points)s", points=worth(given.points)), "success")
    return _on(public_id, item, token)


@bp.post("/<public_id>/marking/<item>/<token>/choose")
@requires(Permission.MARK)
def choose(public_id: str, item: str, token: str) -> ResponseReturnValue:
    """Say which of two marks counts."""
    session, hall, found = _find(public_id, item, token)
    person, form = current_person(), ChoiceForm()
    view = show_script(session, person, found, item)
    number = form.mark.data or ""
    if not is_small(number):
        form.mark.errors = [gettext("Choose one of the marks.")]
        return _show(session, hall, view, mark_form(view), form)
    choice = (int(number), (form.reason.data or "").strip(), read_seen(form.seen))
    try:
        with writing() as session:
            where = (hold_hall(session, person, public_id, Permission.MARK), item, token)
            choose_mark(session, person, where, choice, clock())
    except BadMark:
        form.reason.errors = [gettext("Give the reason.")]
        return _show(reading(), hall, view, mark_form(view), form)
    flash(gettext("Decided."), "success")
    return _on(public_id, item, token)


@bp.get("/<public_id>/marking/<item>/<token>/files/<int:number>")
@requires(Permission.MARK)
def file(public_id: str, item: str, token: str, number: int) -> Response:
    """Give a file of a response, under a name that says nothing of its learner."""
    session, _, found = _find(public_id, item, token)
    files = show_script(session, current_person(), found, item).item.files
    if not 1 <= number <= len(files):
        raise NotFound(str(number))
    kept = files[number - 1]
    return send_kept(kept, blind_name(item, token, number, kept.media_type))


def mark_form(view: ScriptView) -> MarkForm:
    """Return the form with the mark that counts."""
    standing = view.standing
    if standing is None:
        return MarkForm(formdata=None, data={"awarded": []})
    awarded = [str(number) for number in standing.awarded]
    data = {"points": f"{standing.points:f}", "awarded": awarded, "comment": standing.comment}
    return MarkForm(formdata=None, data=data)


def _find(public_id: str, item: str, token: str) -> tuple[Session, Hall, Script]:
    session = reading()
    hall = get_hall(session, current_person(), public_id, Permission.MARK)
    return session, hall, get_script(session, hall.exam, item, token)


def _on(public_id: str, item: str, token: str) -> ResponseReturnValue:
    """Lead to the next response that waits, or to the end of the pile."""
    session = reading()
    hall = get_hall(session, current_person(), public_id, Permission.MARK)
    following = Round(list_scripts(session, hall.exam, item), token).next
    if following is None:
        return redirect(url_for("marking.pile", public_id=public_id, item=item), 303)
    return redirect(url_for("marking.script", public_id=public_id, item=item, token=following), 303)


def _show(
    session: Session, hall: Hall, view: ScriptView, form: MarkForm, choice: ChoiceForm
) -> ResponseReturnValue:
    names: dict[str, Any] = {
        "script": view,
        "form": form,
        "choice": choice,
        "seen": seen_text(view.seen),
        "round": Round(list_scripts(session, hall.exam, view.item.key), view.token),
        "is_released": hall.exam.released_at is not None,
    }
    body = render_template("marking/script.html", **about_hall(session, hall), **names)
    return (body, 422) if form.errors or choice.errors else body
