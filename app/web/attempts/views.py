"""Practise a quiz: its page, the paper, answers, handing in, the result."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.content.parse import Kind
from app.domain.events import Receipt
from app.domain.ids import public_id as new_id
from app.domain.roles import Permission
from app.models import Response
from app.operations.attempts import (
    Sitting,
    get_sitting,
    list_attempts,
    open_sitting,
    save_answers,
    start_practice,
    submit_attempt,
)
from app.operations.documents import find_fragments, find_text, list_cases_of_quiz, quiz_of
from app.operations.events import heads_of
from app.operations.offerings import get_place
from app.operations.papers import find_practice, open_quiz
from app.operations.progress import percentage
from app.operations.scoring import list_responses, score_attempt
from app.web.attempts.forms import read_events
from app.web.attempts.presenting import show_quiz, show_result
from app.web.attempts.sheet import Sheet, in_language
from app.web.clock import chance, clock, today
from app.web.courses.presenting import course_link
from app.web.database import Session, reading, writing
from app.web.languages import current_language
from app.web.security import current_person, requires

bp = Blueprint("attempts", __name__)


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
        open_attempt=next((one.public_id for one in attempts if one.state == "open"), None),
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
        attempt = start_practice(session, person, place, text, (clock(), chance()))
    return redirect(url_for("attempts.show", public_id=attempt.public_id), 303)


@bp.get("/attempts/<public_id>")
@requires(Permission.STUDY)
def show(public_id: str) -> ResponseReturnValue:
    """Show the paper with the answers saved so far."""
    session = reading()
    sitting = open_sitting(session, current_person(), public_id)
    if not sitting.is_open:
        return redirect(url_for("attempts.result", public_id=public_id), 303)
    sheet = make_sheet(session, sitting)
    return render_template("attempts/paper.html", **about(sitting), paper=sheet.paper())


@bp.post("/attempts/<public_id>/answers")
@requires(Permission.STUDY)
def save(public_id: str) -> ResponseReturnValue:
    """Save the answers of the form; go on to the check before handing in if that was asked for."""
    person = current_person()
    with writing() as session:
        sitting = open_sitting(session, person, public_id)
        events = list(read_events(request.form, sitting.items().values()))
        receipts = save_answers(session, person, public_id, events, clock())
    tell_outcome(receipts)
    endpoint = "attempts.review" if "review" in request.form else "attempts.show"
    return redirect(url_for(endpoint, public_id=public_id), 303)


@bp.get("/attempts/<public_id>/review")
@requires(Permission.STUDY)
def review(public_id: str) -> ResponseReturnValue:
    """Name the unanswered items before handing in."""
    session = reading()
    sitting = open_sitting(session, current_person(), public_id)
    if not sitting.is_open:
        return redirect(url_for("attempts.result", public_id=public_id), 303)
    return render_template(
        "attempts/review.html", **about(sitting), paper=make_sheet(session, sitting).paper()
    )


@bp.post("/attempts/<public_id>/submit")
@requires(Permission.STUDY)
def submit(public_id: str) -> ResponseReturnValue:
    """Hand the attempt in, then score it: two transactions, so that a crash between them repairs itself."""
    person = current_person()
    with writing() as session:
        submit_attempt(session, person, public_id, clock())
    with writing() as session:
        score_attempt(session, get_sitting(session, public_id, person.id), clock())
    return redirect(url_for("attempts.result", public_id=public_id), 303)


@bp.get("/attempts/<public_id>/result")
@requires(Permission.STUDY)
def result(public_id: str) -> ResponseReturnValue:
    """Show marks, keys, feedback and explanations of a practice attempt that was handed in."""
    session, person = reading(), current_person()
    sitting = open_sitting(session, person, public_id)
    if sitting.is_open:
        return redirect(url_for("attempts.show", public_id=public_id), 303)
    responses = list_responses(session, sitting.attempt.id)
    sheet = make_sheet(session, sitting, {row.item: row for row in responses})
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
    return {"attempt": sitting.attempt, "course": course_link(sitting.course)}


def make_sheet(session: Session, sitting: Sitting, responses: dict[str, Response] | None = None) -> Sheet:
    """Gather what the pages of an attempt show, in two statements."""
    wanted = current_language()
    language = wanted if wanted in sitting.revisions else sitting.document.language
    revision = sitting.revisions[language]
    cases = {slug: in_language(revisions, language) for slug, revisions in sitting.cases.items()}
    fragments = find_fragments(session, [revision, *cases.values()])
    return Sheet(
        sitting=sitting,
        quiz=quiz_of(revision),
        items=sitting.items(language),
        fragments=fragments[revision.id],
        heads=heads_of(session, sitting.attempt.id),
        client=new_id(clock(), chance()),
        language=language,
        case_fragments={slug: fragments[one.id] for slug, one in cases.items()},
        responses=responses,
    )


def tell_outcome(receipts: list[Receipt]) -> None:
    """Say honestly what became of the answers."""
    kept = sum(receipt.counts for receipt in receipts)
    aside = len(receipts) - kept
    if kept:
        flash(gettext("Saved."), "success")
    if aside:
        flash(
            gettext(
                "Some answers were changed in another window in the meantime. What you see here now"
                " is what counts; change it here if you want something else."
            ),
            "warning",
        )
