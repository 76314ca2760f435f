"""The record of an attempt: the page that answers an appeal."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.domain.roles import Permission
from app.operations.halls import get_hall
from app.operations.records import note_view, read_record
from app.web.attempts.record import by_item, receipt_key
from app.web.attempts.record_view import view_record
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
    person = current_person()
    with writing() as session:
        hall = get_hall(session, person, public_id, Permission.INVIGILATE)
        user_id = note_view(session, person, hall, attempt, (clock(), address()))
    session = reading()
    found = read_record(session, attempt, user_id, receipt_key())
    return render_template(
        "teach/exam_record.html",
        **about_hall(session, hall),
        view=view_record(session, found),
        by_item=by_item(),
    )
