"""The release gate of an exam: what is missing, the release, taking it back, what learners then see."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _l

from app.domain.errors import BadExam, NotReleasable
from app.domain.review import AFTERWARDS, Aspect, Phase, open_phases, read_matrix
from app.domain.roles import Permission
from app.operations.halls import Hall, get_hall, hold_hall
from app.operations.orders import Order
from app.operations.releasing import (
    Need,
    OpenConflict,
    change_review,
    make_checklist,
    release_exam,
    withdraw_release,
)
from app.web.attempts.wording import Wording
from app.web.clock import clock
from app.web.database import Session, reading, writing
from app.web.security import current_person, requires
from app.web.teach.blueprint import bp
from app.web.teach.exams import about_hall, said
from app.web.teach.late import sheet_of

#: need -> what it is called, the page on which it is met
NEEDS: Mapping[Need, tuple[LazyString, str]] = {
    Need.CLOSED: (_l("The exam is closed for everybody, also with accommodations"), ""),
    Need.SAT: (_l("Nobody is sitting it"), ""),
    Need.SWEPT: (_l("Attempts whose time is over are closed"), ""),
    Need.ARRIVED: (_l("No late answer can arrive any more"), ""),
    Need.SCORED: (_l("Everything handed in is scored by its key"), ""),
    Need.SOUND: (_l("No attempt resists being closed or scored; the server's log names those that do"), ""),
    Need.MARKED: (_l("Every written answer is marked"), "marking.index"),
    Need.CHOSEN: (_l("No answer has two marks"), "marking.index"),
    Need.DECIDED: (_l("Every late answer is decided about"), "teach.late"),
}
ASPECTS: Mapping[Aspect, LazyString] = {
    Aspect.ANSWERS: _l("Own answers"),
    Aspect.MARKS: _l("Points, pass or fail, the marker's comments"),
    Aspect.CORRECTNESS: _l("Right or wrong, by question"),
    Aspect.KEY: _l("Keys and marking points"),
    Aspect.FEEDBACK: _l("Feedback on options"),
    Aspect.EXPLANATION: _l("Explanations"),
    Aspect.STATISTICS: _l("Figures of everybody"),
}
PHASES: Mapping[Phase, LazyString] = {
    Phase.JUST_AFTER: _l("Just after handing in"),
    Phase.WHILE_OPEN: _l("While others sit it"),
    Phase.CLOSED: _l("After the close"),
    Phase.RELEASED: _l("After the release"),
}


@dataclass(frozen=True, slots=True)
class ConflictView:
    """A conflict that was open at the hand-in, both answers in words."""

    login: str
    name: str
    number: int | None
    counts: str
    other: str


@bp.get("/exams/<public_id>/release")
@requires(Permission.SET_EXAM)
def release_gate(public_id: str) -> ResponseReturnValue:
    """Show what is missing before the results can be released, and what learners will see."""
    session = reading()
    return _show(session, get_hall(session, current_person(), public_id, Permission.SET_EXAM))


@bp.post("/exams/<public_id>/release")
@requires(Permission.SET_EXAM)
def release_results(public_id: str) -> ResponseReturnValue:
    """Release the results."""
    person = current_person()
    try:
        with writing() as session:
            hall = hold_hall(session, person, public_id, Permission.SET_EXAM)
            release_exam(session, person, hall, clock())
    except NotReleasable:
        return _show(reading(), hall, gettext("Not released: see below what is missing.")), 409
    flash(gettext("The results are released. Learners see what is ticked below."), "success")
    return redirect(url_for("teach.release_gate", public_id=public_id), 303)


@bp.post("/exams/<public_id>/release/undo")
@requires(Permission.SET_EXAM)
def take_back(public_id: str) -> ResponseReturnValue:
    """Take the release back, with a reason."""
    person = current_person()
    try:
        with writing() as session:
            hall = hold_hall(session, person, public_id, Permission.SET_EXAM)
            withdraw_release(
                session, hall, Order(person, request.form.get("reason", "").strip()[:200], clock())
            )
    except BadExam as refusal:
        return _show(reading(), hall, said(refusal)), 422
    flash(gettext("The release is taken back. Learners see no results."), "success")
    return redirect(url_for("teach.release_gate", public_id=public_id), 303)


@bp.post("/exams/<public_id>/review")
@requires(Permission.SET_EXAM)
def review_matrix(public_id: str) -> ResponseReturnValue:
    """Say what learners see of the exam, and when."""
    person = current_person()
    ticked = set(request.form.getlist("show"))
    matrix = {
        aspect: frozenset(phase for phase in AFTERWARDS if f"{aspect.value}.{phase.value}" in ticked)
        for aspect in Aspect
    }
    with writing() as session:
        hall = hold_hall(session, person, public_id, Permission.SET_EXAM)
        change_review(session, person, hall, matrix, clock())
    flash(gettext("Saved."), "success")
    return redirect(url_for("teach.release_gate", public_id=public_id), 303)


def _show(session: Session, hall: Hall, problem: str = "") -> str:
    found = make_checklist(session, hall, clock())
    return render_template(
        "teach/exam_release.html",
        **about_hall(session, hall),
        checks=[(one, *NEEDS[one.need]) for one in found.checks],
        is_ready=not found.missing,
        conflicts=[_conflict(session, one) for one in found.conflicts],
        matrix=read_matrix(hall.exam.review),
        aspects=[(aspect, name, open_phases(aspect)) for aspect, name in ASPECTS.items()],
        phases=PHASES,
        problem=problem,
        now=clock(),
    )


def _conflict(session: Session, conflict: OpenConflict) -> ConflictView:
    sheet = sheet_of(session, conflict.attempt)
    nothing = gettext("No answer")
    place = next(place for place in sheet.places if place.key == conflict.item)
    return ConflictView(
        login=conflict.user.login,
        name=conflict.user.name,
        number=place.number,
        counts=Wording(sheet).answer(place, conflict.counts) or nothing,
        other=Wording(sheet).answer(place, conflict.other) or nothing,
    )
