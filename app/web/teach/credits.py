"""Take a credit of time back."""

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.domain.roles import Permission
from app.operations.board import look_at_board
from app.operations.credits import get_credit_line, list_credited
from app.operations.halls import Hall, get_hall, hold_hall
from app.operations.orders import Order
from app.operations.timekeeping import undo_credit
from app.web.attempts.presence import presences
from app.web.clock import clock
from app.web.database import reading, writing
from app.web.security import current_person, requires
from app.web.teach.blueprint import bp
from app.web.teach.exams import about_hall
from app.web.teach.order_forms import UndoForm


@bp.get("/exams/<public_id>/credits/<int:number>")
@requires(Permission.INVIGILATE)
def credit(public_id: str, number: int) -> ResponseReturnValue:
    """Show a credit of time, whom it was given to, and the way to take it back."""
    hall = get_hall(reading(), current_person(), public_id, Permission.INVIGILATE)
    return show_credit(hall, number, UndoForm(formdata=None))


@bp.post("/exams/<public_id>/credits/<int:number>/undo")
@requires(Permission.INVIGILATE)
def take_credit_back(public_id: str, number: int) -> ResponseReturnValue:
    """Take the minutes back from those who still sit."""
    person, form = current_person(), UndoForm()
    hall = get_hall(reading(), person, public_id, Permission.INVIGILATE)
    if not form.validate():
        return show_credit(hall, number, form, 422)
    with writing() as session:
        hall = hold_hall(session, person, public_id, Permission.INVIGILATE)
        is_undone = get_credit_line(session, hall.exam.id, number).credit.undone_at is not None
        count = 0 if is_undone else undo_credit(session, hall, Order(person, form.why, clock()), number)
    if is_undone:
        flash(gettext("These minutes were taken back already."), "info")
    else:
        flash(_taken_back(count), "success")
    return redirect(url_for("teach.board", public_id=public_id), 303)


def _taken_back(count: int) -> str:
    return ngettext(
        "The minutes were taken back from %(num)s person.",
        "The minutes were taken back from %(num)s people.",
        count,
    )


def show_credit(hall: Hall, number: int, form: UndoForm, status: int = 200) -> ResponseReturnValue:
    """Render the page of a credit."""
    session = reading()
    line = get_credit_line(session, hall.exam.id, number)
    board = look_at_board(session, hall, presences(), clock())
    given = set(list_credited(session, line.credit))
    seats = [seat for seat in board.seats if seat.sat and seat.sat.public_id in given]
    body = render_template(
        "teach/exam_credit.html", **about_hall(session, hall), line=line, board=board, seats=seats, form=form
    )
    response = make_response(body)
    response.status_code = status
    return response
