"""A whole school for tests: the published course, two offerings, somebody of every kind, work begun.

Made once for all tests and copied as a file; ``names`` fill the addresses of ``route_matrix.csv``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from sqlalchemy.orm import Session

from app.cli.folders import default_folders
from app.cli.loading import load_library
from app.content.parse import Kind
from app.domain.roles import Permission, Role, SiteRole
from app.factory import create_app
from app.models import User
from app.operations.accommodations import Terms, grant
from app.operations.accounts import disable_user
from app.operations.attempts import start_practice
from app.operations.course_files import Label, NewFile, add_file
from app.operations.documents import get_text
from app.operations.enrolment import get_current_offering
from app.operations.entering import Visit, start_exam
from app.operations.exams import Rules, create_exam, schedule_exam
from app.operations.files import Upload, attach_file
from app.operations.halls import get_hall
from app.operations.hours import Lesson, list_lessons, record_hours
from app.operations.offerings import get_place
from app.operations.orders import Order
from app.operations.papers import open_quiz
from app.operations.people import load_person
from app.operations.timekeeping import extend_attempts
from app.operations.walks import open_case, start_walk
from app.web.database import database, writing
from app.web.static_files import static_url
from tests.support.chance import randbits
from tests.support.instance import copy_template, make_settings
from tests.support.moments import TODAY
from tests.support.people import give_place, make_offering, make_user
from tests.support.sitting import script_of, sit_and_hand_in

COURSE, CASE, QUIZ = "ground-service", "costly-smile", "costly-smile"
#: a quiz with an item that a person marks
WRITTEN_QUIZ, WRITTEN = "ladies-first", "explain"
PLACES = {
    "student": (Role.STUDENT, "航空2301"),
    "other student": (Role.STUDENT, "航空2302"),
    "assistant of another cohort": (Role.ASSISTANT, "航空2302"),
    "marker": (Role.MARKER, None),
    "instructor": (Role.INSTRUCTOR, None),
    "disabled": (Role.STUDENT, "航空2301"),
}
SITE_ROLES = {"officer": SiteRole.OFFICER, "auditor": SiteRole.AUDITOR, "admin": SiteRole.ADMIN}
ELSEWHERE = "instructor of another course"


@dataclass(frozen=True, slots=True)
class School:
    """The database file, the ids of people by what they are, and the names for addresses."""

    database: Path
    people: Mapping[str, int]
    names: Mapping[str, str]


def make_school(folder: Path, template: Path, now: datetime) -> School:
    """Load the course of the checkout and fill it with people and work."""
    copy_template(template, folder)
    app = create_app(make_settings(folder))
    with app.app_context():
        load_library([folder / COURSE for folder in default_folders()])
        with writing() as session:
            people = make_people(session, now)
            names = make_work(session, people, folder, now)
            names |= make_exam(session, people, now) | make_marking(session, people, now)
            names["file"] = give_file(session, people["student"], names["attempt"], folder, now)
        database().close()
    with app.test_request_context():
        names["static"] = static_url("css/base.css")
    return School(folder / "casehall.db", {kind: user.id for kind, user in people.items()}, names)


def make_people(session: Session, now: datetime) -> dict[str, User]:
    """Make somebody of every kind."""
    offering, other = get_current_offering(session, COURSE), make_offering(session, "front-office", now=now)
    people = {}
    for kind in (*PLACES, *SITE_ROLES, ELSEWHERE):
        login = kind.replace(" ", "-")
        people[kind] = make_user(session, login, now=now, site_role=SITE_ROLES.get(kind))
    for kind, (role, cohort) in PLACES.items():
        give_place(session, people[kind], offering, role, cohort)
    give_place(session, people[ELSEWHERE], other, Role.INSTRUCTOR)
    disable_user(session, people["disabled"], None, now)
    return people


def give_file(session: Session, student: User, attempt: str, folder: Path, now: datetime) -> str:
    """Give a file to the student's attempt; return its SHA-256."""
    upload = Upload(b"%PDF-1.7", "application/pdf", "report.pdf")
    return attach_file(session, load_person(session, student), attempt, upload, (folder, now, None)).sha256


def make_exam(session: Session, people: Mapping[str, User], now: datetime) -> dict[str, str]:
    """Let the instructor set an exam that is open for two years, and the student begin it."""
    student, teacher = (load_person(session, people[kind]) for kind in ("student", "instructor"))
    offering = get_current_offering(session, COURSE)
    text = get_text(session, offering.course_id, Kind.QUIZ, QUIZ)
    rules = Rules(opens_at=now, closes_at=now + timedelta(days=730), minutes=60)
    exam = create_exam(session, teacher, (offering, text), rules, (now, randbits(80)))
    hall = get_hall(session, teacher, exam.public_id, Permission.SET_EXAM)
    schedule_exam(session, teacher, hall, now)
    terms = Terms("a reason", extra_minutes=5)
    grant(session, teacher, hall, people["other student"], (terms, now))
    entered = start_exam(session, student, hall, Visit("device"), (now, randbits(80)))
    assert entered.attempt is not None
    order = Order(teacher, "a reason", now)
    credit = extend_attempts(session, hall, order, 5, [entered.attempt.public_id])
    return {"exam": exam.public_id, "sat": entered.attempt.public_id, "credit": str(credit.id)}


def make_marking(session: Session, people: Mapping[str, User], now: datetime) -> dict[str, str]:
    """Let the student hand a written answer in, in another exam that is still open."""
    student, teacher = (load_person(session, people[kind]) for kind in ("student", "instructor"))
    offering = get_current_offering(session, COURSE)
    text = get_text(session, offering.course_id, Kind.QUIZ, WRITTEN_QUIZ)
    rules = Rules(opens_at=now, closes_at=now + timedelta(days=730), minutes=60)
    exam = create_exam(session, teacher, (offering, text), rules, (now, randbits(80)))
    schedule_exam(session, teacher, get_hall(session, teacher, exam.public_id, Permission.SET_EXAM), now)
    sat = sit_and_hand_in(session, student, exam, now, **{WRITTEN: "因为"})
    return {"to_mark": exam.public_id, "token": script_of(session, exam, sat, WRITTEN).token}


def make_work(session: Session, people: Mapping[str, User], folder: Path, now: datetime) -> dict[str, str]:
    """Let the student begin a walk and an attempt, the instructor record an hour; name it all."""
    student = load_person(session, people["student"])
    teacher = load_person(session, people["instructor"])
    place = get_place(session, student, COURSE, TODAY)
    walk = start_walk(session, student, place, open_case(session, student, place, CASE), (now, randbits(80)))
    quiz = open_quiz(session, student, place, QUIZ)
    attempt = start_practice(session, student, (place, quiz), (now, randbits(80)))
    lesson = Lesson("overview", Decimal(2), now.date())
    record_hours(session, get_place(session, teacher, COURSE, TODAY), teacher, lesson, now)
    new = NewFile(b"%PDF-1.7", "pdf", Label("overview", "slides"))
    file = add_file(session, get_place(session, teacher, COURSE, TODAY), teacher, new, (folder, now))
    return {
        "course": COURSE,
        "case": CASE,
        "quiz": QUIZ,
        "written_quiz": WRITTEN_QUIZ,
        "offering": place.offering.public_id,
        "student": student.public_id,
        "walk": walk.public_id,
        "attempt": attempt.public_id,
        "hours": str(list_lessons(session, place.offering.id)[0].id),
        "course_file": str(file.id),
        "nobody": "0" * 26,
        "media": "0" * 64,
    }
