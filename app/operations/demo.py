"""The people of the demo courses get their places."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from app.models import Offering
from app.operations.accounts import NewUser, create_user, find_user
from app.operations.demo_people import PEOPLE
from app.operations.enrolment import Seat, enrol, get_current_offering, list_running

COURSE = "ground-service"
#: the first one must be there
COURSES = (COURSE, "service-management", "key-accounts")


def demo_offerings(session: Session) -> list[Offering]:
    """Return the current offerings of the demo courses that were loaded.

    :raises NotFound: the first of them was not.
    """
    running = {one.course for one in list_running(session)}
    first = get_current_offering(session, COURSE)
    return [first, *(get_current_offering(session, one) for one in COURSES[1:] if one in running)]


def create_demo(session: Session, hashes: Mapping[str, str], now: datetime, chance: int) -> None:
    """Create the people of the demo whose password hashes are given, and enrol them.

    :param hashes: password hash by login.
    :raises NotFound: the demo course was not loaded.
    """
    offerings = demo_offerings(session)
    for number, one in enumerate(PEOPLE):
        if one.login not in hashes or find_user(session, one.login) is not None:
            continue
        new = NewUser(one.login, one.name, hashes[one.login], one.class_name, one.site_role, False)
        user = create_user(session, new, None, now, chance ^ number)
        if one.role is not None:
            for offering in offerings:
                enrol(session, user.id, Seat(offering.id, one.role, one.cohort), None, now)
