"""Orders of somebody who watches an exam: more time, pause, an end, opening again, voiding."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.errors import NotFound, Refusal
from app.domain.exam import Devices, ExamState
from app.domain.roles import Permission
from app.operations.board import Board, Seat, look_at_board
from app.operations.credits import list_concerned
from app.operations.halls import Hall, get_hall, hold_hall
from app.operations.orders import Order
from app.web.attempts.presence import presences
from app.web.clock import clock
from app.web.database import Session, reading, renewed_reading, writing
from app.web.errors import refusal_status
from app.web.security import current_person, requires
from app.web.teach.acts import ABOUT_DEVICES, ABOUT_RESULTS, ACTS, Act, Wish
from app.web.teach.blueprint import bp
from app.web.teach.exams import about_hall
from app.web.teach.order_forms import ALL, CHOSEN, OPEN_AT, OrderForm, TimeForm, name_groups
from app.web.teach.words import refused_words

MOST_CHOSEN = 5000


@dataclass(slots=True)
class Desk:
    """What a page of an order is made of: the board as it is now, who was chosen, the form."""

    hall: Hall
    act: Act
    board: Board
    chosen: Sequence[Seat]
    form: OrderForm
    problem: str = ""
    ended: Sequence[Seat] = ()

    @property
    def fitting(self) -> Sequence[Seat]:
        """Those of the chosen whom the act can concern."""
        return [seat for seat in self.chosen if seat.state in self.act.states]

    @property
    def others(self) -> Sequence[Seat]:
        """Those of the chosen whom it cannot concern."""
        return [seat for seat in self.chosen if seat.state not in self.act.states]

    @property
    def lacks_one(self) -> bool:
        """Whether the act concerns one person and none, or several, were chosen."""
        return self.act.for_one and len(self.chosen) != 1

    @property
    def all(self) -> Sequence[Seat]:
        """Everybody whom it can concern."""
        return [seat for seat in self.board.seats if seat.state in self.act.states]


def acts_of(hall: Hall) -> Sequence[Act]:
    """Return what can be done to those who sit an exam, or sat it."""
    if hall.offering.is_archived or hall.exam.scheduled_at is None:
        return []
    shut = ABOUT_RESULTS if hall.exam.state(clock()) is ExamState.RELEASED else frozenset()
    if hall.exam.devices != Devices.FIRST:
        shut |= ABOUT_DEVICES
    return [act for act in ACTS.values() if act.name not in shut]


def act_named(name: str) -> Act:
    """Return an act.

    :raises NotFound: there is no such act.
    """
    if name not in ACTS:
        raise NotFound(name)
    return ACTS[name]


@bp.get("/exams/<public_id>/orders/<act>")
@requires(Permission.INVIGILATE)
def order(public_id: str, act: str) -> ResponseReturnValue:
    """Show the page of an act, for everybody whom it can concern."""
    hall = get_hall(reading(), current_person(), public_id, Permission.INVIGILATE)
    known = act_named(act)
    return show_order(desk_of(reading(), hall, known, known.form(formdata=None)))


@bp.post("/exams/<public_id>/orders/<act>")
@requires(Permission.INVIGILATE)
def give_order(public_id: str, act: str) -> ResponseReturnValue:
    """Do what was asked for; what concerns many or is final is shown once more before."""
    hall = get_hall(reading(), current_person(), public_id, Permission.INVIGILATE)
    known = act_named(act)
    form = known.form()
    if isinstance(form, TimeForm):
        form.opens_at = hall.exam.opens_at
    desk = desk_of(reading(), hall, known, form)
    if "change" in request.form:
        return show_order(desk)
    if not form.validate():
        return show_order(desk, 422)
    seats = _meant(desk)
    if not seats:
        form.whom.errors = [_nobody(desk)]
        return show_order(desk, 422)
    if _is_shown_first(desk) and "sure" not in request.form:
        return render_template(
            "teach/exam_order_preview.html", **about_hall(reading(), hall), desk=desk, seats=seats
        )
    return _do(public_id, desk, seats)


def show_order(desk: Desk, status: int = 200) -> ResponseReturnValue:
    """Render the page of an order; an act for one asks for that one whatever else is missing."""
    if desk.lacks_one:
        desk.form.whom.errors = [_nobody(desk)]
    told = about_hall(reading(), desk.hall)
    response = make_response(render_template("teach/exam_order.html", **told, desk=desk))
    response.status_code = status
    return response


def desk_of(session: Session, hall: Hall, act: Act, form: OrderForm) -> Desk:
    """Lay out the page of an act for those who were chosen on the board."""
    board = look_at_board(session, hall, presences(), clock())
    wanted = set(request.form.getlist("attempt")[:MOST_CHOSEN])
    chosen = [seat for seat in board.seats if seat.sat and seat.sat.public_id in wanted]
    desk = Desk(hall, act, board, chosen, form)
    if act.for_one:
        name_groups(form, [(CHOSEN, gettext("Chosen on the board"))], CHOSEN)
    else:
        groups = [(ALL, _all_words(desk))]
        if chosen:
            groups.insert(0, (CHOSEN, gettext("Chosen on the board: %(n)s", n=len(desk.fitting))))
        if isinstance(form, TimeForm):
            groups.append((OPEN_AT, gettext("Everybody who was open at a time")))
        name_groups(form, groups, CHOSEN if chosen else ALL)
    return desk


def _all_words(desk: Desk) -> str:
    if desk.act.name == "resume":
        return gettext("Everybody who is paused: %(n)s", n=len(desk.all))
    return gettext("Everybody who is sitting now: %(n)s", n=len(desk.all))


def _meant(desk: Desk) -> Sequence[Seat]:
    """Return whom the order concerns."""
    if desk.act.for_one:
        return [] if desk.lacks_one else desk.fitting
    if desk.form.group == OPEN_AT and isinstance(desk.form, TimeForm):
        return _open_then(desk, desk.form)
    return desk.all if desk.form.group == ALL else desk.fitting


def _open_then(desk: Desk, form: TimeForm) -> Sequence[Seat]:
    at = form.instant()
    assert at is not None
    concerned = list_concerned(reading(), desk.hall.exam.id, at, desk.board.at)
    desk.ended = _seats_of(desk.board, concerned.ended)
    return _seats_of(desk.board, concerned.open)


def _seats_of(board: Board, attempts: Sequence[str]) -> Sequence[Seat]:
    wanted = set(attempts)
    return [seat for seat in board.seats if seat.sat and seat.sat.public_id in wanted]


def _nobody(desk: Desk) -> str:
    """Say why nobody is concerned."""
    if desk.lacks_one:
        return gettext("Choose one student on the board, then this act.")
    if desk.act.for_one:
        return gettext("This cannot be done to an attempt in this state.")
    if desk.form.group == CHOSEN:
        return gettext("None of the chosen is in a state in which this can be done.")
    return gettext("There is nobody whom this would concern now.")


def _is_shown_first(desk: Desk) -> bool:
    return desk.form.group != CHOSEN or desk.act.is_final


def _do(public_id: str, desk: Desk, seats: Sequence[Seat]) -> ResponseReturnValue:
    person, form = current_person(), desk.form
    wish = Wish(_chosen(form, seats), form.length)
    try:
        with writing() as session:
            hall = hold_hall(session, person, public_id, Permission.INVIGILATE)
            # what was saved while this waited for its turn came before it
            told = desk.act.do(session, hall, Order(person, form.why, clock()), wish)
    except Refusal as refusal:
        desk.hall = get_hall(renewed_reading(), person, public_id, Permission.INVIGILATE)
        desk.problem = refused_words(refusal)
        return show_order(desk, refusal_status(refusal))
    flash(told, "success")
    return redirect(url_for("teach.board", public_id=public_id), 303)


def _chosen(form: OrderForm, seats: Sequence[Seat]) -> Sequence[str] | datetime:
    at = form.instant() if isinstance(form, TimeForm) and form.needs_time else None
    return at or [seat.sat.public_id for seat in seats if seat.sat]
