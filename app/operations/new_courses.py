"""Open a course: its first offering, taught by who opens it, and a syllabus to write on."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.content.parse import Kind
from app.domain.roles import Membership, Person, Role
from app.domain.terms import Term
from app.operations import audit
from app.operations.courses import add_course
from app.operations.drafts import save_draft
from app.operations.enrolment import Seat, take_seat
from app.operations.offerings import Place, create_offering
from app.operations.shelves import TextName
from app.operations.writings import Seen, Target

SYLLABUS = "syllabus"


@dataclass(frozen=True, slots=True)
class NewCourse:
    """A course to be opened: its short name, title and language, and what its syllabus begins with."""

    slug: str
    title: str
    language: str
    syllabus: str


def open_course(
    session: Session, person: Person, wanted: NewCourse, term: Term, moment: tuple[datetime, int]
) -> Target:
    """Open a course in a term, with a draft of its syllabus, and make the person its instructor.

    :param moment: now, and chance.
    :raises CourseTaken: there is a course of this short name.
    :raises BadName: the term has no name, or ends before it begins.
    """
    now, chance = moment
    course = add_course(session, wanted.slug, now)
    course.titles = {wanted.language: wanted.title}
    offering = create_offering(session, course, term, now, chance)
    take_seat(session, person.id, Seat(offering.id, Role.INSTRUCTOR), now)
    place = Place(offering, course, Membership(offering.id, Role.INSTRUCTOR))
    target = Target(place, TextName(Kind.SYLLABUS, SYLLABUS, wanted.language))
    save_draft(session, person, target, (wanted.syllabus, Seen(0, 0)), now)
    detail = {"course": wanted.slug, "term": offering.term}
    audit.record(session, person, "offering.create", offering_id=offering.id, detail=detail, now=now)
    return target
