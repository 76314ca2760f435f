"""The page of a case, and the player: start, decide, judge one's own answers."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.content.parse import Kind
from app.domain.case import Case
from app.domain.errors import UnknownChoice
from app.domain.roles import Permission
from app.domain.walk import Commit
from app.operations.documents import case_of, find_fragments, find_text, quiz_of
from app.operations.offerings import get_place
from app.operations.self_marks import assess_own_answer, list_self_marks, self_assessment
from app.operations.walks import (
    Journey,
    commit_section,
    get_journey,
    list_walks,
    open_case,
    open_walk,
    start_walk,
)
from app.web.cases.drawing import draw
from app.web.cases.listing import show_case, show_walks
from app.web.cases.pathway import own_twigs
from app.web.cases.presenting import Fragments, show_walk, walking_of
from app.web.clock import chance, clock, today
from app.web.courses.presenting import CoursePage, course_link
from app.web.database import Session, reading, writing
from app.web.languages import current_language
from app.web.security import current_person, requires

bp = Blueprint("cases", __name__)


@bp.get("/courses/<slug>/cases/<case>")
@requires(Permission.STUDY)
def show(slug: str, case: str) -> ResponseReturnValue:
    """Show what a case is about, and the person's walks through it."""
    session, person = reading(), current_person()
    place = get_place(session, person, slug, today())
    text = open_case(session, person, place, case)
    revision = text.revision(current_language())
    syllabus = find_text(session, place.course.id, Kind.SYLLABUS, "syllabus")
    pinned = [revision, *([syllabus.revision(current_language())] if syllabus else ())]
    fragments = find_fragments(session, pinned)
    page = CoursePage.of_syllabus(place.course, pinned[1], fragments[pinned[1].id]) if syllabus else None
    shown = case_of(revision)
    walks = list_walks(session, person, place, text.document.id)
    going_on = open_walk(walks, place)
    return render_template(
        "cases/show.html",
        course=course_link(place.course),
        case=show_case(case, shown, page, fragments[revision.id]),
        open_walk=going_on.public_id if going_on else None,
        is_foreign=text.language(current_language()) != current_language(),
        may_start=not place.offering.is_archived,
        walks=show_walks(walks, shown, fragments[revision.id]),
    )


@bp.post("/courses/<slug>/cases/<case>/start")
@requires(Permission.STUDY)
def start(slug: str, case: str) -> ResponseReturnValue:
    """Start to walk a case, or go on with the walk that is not done."""
    with writing() as session:
        person = current_person()
        place = get_place(session, person, slug, today())
        text = open_case(session, person, place, case)
        row = start_walk(session, person, place, text, (clock(), chance()))
    return redirect(url_for("cases.walk", public_id=row.public_id), 303)


@bp.get("/walks/<public_id>")
@requires(Permission.STUDY)
def walk(public_id: str) -> ResponseReturnValue:
    """Show a walk as far as it has come."""
    session, person = reading(), current_person()
    journey = get_journey(session, person, public_id)
    marks = list_self_marks(session, journey.row.id)
    case, fragments = in_language(session, journey)
    walking = walking_of(journey)
    view = show_walk(walking, case, fragments, marks)
    twigs = own_twigs(case, view.state, walking.commits, fragments)
    return render_template(
        "cases/walk.html",
        walk=view,
        case=case,
        course=course_link(journey.course),
        slug=journey.document.slug,
        twigs=twigs,
        map=draw(twigs) if journey.commits else None,
        self_assessed=self_assessment(journey, marks),
        quiz=_quiz_title(session, journey) if view.done else None,
        is_offered=journey.document.retired_at is None,
        is_archived=journey.offering.is_archived,
        may_start=_may_start(journey),
    )


@bp.post("/walks/<public_id>/commit")
@requires(Permission.STUDY)
def commit(public_id: str) -> ResponseReturnValue:
    """Commit a decision, a written answer, or that a section of a reading was read."""
    form = request.form
    section = form.get("section", "")
    made = Commit(section, _number(form.get("choice")), form.get("reason", ""), form.get("text", ""))
    with writing() as session:
        commit_section(session, current_person(), public_id, made, clock())
    return redirect(url_for("cases.walk", public_id=public_id, _anchor=section), 303)


@bp.post("/walks/<public_id>/assess")
@requires(Permission.STUDY)
def assess(public_id: str) -> ResponseReturnValue:
    """Store how learners judge their own answer."""
    section = request.form.get("section", "")
    claimed = [number for number in map(_number, request.form.getlist("claimed")) if number is not None]
    with writing() as session:
        assess_own_answer(session, current_person(), public_id, (section, claimed), clock())
    return redirect(url_for("cases.walk", public_id=public_id, _anchor=section), 303)


def in_language(session: Session, journey: Journey) -> tuple[Case, Fragments]:
    """Return the walk's case in the language of the page, with its rendered text."""
    wanted = current_language()
    language = wanted if wanted in journey.revisions else journey.document.language
    revision = journey.revisions[language]
    return case_of(revision), find_fragments(session, [revision])[revision.id]


def _quiz_title(session: Session, journey: Journey) -> tuple[str, str] | None:
    """Return slug and title of the case's quiz, if it is there to be practised."""
    slug = journey.case.quiz
    text = find_text(session, journey.course.id, Kind.QUIZ, slug) if slug else None
    if slug is None or text is None or text.document.is_exam_only:
        return None
    return slug, quiz_of(text.revision(current_language())).title


def _may_start(journey: Journey) -> bool:
    """Whether another walk may begin; a reading is read once."""
    is_open = journey.document.retired_at is None and not journey.offering.is_archived
    return is_open and not journey.case.is_reading


def _number(text: str | None) -> int | None:
    """Read a number that our own page sent.

    :raises UnknownChoice: it is none.
    """
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 4:
        raise UnknownChoice(text)
    return int(text)
