"""The learner's own record of an attempt, after the release."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from app.domain.review import Aspect
from app.domain.roles import Permission
from app.operations.halls import Hall
from app.operations.own_exams import titles_in
from app.operations.records import read_own_record
from app.operations.signing import load_key
from app.web.attempts.blueprint import bp
from app.web.attempts.record_marks import Sees
from app.web.attempts.record_view import view_record
from app.web.clock import clock
from app.web.courses.presenting import course_link
from app.web.database import reading
from app.web.languages import current_language
from app.web.security import current_person, requires


@bp.get("/attempts/<public_id>/record")
@requires(Permission.STUDY)
def record(public_id: str) -> ResponseReturnValue:
    """Show everything that was kept of the person's own attempt."""
    session = reading()
    found, review = read_own_record(session, current_person(), public_id, receipt_key(), clock())
    sitting = found.sitting
    hall = Hall(sitting.exam, sitting.offering, sitting.course, sitting.document)
    return render_template(
        "attempts/record.html",
        view=view_record(session, found, Sees(marks=review.shows(Aspect.MARKS), names=False)),
        title=titles_in(session, [hall], current_language())[sitting.exam.id],
        course=course_link(sitting.course),
        by_item=by_item(),
    )


def receipt_key() -> Ed25519PublicKey:
    """Return the key that receipts of this instance are verified with."""
    return load_key(current_app.config["SETTINGS"].instance).public_key()


def by_item() -> bool:
    """Whether the record is asked for item by item."""
    return request.args.get("by") == "item"
