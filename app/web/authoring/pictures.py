"""Pictures that authors put into their texts: checked, drawn anew, kept with the course."""

from flask import current_app, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import FileStorage

from app.content.media import MAX_BYTES
from app.content.uploads import read_upload, type_of
from app.domain.errors import FileRefused
from app.domain.roles import Permission
from app.operations.blobs import write_bytes
from app.operations.offerings import check_running, get_offering
from app.operations.pictures import KINDS, Drawn, add_picture
from app.web.authoring.blueprint import bp
from app.web.clock import clock
from app.web.database import reading, writing
from app.web.errors import answer, wants_json
from app.web.security import current_person, requires, takes_at_most

LONGEST_ALT = 300
FORM_BYTES = MAX_BYTES + 64 * 1024


@bp.post("/offerings/<public_id>/pictures")
@takes_at_most(FORM_BYTES)
@requires(Permission.AUTHOR)
def add(public_id: str) -> ResponseReturnValue:
    """Keep a picture, and say the line that shows it in a text."""
    person = current_person()
    check_running(get_offering(reading(), person, public_id, Permission.AUTHOR).offering)
    file, alt = request.files.get("file"), " ".join(request.form.get("alt", "").split())[:LONGEST_ALT]
    if file is None or not file.filename:
        return answer(422, "file_refused", gettext("Choose a file first."))
    if not alt:
        return answer(422, "file_refused", gettext("Say in words what the picture shows."))
    try:
        drawn = _receive(file)
    except FileRefused as refusal:
        return answer(422, "file_refused", _problem(str(refusal)))
    with writing() as session:
        place = get_offering(session, person, public_id, Permission.AUTHOR)
        instance = current_app.config["SETTINGS"].instance
        name = add_picture(session, person, place, drawn, (instance, clock()))
    return _shown(public_id, f"![{_escaped(alt)}](media/{name})")


def _receive(file: FileStorage) -> Drawn:
    """Read a picture and write its bytes, before any transaction.

    :raises FileRefused: it is none, too large, or cannot be opened.
    """
    data = file.stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise FileRefused("too-large")
    if type_of(data) not in KINDS:
        raise FileRefused("type")
    drawn, media_type = read_upload(data)
    write_bytes(current_app.config["SETTINGS"].instance, drawn)
    return Drawn(drawn, media_type, file.filename or "")


def _problem(reason: str) -> str:
    limit = MAX_BYTES // (1024 * 1024)
    problems = {
        "too-large": gettext("The picture is larger than %(limit)s MB. Make it smaller.", limit=limit),
        "broken": gettext("The picture cannot be opened. Save it again in the program that made it."),
    }
    return problems.get(
        reason, gettext("This is no PNG, JPEG, WebP or GIF picture. Save it as one of these.")
    )


def _escaped(alt: str) -> str:
    return alt.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _shown(public_id: str, line: str) -> ResponseReturnValue:
    if wants_json():
        return jsonify(line=line)
    flash(
        gettext("The picture is there. Put this line where it should stand: %(line)s", line=line), "success"
    )
    return redirect(url_for("authoring.texts", public_id=public_id), 303)
