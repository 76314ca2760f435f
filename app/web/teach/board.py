"""The live board of an exam: who is there, who sits, how far everybody is. It renews itself."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.domain.roles import Permission
from app.operations.board import look_at_board
from app.operations.credits import list_credit_lines
from app.operations.halls import Hall, get_hall
from app.web.attempts.presence import presences
from app.web.clock import clock
from app.web.database import Session, reading
from app.web.security import current_person, requires
from app.web.teach.blueprint import bp
from app.web.teach.exams import about_hall
from app.web.teach.orders import Desk, act_named, acts_of, desk_of, show_order
from app.web.teach.seats import SORTS, read_asked, show_seats, totals


@bp.get("/exams/<public_id>/board")
@requires(Permission.INVIGILATE)
def board(public_id: str) -> ResponseReturnValue:
    """Show the live board."""
    session = reading()
    return show_page(session, get_hall(session, current_person(), public_id, Permission.INVIGILATE))


@bp.post("/exams/<public_id>/orders")
@requires(Permission.INVIGILATE)
def choose_order(public_id: str) -> ResponseReturnValue:
    """Show the page of an act for those who were chosen on the board; an act for one asks for one there."""
    session = reading()
    hall = get_hall(session, current_person(), public_id, Permission.INVIGILATE)
    act = act_named(request.form.get("act", "extend"))
    desk = desk_of(session, hall, act, act.form(formdata=None))
    return (show_page(session, hall, desk), 422) if desk.lacks_one else show_order(desk)


def show_page(session: Session, hall: Hall, desk: Desk | None = None) -> str:
    """Render the board; an act that lacks its one person says so there, and what was ticked stays ticked."""
    return render_template(
        "teach/exam_board.html",
        desk=desk,
        ticked=[seat.sat.public_id for seat in desk.chosen if seat.sat] if desk else (),
        **about_hall(session, hall),
        **show_board(session, hall),
        acts=acts_of(hall),
        sorts={name: text for name, (text, _) in SORTS.items()},
        credits=list_credit_lines(session, hall.exam.id),
    )


@bp.get("/exams/<public_id>/board/rows")
@requires(Permission.INVIGILATE)
def board_rows(public_id: str) -> ResponseReturnValue:
    """Show what changes on the board: asked for every few seconds."""
    session = reading()
    hall = get_hall(session, current_person(), public_id, Permission.INVIGILATE)
    return render_template("teach/_board.html", hall=hall, **show_board(session, hall))


def show_board(session: Session, hall: Hall) -> dict[str, Any]:
    """Return the totals and the seats that the address asks for."""
    asked = read_asked(request.args)
    found = look_at_board(session, hall, presences(), clock())
    return {
        "board": found,
        "asked": asked,
        "seats": show_seats(found, asked),
        "totals": totals(found, asked, hall.exam.public_id),
    }
