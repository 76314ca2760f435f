"""What every run begins with: two students, an exam on any device and one on the newest device alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from app.domain.exam import Devices
from app.domain.roles import Permission, Person
from app.models import User
from app.operations.accommodations import Terms, grant
from app.operations.halls import Hall, get_hall
from app.operations.pins import Pins, pins_of
from app.operations.sittings import get_sitting
from tests.stateful.model import MINUTE, Rules
from tests.support.builders import CLASS_2, Classroom, make_person
from tests.support.exams import hall_of, set_exam

OPEN_FOR, TIME, EARLIEST, ATTEMPTS = timedelta(hours=3), 60 * MINUTE, 2 * MINUTE, 2
#: what the second student is allowed
FACTOR = Decimal("1.5")


@dataclass
class Setting:
    """Exams by whether one device alone may have an attempt, and what holds of each student in them."""

    session: Session
    room: Classroom
    people: Sequence[Person]
    exams: dict[bool, str]
    rules: dict[bool, Sequence[Rules]]
    _pins: dict[str, Pins] = field(default_factory=dict)

    def hall(self, exam: str) -> Hall:
        return get_hall(self.session, self.room.instructor, exam, Permission.INVIGILATE)

    def pins(self, public: str, person: Person) -> Pins:
        """Return what an attempt is pinned to.

        :raises NotFound: this person has no such attempt.
        """
        return pins_of(get_sitting(self.session, public, person.id))


def make_setting(session: Session, room: Classroom, now: datetime) -> Setting:
    """Set the exams, and allow the second student half as much time more."""
    people = [room.student, make_person(session, room.offering, "xiaoli", cohort=CLASS_2)]
    exams: dict[bool, str] = {}
    rules: dict[bool, Sequence[Rules]] = {}
    for one_device in (False, True):
        changes: dict[str, Any] = {
            "closes_at": now + OPEN_FOR,
            "attempts_allowed": ATTEMPTS,
            "earliest_minutes": EARLIEST // MINUTE,
            "devices": Devices.NEWEST if one_device else Devices.ANY,
        }
        exam = set_exam(session, room, now, **changes)
        second, terms = session.get_one(User, people[1].id), Terms("读写困难", factor=FACTOR)
        grant(session, room.instructor, hall_of(session, room, exam), second, (terms, now))
        exams[one_device] = exam.public_id
        rules[one_device] = [
            Rules(now, now + OPEN_FOR, TIME, EARLIEST, ATTEMPTS, one_device),
            Rules(now, now + OPEN_FOR + TIME / 2, TIME * 1.5, EARLIEST, ATTEMPTS, one_device),
        ]
    session.flush()
    return Setting(session, room, people, exams, rules)
