"""The files of a course: its authors upload, rename, move and remove them."""

from contextlib import closing

from flask import current_app, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import FileStorage

from app.content.course_files import check_course_file
from app.content.uploads import clean_name
from app.domain.course_files import COURSE_BYTES, LONGEST_TITLE, MAX_BYTES, MEBIBYTE
from app.domain.errors import FileRefused
from app.domain.roles import Permission
from app.operations.blobs import write_bytes
from app.operations.course_files import Label, NewFile, add_file, change_file, check_room, remove_file
from app.operations.offerings import Place, get_offering
from app.web.clock import clock
from app.web.courses.files import by_module, file_views
from app.web.database import Session, reading, writing
from app.web.errors import answer
from app.web.security import current_person, requires, takes_at_most
from app.web.teach.blueprint import bp
from app.web.teach.forms import FileForm, LabelForm
from app.web.teach.views import about, syllabus_page

#: a file that is somewhat too large is told so in a sentence; one beyond this is cut off
BODY_BYTES = 3 * MAX_BYTES


@bp.get("/offerings/<public_id>/files")
@requires(Permission.AUTHOR)
def files(public_id: str) -> ResponseReturnValue:
    """Show the files of the course by module, and the form to add one."""
    session = reading()
    place = get_offering(session, current_person(), public_id, Permission.AUTHOR)
    return _show(session, place, _file_form(session, place))


@bp.post("/offerings/<public_id>/files")
@takes_at_most(BODY_BYTES)
@requires(Permission.AUTHOR)
def add_course_file(public_id: str) -> ResponseReturnValue:
    """Put a file beside a module; a page that sends it by itself is told where to go on."""
    person = current_person()
    place = get_offering(reading(), person, public_id, Permission.AUTHOR)
    form = _file_form(reading(), place)
    if not form.validate_on_submit():
        return _refuse(place, form)
    try:
        new = _receive(form)
        check_room(reading(), place, len(new.data))
        # before the transaction, which only compares them
        write_bytes(current_app.config["SETTINGS"].instance, new.data)
        with writing() as session:
            place = get_offering(session, person, public_id, Permission.AUTHOR)
            add_file(session, place, person, new, (current_app.config["SETTINGS"].instance, clock()))
    except FileRefused as refusal:
        form.file.errors = [problem(str(refusal), _name(request.files.get("file")))]
        return _refuse(place, form)
    flash(gettext("The file stands on the course page."), "success")
    address = url_for("teach.files", public_id=public_id)
    return jsonify(next=address) if _wants_json() else redirect(address, 303)


@bp.post("/offerings/<public_id>/files/<int:number>")
@requires(Permission.AUTHOR)
def change_course_file(public_id: str, number: int) -> ResponseReturnValue:
    """Give a file another title or module."""
    person, form = current_person(), LabelForm()
    place = get_offering(reading(), person, public_id, Permission.AUTHOR)
    form.module.choices = _modules(reading(), place)
    if not form.validate_on_submit():
        flash(gettext("Give the file a title of at most %(most)s characters.", most=LONGEST_TITLE), "danger")
        return redirect(url_for("teach.files", public_id=public_id), 303)
    with writing() as session:
        place = get_offering(session, person, public_id, Permission.AUTHOR)
        label = Label(form.module.data, clean_name(form.title.data or ""))
        change_file(session, place, person, (number, label), clock())
    flash(gettext("Changed."), "success")
    return redirect(url_for("teach.files", public_id=public_id), 303)


@bp.post("/offerings/<public_id>/files/<int:number>/remove")
@requires(Permission.AUTHOR)
def remove_course_file(public_id: str, number: int) -> ResponseReturnValue:
    """Show a file to nobody any more."""
    person = current_person()
    with writing() as session:
        place = get_offering(session, person, public_id, Permission.AUTHOR)
        remove_file(session, place, person, number, clock())
    flash(gettext("The file is no longer shown."), "success")
    return redirect(url_for("teach.files", public_id=public_id), 303)


def problem(reason: str, name: str) -> str:
    """Say why a file cannot be taken, and what to do."""
    limit, quota = MAX_BYTES // MEBIBYTE, COURSE_BYTES // MEBIBYTE
    problems = {
        "none": gettext("Choose a file first."),
        "empty": gettext("%(name)s is empty. Choose another file.", name=name),
        "too-large": gettext("%(name)s is larger than %(n)s MB. Make it smaller.", name=name, n=limit),
        "markup": gettext("%(name)s is a web page or an SVG picture. Save it as PDF.", name=name),
        "mismatch": gettext("%(name)s is not what its name says. Save it again from its program.", name=name),
        "macros": gettext("%(name)s holds macros. Save it as PPTX without them, or as PDF.", name=name),
        "quota": gettext("The course would show more than %(n)s MB. Remove a file first.", n=quota),
    }
    other = gettext("%(name)s is none of PDF, PPTX, MP3, M4A, WAV, MP4 and WebM. Save it as one.", name=name)
    return problems.get(reason, other)


def _receive(form: FileForm) -> NewFile:
    """Read the file and check that it is what its name says."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise FileRefused("none")
    with closing(file):
        data, name = file.stream.read(MAX_BYTES + 1), _name(file)
    ending = check_course_file(data, name)
    title = (form.title.data or "").strip() or name.rpartition(".")[0] or name
    return NewFile(data, ending, Label(form.module.data, clean_name(title)[:LONGEST_TITLE]))


def _name(file: FileStorage | None) -> str:
    return clean_name((file.filename if file else "") or "")


def _file_form(session: Session, place: Place) -> FileForm:
    form = FileForm()
    form.module.choices = _modules(session, place)
    return form


def _modules(session: Session, place: Place) -> list[tuple[str, str]]:
    page = syllabus_page(session, place)
    return [(module.id, module.title) for module in (page.syllabus.modules if page else ())]


def _show(session: Session, place: Place, form: FileForm) -> ResponseReturnValue:
    views = file_views(session, place.course)
    modules = [(str(one[0]), str(one[1])) for one in form.module.choices or ()]
    body = render_template(
        "teach/files.html",
        **about(place),
        form=form,
        modules=modules,
        files=by_module(views, [name for name, _ in modules]),
        used=sum(one.size for one in views),
        most=COURSE_BYTES,
        largest=MAX_BYTES,
        largest_mb=MAX_BYTES // MEBIBYTE,
    )
    return (body, 422) if form.errors else body


def _refuse(place: Place, form: FileForm) -> ResponseReturnValue:
    if _wants_json():
        first = next(error for errors in form.errors.values() for error in errors)
        return answer(422, "file_refused", str(first))
    return _show(reading(), place, form)


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"
