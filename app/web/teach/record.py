"""The record of an attempt: the page that answers an appeal."""

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from app.domain.roles import Permission
from app.operations.files import find_file, list_files
from app.operations.halls import Hall, get_hall
from app.operations.records import note_view, read_record
from app.operations.sittings import get_sitting
from app.web.attempts.record import by_item, receipt_key
from app.web.attempts.record_marks import STAFF
from app.web.attempts.record_view import view_record
from app.web.attempts.uploads import send_kept
from app.web.clock import clock
from app.web.database import reading, writing
from app.web.security import current_person, requires
from app.web.sessions import address
from app.web.teach.blueprint import bp
from app.web.teach.exams import about_hall


@bp.get("/exams/<public_id>/attempts/<attempt>")
@requires(Permission.INVIGILATE)
def attempt_record(public_id: str, attempt: str) -> ResponseReturnValue:
    """Show everything that was kept of an attempt; that it was read is noted first."""
    hall, user_id = note_reading(public_id, attempt)
    session = reading()
    found = read_record(session, attempt, user_id, receipt_key())
    return render_template(
        "teach/exam_record.html",
        **about_hall(session, hall),
        view=view_record(session, found, STAFF),
        by_item=by_item(),
    )


@bp.get("/exams/<public_id>/attempts/<attempt>/files/<sha256>")
@requires(Permission.INVIGILATE)
def record_file(public_id: str, attempt: str, sha256: str) -> Response:
    """Give a file that the learner gave to the attempt, under its own name; that too is noted first."""
    _, user_id = note_reading(public_id, attempt)
    session = reading()
    kept = find_file(list_files(session, get_sitting(session, attempt, user_id).attempt), sha256)
    return send_kept(kept, kept.name)


def note_reading(public_id: str, attempt: str) -> tuple[Hall, int]:
    """Note that the present person reads an attempt; return its exam, and whose it is."""
    person = current_person()
    with writing() as session:
        hall = get_hall(session, person, public_id, Permission.INVIGILATE)
        return hall, note_view(session, person, hall, attempt, (clock(), address()))
