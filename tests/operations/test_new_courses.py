"""Courses that are opened at the same moment: one of each short name, and who came second is told."""

import pytest
from sqlalchemy import select

from app.domain.errors import CourseTaken
from app.domain.terms import term_of
from app.models import Course, Offering
from app.operations.new_courses import NewCourse, open_course
from app.operations.writings import Target
from app.web.database import reading
from tests.support.at_once import at_once, do
from tests.support.builders import make_classroom
from tests.support.chance import randbits

AT_ONCE, ROUNDS = 6, 6


def opening(person, slug, now):
    wanted = NewCourse(slug, "酒店服务礼仪", "zh", "---\ntitle: 酒店服务礼仪\nhours: 32\n---\n")
    return lambda session: open_course(session, person, wanted, term_of(now.date()), (now, randbits(128)))


@pytest.mark.parametrize("where", ["app", "app_on_postgresql"])
def test_a_short_name_that_many_want_at_once_is_given_once(request, where, tmp_path, now):
    app = request.getfixturevalue(where)
    room = do(app, lambda session: make_classroom(session, tmp_path, now))
    people = [room.instructor, room.assistant] * (AT_ONCE // 2)

    for number in range(ROUNDS):
        found = at_once(app, *(opening(person, f"hotel-{number}", now) for person in people))

        assert sum(isinstance(one, Target) for one in found) == 1
        assert sum(isinstance(one, CourseTaken) for one in found) == AT_ONCE - 1
    with app.app_context():
        courses = reading().scalars(select(Course.slug).where(Course.slug.startswith("hotel-"))).all()
        offered = select(Offering.id).join(Course).where(Course.slug.startswith("hotel-"))
        assert len(courses) == len(reading().scalars(offered).all()) == ROUNDS
