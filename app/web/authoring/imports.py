"""Take questions in: send a file or a text, look at what becomes of it, then take it or give it up."""

from pathlib import Path

from flask import current_app, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from werkzeug.datastructures import FileStorage

from app.content.parse import Kind
from app.content.render import RenderFailed
from app.domain.errors import BadTable, DraftChanged, NotFound, TextRefused
from app.domain.ids import public_id as make_public_id
from app.domain.roles import Permission
from app.models import QuestionImport
from app.operations.banks import syllabuses_of
from app.operations.import_files import picture_path, read_pictures
from app.operations.import_pictures import is_quick
from app.operations.import_rows import drop_import, get_import
from app.operations.import_taking import (
    check_takeable,
    keep_pictures,
    prepare_part,
    start_taking,
    store_pictures,
)
from app.operations.offerings import Place, get_offering
from app.operations.question_imports import (
    Sent,
    Wanted,
    begin_import,
    keep_look,
    keep_upload,
    look_into,
    note_look,
    queue_reading,
    wanted_of,
)
from app.operations.writings import Target, list_writings
from app.web.authoring.blueprint import bp
from app.web.authoring.forms import LONGEST_PASTE, ImportForm
from app.web.authoring.import_pages import given_up, looked_page, progress_page
from app.web.authoring.pages import address, course_language
from app.web.authoring.rendering import renderer
from app.web.authoring.template_file import template_file
from app.web.clock import chance, clock
from app.web.database import Session, reading, renewed_reading, writing
from app.web.downloads import send_download
from app.web.languages import current_language
from app.web.security import current_person, requires, takes_at_most
from app.web.teach.results import XLSX
from app.web.teach.views import about

FILE_BYTES = 20 * 1024 * 1024
#: a file, or a pasted text as forms send Chinese characters, and what stands around it
FORM_BYTES = FILE_BYTES + 3 * LONGEST_PASTE
IMPORT = "/offerings/<public_id>/imports/<name>"


@bp.get("/offerings/<public_id>/imports")
@requires(Permission.AUTHOR)
def imports(public_id: str) -> ResponseReturnValue:
    """Show where a file is sent."""
    return show_form(_place(reading(), public_id))


@bp.post("/offerings/<public_id>/imports")
@takes_at_most(FORM_BYTES)
@requires(Permission.AUTHOR)
def send_import(public_id: str) -> ResponseReturnValue:
    """Read a file, at once or in a job; no text of the course is written."""
    place = _place(reading(), public_id)
    form = import_form(reading(), place)
    data, name = _sent()
    if not form.validate():
        return show_form(place, form, 422)
    if not data.strip():
        form.file.errors = [gettext("Choose a file, or paste a text.")]
        return show_form(place, form, 422)
    sent = Sent(data, name, _wanted(form, course_language(reading(), place)))
    try:
        row = _keep(place, sent)
    except BadTable as refusal:
        errors = [gettext(refusal.sentence.text, **refusal.sentence.values)]
        (form.file if name else form.text).errors = errors
        return show_form(place, form, 422)
    return redirect(_address(place, row), 303)


def _keep(place: Place, sent: Sent) -> QuestionImport:
    """Keep a file: read it where that is quick, else let a job read it."""
    now, public = clock(), make_public_id(clock(), chance())
    looked = look_into(reading(), place, sent) if is_quick(sent.data) else None
    if looked is None:
        keep_upload(_instance(), public, sent.data)
    else:
        keep_look(_instance(), public, looked)
    with writing() as session:
        again = _place(session, place.offering.public_id)
        row = begin_import(session, current_person(), again, sent, (now, public))
        if looked is None:
            queue_reading(session, row, now)
        else:
            note_look(row, looked.seen, looked.counts)
    return row


@bp.get("/offerings/<public_id>/imports/template")
@requires(Permission.AUTHOR)
def import_template(public_id: str) -> ResponseReturnValue:
    """Give a workbook to begin with: the columns, and an example of each type."""
    _place(reading(), public_id)
    name, file = gettext("Template for questions"), template_file(current_language())
    return send_download(file.getvalue(), XLSX, f"{name}.xlsx", "questions.xlsx")


@bp.get(IMPORT)
@requires(Permission.AUTHOR)
def show_import(public_id: str, name: str) -> ResponseReturnValue:
    """Show what becomes of each question, or how far a job is."""
    place, row = _found(reading(), public_id, name)
    if row.state in {"waiting", "taking"}:
        return progress_page(place, row)
    return show(place, row)


@bp.post(IMPORT)
@requires(Permission.AUTHOR)
def take_import(public_id: str, name: str) -> ResponseReturnValue:
    """Take what was shown, as a draft or published, or give it up."""
    place, row = _found(reading(), public_id, name)
    if "drop" in request.form:
        return _drop(public_id, name)
    try:
        return _take(place, row, publishes="publish" in request.form)
    except (BadTable, TextRefused) as refusal:
        problem = gettext(refusal.sentence.text, **refusal.sentence.values)
    except DraftChanged:
        problem = gettext("Somebody has written a quiz of this name meanwhile. Send the file again.")
    except RenderFailed:
        problem = gettext("A part of this text cannot be shown as a page.")
    place, row = _found(renewed_reading(), public_id, name)
    return show(place, row, problem), 422


def _drop(public_id: str, name: str) -> ResponseReturnValue:
    with writing() as session:
        made = drop_import(session, _found(session, public_id, name)[1], _instance())
    flash(given_up(made), "success")
    return redirect(url_for("authoring.texts", public_id=public_id), 303)


def _take(place: Place, row: QuestionImport, *, publishes: bool) -> ResponseReturnValue:
    check_takeable(row)
    where = (place.offering.public_id, row.public_id)
    if row.parts > 1:
        with writing() as session:
            start_taking(session, _found(session, *where)[1], clock(), publishes=publishes)
        return redirect(_address(place, row), 303)
    keep_pictures(_instance(), row.public_id)
    with writing() as session:
        held = _found(session, *where)[1]
        check_takeable(held)
        store_pictures(session, held, _instance(), clock())
        held.is_published = publishes
    write = prepare_part(reading(), _found(reading(), *where)[1], _instance(), renderer())
    with writing() as session:
        check_takeable(_found(session, *where)[1])
        write(session, clock())
    count = row.counts["taken"] + row.counts["lossy"]
    done = ngettext("%(num)s question was taken in.", "%(num)s questions were taken in.", count)
    more = "" if publishes else " " + gettext("They are in the draft: look at it, then publish it.")
    flash(done + more, "success")
    return redirect(address("authoring.edit", Target(place, wanted_of(row).name())), 303)


@bp.get(IMPORT + "/pictures/<picture>")
@requires(Permission.AUTHOR)
def import_picture(public_id: str, name: str, picture: str) -> ResponseReturnValue:
    """Send a picture of a file to whoever sent the file."""
    _, row = _found(reading(), public_id, name)
    pictures = read_pictures(_instance(), row.public_id)
    if picture not in pictures:
        raise NotFound(picture)
    return send_file(picture_path(_instance(), row.public_id, picture), mimetype=pictures[picture])


def show(place: Place, row: QuestionImport, problem: str = "") -> str:
    """Render a file that was read, taken or refused."""
    return looked_page(reading(), place, row, (_instance(), problem))


def show_form(place: Place, form: ImportForm | None = None, status: int = 200) -> ResponseReturnValue:
    """Render the form; a file that was sent with it is gone by then."""
    form = form or import_form(reading(), place)
    if status != 200 and _sent()[1]:
        form.file.errors = [*form.file.errors, gettext("The file was not kept: choose it again.")]
    return render_template("authoring/imports.html", **about(place), form=form), status


def import_form(session: Session, place: Place) -> ImportForm:
    """Return the form, with the course's quizzes and modules."""
    form = ImportForm()
    language = course_language(session, place)
    listed = [one for one in list_writings(session, place) if one.name.kind is Kind.QUIZ]
    here = {one.name.slug: one.title for one in listed if one.name.language == current_language()}
    quizzes = {
        one.name.slug: f"{here.get(one.name.slug, one.title)} ({one.name.slug})"
        for one in listed
        if one.name.language == language
    }
    form.to.choices = {"": gettext("A new quiz")} | quizzes
    syllabuses = syllabuses_of(session, place.course.id)
    syllabus = syllabuses.get(current_language()) or next(iter(syllabuses.values()), None)
    modules = {one.id: one.title for one in (syllabus.modules if syllabus else ())}
    form.module.choices = {"": gettext("None")} | modules
    return form


def _sent() -> tuple[bytes, str]:
    """Return what was sent: a file with its name, or a text that was pasted."""
    file = request.files.get("file")
    if isinstance(file, FileStorage) and file.filename:
        return file.stream.read(), Path(file.filename).name
    return request.form.get("text", "").encode("utf-8", "replace"), ""


def _wanted(form: ImportForm, language: str) -> Wanted:
    if form.to.data:
        return Wanted(form.to.data, language, is_added=True)
    title, slug = form.title.data or "", form.slug.data or ""
    return Wanted(slug, language, title, form.module.data or "", form.use.data or "practice")


def _place(session: Session, public_id: str) -> Place:
    return get_offering(session, current_person(), public_id, Permission.AUTHOR)


def _found(session: Session, public_id: str, name: str) -> tuple[Place, QuestionImport]:
    place = _place(session, public_id)
    return place, get_import(session, current_person(), place, name, clock())


def _address(place: Place, row: QuestionImport) -> str:
    return url_for("authoring.show_import", public_id=place.offering.public_id, name=row.public_id)


def _instance() -> Path:
    found: Path = current_app.config["SETTINGS"].instance
    return found
