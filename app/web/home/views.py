"""The front page: what each role wants to see first."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.domain.roles import Permission, Person, SiteRole
from app.models import Course
from app.operations.courses import list_public_courses
from app.operations.desk import look_at_desk
from app.operations.documents import Text, open_courses, syllabus_of
from app.operations.halls import list_halls_between
from app.operations.offerings import Place, count_people, list_places
from app.operations.own_exams import list_own_exams, titles_in
from app.operations.stale_desk import count_stale
from app.web.clock import clock, local_zone, today
from app.web.courses.presenting import CourseLink, course_link
from app.web.database import Session, reading
from app.web.exams.held import HeldExam, held_exams
from app.web.exams.presenting import ExamLine, exam_lines
from app.web.home.cards import course_cards
from app.web.home.presenting import DeskView, OfferingCard, OpenCourse
from app.web.languages import current_language
from app.web.security import find_person, requires

bp = Blueprint("home", __name__)
#: how long a student is told of an exam that was missed
RECENT = timedelta(days=14)
#: states of exams that the front page lists
CURRENT = frozenset({"sitting", "open", "coming", "again", "handed_in"})


@bp.get("/")
@requires(Permission.PUBLIC)
def index() -> ResponseReturnValue:
    """Show the front page of whoever is asking."""
    person, session = find_person(), reading()
    if person is None:
        return render_template("home/anonymous.html", courses=public_courses(session))
    teaching = list_places(session, person, Permission.SEE_COHORT)
    studying = [place for place in list_places(session, person, Permission.STUDY) if place.counts]
    return render_template(
        "home/index.html",
        cards=course_cards(session, person, one_a_course(studying, today())),
        earlier=earlier_courses(studying),
        teaching=offering_cards(session, teaching),
        desk=desk_of(session, person),
        is_officer=person.site_role is SiteRole.OFFICER,
        today_exams=exams_today(session, person),
        exams=own_exams(session, person, studying),
    )


def own_exams(session: Session, person: Person, places: Sequence[Place]) -> list[ExamLine]:
    """List what a student has to sit: exams that are open or coming, then those just over or missed."""
    running = {place.offering.id: place.course for place in places if not place.offering.is_archived}
    own = list_own_exams(session, person, running)
    titles = titles_in(session, [one.hall for one in own], current_language())
    now = clock()
    return [line for line in exam_lines(own, titles, now) if is_shown(line, now)]


def is_shown(line: ExamLine, now: datetime) -> bool:
    """Whether an exam concerns its student now; one that was missed does for a while."""
    if line.state == "missed":
        return line.closes is not None and now < line.closes + RECENT
    return line.state in CURRENT


def exams_today(session: Session, person: Person) -> list[HeldExam]:
    """List the exams that are open at some time of this day, to those who may watch them."""
    if not person.may(Permission.INVIGILATE):
        return []
    start = datetime.combine(today(), time(), local_zone()).astimezone(UTC)
    halls = list_halls_between(session, person, start, start + timedelta(days=1))
    return held_exams(session, halls)


def desk_of(session: Session, person: Person) -> DeskView | None:
    """Return what waits for a person who marks, or may see answers; None for anybody else."""
    marking = person.offerings_where(Permission.MARK)
    watching = person.offerings_where(Permission.SEE_ANSWERS)
    if not marking and not watching:
        return None
    desk = look_at_desk(session, marking, watching)
    titles = titles_in(session, [one.hall for one in desk.to_mark], current_language())
    return DeskView(
        to_mark=[(one.hall.exam.public_id, titles[one.hall.exam.id], one.count) for one in desk.to_mark],
        running=desk.running,
        stale=count_stale(session, person, clock()) if person.offerings_where(Permission.AUTHOR) else 0,
    )


def one_a_course(places: Sequence[Place], day: date) -> list[Place]:
    """Keep of each course the running offering that its page shows: one that has begun, if there is."""
    running = [place for place in places if not place.offering.is_archived]
    kept: dict[int, Place] = {}
    for place in sorted(running, key=lambda place: place.offering.starts_on > day):
        kept.setdefault(place.course.id, place)
    return list(kept.values())


def earlier_courses(places: Sequence[Place]) -> list[tuple[CourseLink, str]]:
    """Name the courses of which every offering is archived, each with its last term."""
    running = {place.course.id for place in places if not place.offering.is_archived}
    found = {place.course.id: place for place in reversed(places) if place.course.id not in running}
    return [(course_link(place.course), place.offering.term) for place in reversed(found.values())]


def offering_cards(session: Session, places: Sequence[Place]) -> list[OfferingCard]:
    """Gather an instructor's cards."""
    counts = count_people(session, [place.offering.id for place in places])
    return [
        OfferingCard(
            public_id=place.offering.public_id,
            title=place.course.title(current_language()),
            term=place.offering.term,
            is_archived=place.offering.is_archived,
            role=place.membership.role,
            cohorts=counts[place.offering.id].cohorts,
            students=counts[place.offering.id].students,
        )
        for place in places
    ]


def public_courses(session: Session) -> list[OpenCourse]:
    """Gather what a stranger sees of the public courses."""
    courses = list_public_courses(session)
    opened = open_courses(session, [course.id for course in courses])
    return [open_course(course, opened[course.id][0]) for course in courses]


def open_course(course: Course, text: Text | None) -> OpenCourse:
    """Tell of a public course what its syllabus says."""
    title = course.title(current_language())
    if text is None:
        return OpenCourse(course.slug, title, None, 0, 0)
    syllabus = syllabus_of(text.revision(current_language()))
    cases = sum(len(module.cases) for module in syllabus.modules)
    return OpenCourse(course.slug, title, syllabus.hours, len(syllabus.modules), cases)
