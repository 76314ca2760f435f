"""Files of an attempt: received with the form or by themselves, and given back to their learner."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Response, current_app, g, jsonify, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import FileStorage, MultiDict

from app.content.uploads import MAX_BYTES, clean_name, read_upload
from app.domain.errors import FileRefused, UnknownItem
from app.domain.roles import Permission, Person
from app.operations.blobs import blob_path, write_bytes
from app.operations.files import KeptFile, Upload, attach_file, get_file
from app.operations.sittings import open_sitting
from app.web.attempts.blueprint import bp
from app.web.database import Session, reading, writing
from app.web.errors import answer, refusal_message
from app.web.security import current_person, requires, takes_at_most
from app.web.sessions import this_device

#: one file of the largest size with what a form puts around it
FILE_BYTES = MAX_BYTES + 64 * 1024
#: a whole paper: several files, and everything written
FORM_BYTES = 3 * MAX_BYTES
SHOWN_INLINE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
FIELD = "file-"


@dataclass(slots=True)
class Received:
    """The files of a form by item, and why others could not be taken."""

    files: dict[str, list[Upload]] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)


def receive_files(sent: MultiDict[str, FileStorage]) -> Received:
    """Read the files of a form and write their bytes, before any transaction."""
    received = Received()
    for name, file in sent.items(multi=True):
        if not name.startswith(FIELD) or not file.filename:
            continue
        key = name.removeprefix(FIELD)
        try:
            received.files.setdefault(key, []).append(_receive(file, key))
        except FileRefused as refusal:
            received.problems[key] = file_problem(str(refusal), file.filename)
    return received


def _receive(file: FileStorage, item: str) -> Upload:
    data, media_type = read_upload(file.stream.read(MAX_BYTES + 1))
    write_bytes(current_app.config["SETTINGS"].instance, data)
    return Upload(data, media_type, clean_name(file.filename or ""), item)


def attach_received(
    session: Session, person: Person, public_id: str, received: Received
) -> Mapping[str, list[str]]:
    """Keep the files with their attempt; return the SHA-256 of each by item. The problems grow."""
    where = (current_app.config["SETTINGS"].instance, g.received_at, this_device())
    kept: dict[str, list[str]] = {}
    for key, uploads in received.files.items():
        for one in uploads:
            try:
                kept.setdefault(key, []).append(attach_file(session, person, public_id, one, where).sha256)
            except FileRefused as refusal:
                received.problems[key] = file_problem(str(refusal), one.name)
            except UnknownItem as refusal:
                received.problems[key] = refusal_message(refusal)
    return kept


def file_problem(reason: str, name: str) -> str:
    """Say why a file cannot be taken."""
    limit = MAX_BYTES // (1024 * 1024)
    problems = {
        "empty": gettext("%(name)s is empty. Choose another file.", name=name),
        "too-large": gettext(
            "%(name)s is larger than %(limit)s MB. Make it smaller.", name=name, limit=limit
        ),
        "broken": gettext("%(name)s is a picture that cannot be opened. Save it again.", name=name),
        "too-many": gettext("This attempt holds too many files already."),
    }
    return problems.get(reason, gettext("%(name)s is of a type that cannot be taken here.", name=name))


@bp.post("/attempts/<public_id>/files")
@takes_at_most(FILE_BYTES)
@requires(Permission.STUDY)
def attach(public_id: str) -> ResponseReturnValue:
    """Keep one file with an open attempt; an answer may then name it."""
    open_sitting(reading(), current_person(), public_id)
    file = request.files.get("file")
    if file is None or not file.filename:
        return answer(422, "file_refused", gettext("Choose a file first."))
    try:
        upload = _receive(file, request.form.get("item", ""))
        with writing() as session:
            where = (current_app.config["SETTINGS"].instance, g.received_at, this_device())
            kept = attach_file(session, current_person(), public_id, upload, where)
    except FileRefused as refusal:
        return answer(422, "file_refused", file_problem(str(refusal), file.filename))
    return jsonify(sha256=kept.sha256, name=kept.name, size=kept.size)


@bp.get("/attempts/<public_id>/files/<sha256>")
@requires(Permission.STUDY)
def file(public_id: str, sha256: str) -> Response:
    """Give a learner's file back; pictures are shown, anything else is downloaded."""
    kept = get_file(reading(), current_person(), public_id, sha256)
    return send_kept(kept, kept.name)


def send_kept(kept: KeptFile, name: str) -> Response:
    """Send a kept file with its fixed type, under a name; it can do nothing on a page of ours."""
    path = blob_path(current_app.config["SETTINGS"].instance, kept.sha256)
    response = send_file(
        path,
        mimetype=kept.media_type,
        as_attachment=kept.media_type not in SHOWN_INLINE,
        download_name=name,
        etag=kept.sha256,
        max_age=0,
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "no-store"
    return response
