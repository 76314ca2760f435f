"""Places in offerings on the command line."""

import click
from sqlalchemy.orm import Session

from app.domain.errors import NotFound
from app.domain.roles import Role
from app.operations.enrolment import Seat, get_current_offering

ROLES = [role.value for role in Role]


def seat_in(session: Session, course: str, role: Role, cohort: str | None) -> Seat:
    """Return a place in the current offering of a course; refuse in one line if there is none."""
    try:
        offering = get_current_offering(session, course)
    except NotFound:
        raise click.ClickException(f"The course {course} has no running offering.") from None
    return Seat(offering.id, role, cohort)
