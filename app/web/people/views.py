"""One-time passwords that an instructor issues to students of their own."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.domain.accounts import draw_password
from app.domain.roles import Permission
from app.operations.accounts import get_own_student, issue_password
from app.operations.passwords import hash_password
from app.web.clock import chance, clock
from app.web.database import reading, writing
from app.web.security import current_person, requires

bp = Blueprint("people", __name__)


@bp.post("/teach/people/<public_id>/password")
@requires(Permission.ISSUE_PASSWORD)
def issue(public_id: str) -> ResponseReturnValue:
    """Issue a one-time password and show it, this once."""
    teacher = current_person()
    get_own_student(reading(), teacher, public_id)
    password = draw_password(chance())
    password_hash = hash_password(password)
    with writing() as session:
        student = get_own_student(session, teacher, public_id)
        issue_password(session, student, password_hash, teacher, clock())
    return render_template("people/one_time_password.html", user=student, password=password)
