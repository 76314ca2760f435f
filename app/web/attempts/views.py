"""Practise a quiz: its page, the paper, answers, handing in, the result."""

from collections.abc import Mapping
from typing import Any

from flask import Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.content.parse import Kind
from app.domain.behaviour import Behaviour
from app.domain.errors import AttemptClosed
from app.domain.roles import Permission
from app.operations.attempts import goes_on, start_practice
from app.operations.closing import submit_attempt
from app.operations.documents import find_text, list_cases_of_quiz, quiz_of
from app.operations.offerings import get_place
from app.operations.papers import find_practice, open_quiz
from app.operations.progress import percentage
from app.operations.receipts import find_receipt_text
from app.operations.scoring import list_responses, score_attempt
from app.operations.sittings import Sitting, get_sitting, list_attempts, open_sitting
from app.web.attempts.blueprint import bp
from app.web.attempts.checking import disputed_items, unreadable_items
from app.web.attempts.exam_result import about_result
from app.web.attempts.presence import note_seen
from app.web.attempts.presenting import as_sat, show_quiz, show_result
from app.web.attempts.sheet import Draft
from app.web.attempts.sheets import open_sheet, result_sheet
from app.web.clock import chance, clock, today
from app.web.courses.presenting import course_link
from app.web.database import reading, writing
from app.web.errors import wants_json
from app.web.languages import current_language
from app.web.security import current_person, requires
from app.web.sessions import this_device


@bp.get("/courses/<slug>/quizzes/<quiz>")
@requires(Permission.STUDY)
def quiz(slug: str, quiz: str) -> ResponseReturnValue:
    """Show what a quiz is, and the person's attempts at it."""
    session, person = reading(), current_person()
    place = get_place(session, person, slug, today())
    text = open_quiz(session, person, place, quiz)
    exam = find_practice(session, place, text.document.id)
    attempts = list_attempts(session, person, exam.id) if exam else []
    syllabus = find_text(session, place.course.id, Kind.SYLLABUS, "syllabus")
    return render_template(
        "attempts/quiz.html",
        course=course_link(place.course),
        quiz=show_quiz(quiz, quiz_of(text.revision(current_language())), syllabus),
        open_attempt=next((one.public_id for one in attempts if goes_on(one, place)), None),
        may_start=not place.offering.is_archived,
        attempts=[(attempt, percentage(attempt)) for attempt in attempts if attempt.state != "open"],
    )


@bp.post("/courses/<slug>/quizzes/<quiz>/start")
@requires(Permission.STUDY)
def start(slug: str, quiz: str) -> ResponseReturnValue:
    """Start to practise, or go on with the open attempt."""
    with writing() as session:
        person = current_person()
        place = get_place(session, person, slug, today())
        text = open_quiz(session, person, place, quiz)
        behaviour = wanted_behaviour(request.form.get("behaviour", ""))
        attempt = start_practice(session, person, (place, text), (clock(), chance()), behaviour)
    return redirect(url_for("attempts.show", public_id=attempt.public_id), 303)


@bp.get("/attempts/<public_id>")
@requires(Permission.STUDY)
def show(public_id: str) -> ResponseReturnValue:
    """Show the paper with the answers saved so far."""
    return show_paper(public_id, {})


def show_paper(public_id: str, drafts: Mapping[str, Draft]) -> ResponseReturnValue:
    """Show the paper, with what was sent and could not be kept."""
    session = reading()
    sitting = open_sitting(session, current_person(), public_id)
    if not sitting.is_open(clock()):
        return redirect(url_for("attempts.result", public_id=public_id), 303)
    if sitting.attempt.device not in (None, this_device()):
        return render_template("attempts/other_device.html", **about(sitting)), 409
    paper = as_sat(open_sheet(session, sitting, drafts).paper(), sitting, clock())
    if not sitting.is_practice:
        note_seen(sitting.attempt.id)
    return render_template(
        "attempts/paper.html",
        **about(sitting),
        paper=paper,
        problems=len(drafts),
        is_archived=sitting.offering.is_archived,
    )


def wanted_behaviour(name: str) -> Behaviour:
    """Return the behaviour that a learner chose; who chose nothing sees the key after handing in."""
    return Behaviour(name) if name in set(Behaviour) else Behaviour.DEFERRED


@bp.get("/attempts/<public_id>/review")
@requires(Permission.STUDY)
def review(public_id: str) -> ResponseReturnValue:
    """Name the unanswered items before handing in."""
    session = reading()
    sitting = open_sitting(session, current_person(), public_id)
    if not sitting.is_open(clock()):
        return redirect(url_for("attempts.result", public_id=public_id), 303)
    sheet = open_sheet(session, sitting)
    paper = as_sat(sheet.paper(), sitting, clock())
    return render_template(
        "attempts/review.html",
        **about(sitting),
        paper=paper,
        disputed=disputed_items(sheet),
        unreadable=unreadable_items(sheet),
    )


@bp.post("/attempts/<public_id>/submit")
@requires(Permission.STUDY)
def submit(public_id: str) -> ResponseReturnValue:
    """Hand the attempt in, and give its receipt to who asks for JSON; what was voided before has none.

    Practice is scored at once, in another transaction, so that a crash between the two repairs itself;
    exams are scored by a job.
    """
    person = current_person()
    with writing() as session:
        sitting = submit_attempt(session, person, public_id, g.received_at, this_device())
        receipt = find_receipt_text(session, sitting.attempt.id)
    if sitting.is_practice:
        with writing() as session:
            score_attempt(session, get_sitting(session, public_id, person.id), clock())
    if wants_json():
        if receipt is None:
            raise AttemptClosed(public_id)
        return Response(receipt, mimetype="application/json")
    return redirect(url_for("attempts.result", public_id=public_id), 303)


@bp.get("/attempts/<public_id>/result")
@requires(Permission.STUDY)
def result(public_id: str) -> ResponseReturnValue:
    """Show what may be seen of an attempt that was handed in; of practice that is everything."""
    session, person = reading(), current_person()
    sitting = open_sitting(session, person, public_id)
    if sitting.is_open(clock()):
        return redirect(url_for("attempts.show", public_id=public_id), 303)
    # what time has closed by definition waits for its row to be written
    if not sitting.is_practice or sitting.attempt.state == "open":
        told = about(sitting) | about_result(session, sitting)
        return render_template("attempts/exam_result.html", **told)
    responses = list_responses(session, sitting.attempt.id)
    sheet = result_sheet(session, sitting, responses)
    slug, language = sitting.document.slug, current_language()
    return render_template(
        "attempts/result.html",
        **about(sitting),
        paper=sheet.paper(),
        result=show_result(sitting, responses),
        cases=list_cases_of_quiz(session, sitting.course.id, slug, language),
    )


def about(sitting: Sitting) -> dict[str, Any]:
    """Return what every page of an attempt names."""
    return {
        "attempt": sitting.attempt,
        "course": course_link(sitting.course),
        "behaviour": sitting.behaviour.value,
        "exam": sitting.exam,
        "now": clock(),
    }
