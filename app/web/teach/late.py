"""Late answers of an exam: who sent what after the end, and whether it counts."""

from dataclasses import dataclass
from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.domain.errors import BadExam
from app.domain.events import ACCEPT, REJECT, Record
from app.domain.roles import Permission
from app.models import Attempt, User
from app.operations.halls import Hall, get_hall, hold_hall
from app.operations.late import LateAnswer, decide_late, list_late
from app.operations.orders import Order
from app.operations.sittings import get_sitting
from app.web.attempts.sheet import Sheet
from app.web.attempts.sheets import plain_sheet
from app.web.attempts.wording import Wording
from app.web.clock import clock
from app.web.database import Session, reading, writing
from app.web.security import current_person, requires
from app.web.teach.blueprint import bp
from app.web.teach.exams import about_hall, said

LONGEST_REASON = 200
RULINGS = {"accept": ACCEPT, "reject": REJECT}


@dataclass(frozen=True, slots=True)
class LateView:
    """A late answer in words. ``late_by`` is in whole seconds."""

    name: str
    user: User
    attempt: str
    number: int | None
    stem: str
    late_by: int
    present: str
    sent: str
    ruling: str | None
    reason: str


@bp.get("/exams/<public_id>/late")
@requires(Permission.SET_EXAM)
def late(public_id: str) -> ResponseReturnValue:
    """List what came after the end, first what waits for a decision."""
    session = reading()
    return _show(session, get_hall(session, current_person(), public_id, Permission.SET_EXAM))


@bp.post("/exams/<public_id>/late")
@requires(Permission.SET_EXAM)
def rule_late(public_id: str) -> ResponseReturnValue:
    """Let the chosen answers count, or not."""
    session, person = reading(), current_person()
    hall = get_hall(session, person, public_id, Permission.SET_EXAM)
    chosen, kind = request.form.getlist("late"), RULINGS.get(request.form.get("ruling", ""))
    reason = request.form.get("reason", "").strip()
    if not chosen or kind is None:
        return _show(session, hall, gettext("Choose the answers first."))
    if len(reason) > LONGEST_REASON:
        return _show(session, hall, gettext("The reason is longer than %(n)s characters.", n=LONGEST_REASON))
    try:
        with writing() as session:
            hall = hold_hall(session, person, public_id, Permission.SET_EXAM)
            count = decide_late(session, hall, Order(person, reason, clock()), chosen, kind)
    except BadExam as refusal:
        return _show(reading(), hall, said(refusal))
    if kind == ACCEPT:
        text = ngettext("%(num)s late answer counts now.", "%(num)s late answers count now.", count)
    else:
        text = ngettext("%(num)s late answer does not count.", "%(num)s late answers do not count.", count)
    flash(text, "success")
    return redirect(url_for("teach.late", public_id=public_id), 303)


def sheet_of(session: Session, attempt: Attempt) -> Sheet:
    """Return the sheet of anybody's attempt, to say answers of it in words."""
    sitting = get_sitting(session, attempt.public_id, attempt.user_id)
    return plain_sheet(session, sitting, Record())


def _show(session: Session, hall: Hall, problem: str = "") -> ResponseReturnValue:
    found = list_late(session, hall.exam.id)
    sheets = {one.attempt.id: sheet_of(session, one.attempt) for one in found}
    views = [_view(sheets[one.attempt.id], one) for one in found]
    names = {
        "waiting": [view for view in views if view.ruling is None],
        "decided": [view for view in views if view.ruling is not None],
        "chosen": set(request.form.getlist("late")),
        "reason": request.form.get("reason", ""),
        "problem": problem,
    }
    body = render_template("teach/exam_late.html", **about_hall(session, hall), **names)
    return (body, 422) if problem else body


def _view(sheet: Sheet, late: LateAnswer) -> LateView:
    nothing = gettext("No answer")
    place = next(place for place in sheet.places if place.key == late.item)
    return LateView(
        name=late.name,
        user=late.user,
        attempt=late.attempt.public_id,
        number=place.number,
        stem=Wording(sheet).label(place).stem,
        late_by=late.late_by // timedelta(seconds=1),
        present=Wording(sheet).answer(place, late.present) or nothing,
        sent=Wording(sheet).answer(place, late.sent) or nothing,
        ruling={ACCEPT: "accepted", REJECT: "rejected"}.get(late.ruling or ""),
        reason=late.reason,
    )
