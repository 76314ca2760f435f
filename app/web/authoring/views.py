"""The texts of a course: listed, begun, written, checked, published."""

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.content.parse import Kind
from app.content.render import RenderFailed
from app.domain.errors import DraftChanged, TextRefused
from app.domain.roles import Permission
from app.operations.authoring import prepare_text, publish_text
from app.operations.banks import syllabuses_of
from app.operations.drafts import discard_draft, save_draft
from app.operations.offerings import Place, check_running, get_offering
from app.operations.put_aside import list_begun
from app.operations.shelves import TextName, with_written_ids
from app.operations.translations import languages_missing
from app.operations.writings import Seen, Target, Writing, list_writings, open_writing
from app.web.authoring.blueprint import bp
from app.web.authoring.editor import seen_by_author, show, show_again, show_conflict
from app.web.authoring.forms import LONGEST_TEXT, NewTextForm, WritingForm
from app.web.authoring.pages import (
    TEXT,
    address,
    checked_of,
    course_language,
    found_again,
    noted,
    open_or_new,
    open_or_none,
    target_of,
    where_of,
)
from app.web.authoring.previews import preview
from app.web.authoring.rendering import renderer
from app.web.authoring.taken import note_taken, taken
from app.web.authoring.templates import new_text
from app.web.authoring.translating import shown_original
from app.web.authoring.unfit import elsewhere, was_read
from app.web.clock import clock
from app.web.database import Session, reading, renewed_reading, writing
from app.web.languages import LANGUAGES, current_language
from app.web.security import current_person, requires, takes_at_most
from app.web.teach.names import language_name
from app.web.teach.views import about

#: a text of the largest size as a form sends Chinese characters, and what stands around it
FORM_BYTES = 3 * LONGEST_TEXT + 64 * 1024


@bp.get("/offerings/<public_id>/texts")
@requires(Permission.AUTHOR)
def texts(public_id: str) -> ResponseReturnValue:
    """List the texts of an offering's course with their drafts."""
    session = reading()
    place = get_offering(session, current_person(), public_id, Permission.AUTHOR)
    listed = list_writings(session, place)
    is_retired = [one.is_retired and one.draft is None for one in listed]
    shown = {
        "writings": [one for one, is_gone in zip(listed, is_retired, strict=True) if not is_gone],
        "retired": [one for one, is_gone in zip(listed, is_retired, strict=True) if is_gone],
        "begun": list_begun(session, place, listed),
        "untranslated": languages_missing(listed, LANGUAGES),
        "language_name": language_name,
        "where_of": where_of,
        "taken": taken(),
    }
    return render_template("authoring/texts.html", **about(place), **shown)


@bp.route("/offerings/<public_id>/texts/new", methods=["GET", "POST"])
@requires(Permission.AUTHOR)
def new(public_id: str) -> ResponseReturnValue:
    """Begin a case or a quiz from a template; it is a draft until it is published."""
    session, person = reading(), current_person()
    place = get_offering(session, person, public_id, Permission.AUTHOR)
    check_running(place.offering)
    form, language = _new_form(session, place), course_language(session, place)
    if request.method == "POST" and form.validate():
        target = Target(place, TextName(Kind(form.kind.data), form.slug.data or "", language))
        if taken := open_or_none(session, target):
            form.slug.errors = [_taken(taken)]
        else:
            text = new_text(target.name.kind, language, form.title.data or "", form.module.data or "")
            with writing() as store:
                save_draft(store, person, found_again(store, target), (text, Seen(0, 0)), clock())
            return redirect(address("authoring.edit", target), 303)
    body = render_template("authoring/new.html", **about(place), form=form)
    return (body, 422) if form.errors else body


@bp.get(TEXT)
@requires(Permission.AUTHOR)
def edit(public_id: str, kind: str, slug: str) -> ResponseReturnValue:
    """Show a text to write on."""
    target = target_of(reading(), public_id, kind, slug)
    return show(reading(), target, open_writing(reading(), target))


@bp.post(TEXT)
@takes_at_most(FORM_BYTES)
@requires(Permission.AUTHOR)
def write(public_id: str, kind: str, slug: str) -> ResponseReturnValue:
    """Save, check, publish or throw away what was written; nothing that was sent is lost."""
    target = target_of(reading(), public_id, kind, slug)
    open_or_new(reading(), target)
    form = WritingForm()
    text, seen = (form.text.data or "").replace("\r\n", "\n"), seen_by_author()
    if not form.validate():
        problem = next(str(error) for field in form for error in field.errors)
        return show_again(target, text, seen, problem=problem)
    wanted = next((name for name in ACTS if name in request.form), "save")
    try:
        return ACTS[wanted](target, text, seen)
    except DraftChanged:
        return show_conflict(target, text, seen)


def _save(target: Target, text: str, seen: Seen) -> ResponseReturnValue:
    with writing() as session:
        save_draft(session, current_person(), found_again(session, target), (text, seen), clock())
    note_taken(target)
    flash(gettext("The draft is saved. It is published when you publish it."), "success")
    return redirect(address("authoring.edit", target), 303)


def _try(target: Target, text: str, seen: Seen) -> ResponseReturnValue:
    """Show the text as students would meet it; what is not saved yet is saved as the draft first."""
    if text != open_or_new(reading(), target).text:
        with writing() as session:
            save_draft(session, current_person(), found_again(session, target), (text, seen), clock())
        note_taken(target)
    return redirect(address("authoring.try_text", target), 303)


def _check(target: Target, text: str, seen: Seen) -> ResponseReturnValue:
    return show_again(target, text, seen, status=200)


def _publish(target: Target, text: str, seen: Seen) -> ResponseReturnValue:
    """Check the text, render it, publish it; with a fault it is shown again, and nothing has happened."""
    person, checked = current_person(), checked_of(target, text)
    checked = with_written_ids(reading(), target.place.course, checked)
    if not was_read(elsewhere(reading(), target.place, checked)):
        problem = gettext("Other texts will not fit any more: they are named below. Read them, then publish.")
        return show_again(target, text, seen, problem=problem, status=409)
    try:
        prepared = prepare_text(checked, renderer())
        with writing() as session:
            given = (seen, request.form.get("message", ""), clock())
            revision = publish_text(session, person, found_again(session, target), prepared, given)
            number = revision.number
    except TextRefused as refusal:
        problem = gettext(refusal.sentence.text, **refusal.sentence.values)
        return show_again(target, text, seen, problem=problem)
    except RenderFailed:
        problem = gettext("A part of this text cannot be shown as a page.")
        return show_again(target, text, seen, problem=problem)
    note_taken(target)
    flash(gettext("Published as revision %(number)s.", number=number), "success")
    return redirect(address("authoring.history", target), 303)


def _discard(target: Target, text: str, seen: Seen) -> ResponseReturnValue:
    with writing() as session:
        discard_draft(session, current_person(), found_again(session, target), seen, clock())
    note_taken(target)
    flash(gettext("The draft is thrown away. It can be brought back."), "success")
    if open_or_none(renewed_reading(), target) is None:
        return redirect(url_for("authoring.texts", public_id=target.place.offering.public_id), 303)
    return redirect(address("authoring.edit", target), 303)


#: what the buttons do, by their names
ACTS = {"publish": _publish, "check": _check, "try": _try, "discard": _discard, "save": _save}


@bp.post(TEXT + "/check")
@takes_at_most(FORM_BYTES)
@requires(Permission.AUTHOR)
def check(public_id: str, kind: str, slug: str) -> ResponseReturnValue:
    """Tell as JSON what there is to say about a text, and how it would look; nothing is written."""
    target = target_of(reading(), public_id, kind, slug)
    checked = checked_of(target, request.form.get("text", "").replace("\r\n", "\n"))
    told = elsewhere(reading(), target.place, checked)
    said = render_template("authoring/_noted.html", noted=noted(checked), elsewhere=told)
    beside = shown_original(reading(), target, checked)
    shown = {"is_shown": checked.parsed.document is not None, "html": str(preview(checked))}
    return jsonify(sound=checked.is_sound, diagnostics=said, original=beside, **shown)


def _taken(writing: Writing) -> str:
    if writing.is_retired:
        return gettext(
            "A text of this short name was retired. Bring it back from Texts, or choose another name."
        )
    return gettext("The course has a text of this kind and short name already.")


def _new_form(session: Session, place: Place) -> NewTextForm:
    form = NewTextForm(kind=request.args.get("kind"), module=request.args.get("module", ""))
    syllabuses = syllabuses_of(session, place.course.id)
    syllabus = syllabuses.get(current_language()) or next(iter(syllabuses.values()), None)
    modules = syllabus.modules if syllabus else ()
    choices: dict[str, str] = {"": gettext("None")}
    form.module.choices = choices | {one.id: one.title for one in modules}
    return form
