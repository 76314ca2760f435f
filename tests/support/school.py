"""A whole school for tests: the published course, two offerings, somebody of every kind, work begun.

Made once for all tests and copied as a file; ``names`` fill the addresses of ``route_matrix.csv``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from secrets import randbits

from sqlalchemy.orm import Session

from app.cli.loading import default_folders, load_library
from app.domain.roles import Role, SiteRole
from app.factory import create_app
from app.models import User
from app.operations.accounts import disable_user
from app.operations.attempts import start_practice
from app.operations.enrolment import get_current_offering
from app.operations.hours import Lesson, list_lessons, record_hours
from app.operations.offerings import get_place
from app.operations.papers import open_quiz
from app.operations.people import load_person
from app.operations.walks import open_case, start_walk
from app.web.database import database, writing
from app.web.static_files import static_url
from tests.support.instance import copy_template, make_settings
from tests.support.moments import TODAY
from tests.support.people import give_place, make_offering, make_user

COURSE, CASE, QUIZ = "ground-service", "costly-smile", "costly-smile"
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
        load_library(default_folders())
        with writing() as session:
            people = make_people(session, now)
            names = make_work(session, people, now)
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


def make_work(session: Session, people: Mapping[str, User], now: datetime) -> dict[str, str]:
    """Let the student begin a walk and an attempt, the instructor record an hour; name it all."""
    student = load_person(session, people["student"])
    teacher = load_person(session, people["instructor"])
    place = get_place(session, student, COURSE, TODAY)
    walk = start_walk(session, student, place, open_case(session, student, place, CASE), (now, randbits(80)))
    quiz = open_quiz(session, student, place, QUIZ)
    attempt = start_practice(session, student, place, quiz, (now, randbits(80)))
    lesson = Lesson("overview", Decimal(2), now.date())
    record_hours(session, get_place(session, teacher, COURSE, TODAY), teacher, lesson, now)
    return {
        "course": COURSE,
        "case": CASE,
        "quiz": QUIZ,
        "offering": place.offering.public_id,
        "student": student.public_id,
        "walk": walk.public_id,
        "attempt": attempt.public_id,
        "hours": str(list_lessons(session, place.offering.id)[0].id),
        "nobody": "0" * 26,
        "media": "0" * 64,
    }
