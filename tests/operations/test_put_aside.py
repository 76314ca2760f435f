"""Drafts that were thrown away or written over: kept, told in the log, brought back."""

import pytest
from sqlalchemy import select

from app.content.parse import Kind
from app.domain.errors import DraftChanged, NotFound, OfferingArchived
from app.domain.roles import Role
from app.models import AuditRow
from app.operations.authoring import prepare_text, publish_text
from app.operations.drafts import discard_draft, save_draft
from app.operations.offerings import archive_offering
from app.operations.put_aside import bring_back_draft, list_begun, list_put_aside
from app.operations.shelves import TextName, check_in_course
from app.operations.writings import Seen, Target, list_writings, open_writing
from tests.support.builders import make_person, place_of, publish_texts, renderer

DOOR = "cases/etiquette/door.md"


@pytest.fixture
def target(session, classroom):
    return Target(place_of(session, classroom.instructor), TextName(Kind.CASE, "door", "zh"))


@pytest.fixture
def me(classroom):
    return classroom.instructor


@pytest.fixture
def colleague(session, classroom):
    return make_person(session, classroom.offering, "second", Role.INSTRUCTOR)


@pytest.fixture
def write(session, target, now):
    """Save more words as somebody who has seen everything."""

    def written(person, words):
        opened = open_writing(session, target)
        save_draft(session, person, target, (opened.text + words, opened.seen), now)

    return written


@pytest.fixture
def publish(session, target, now):
    def published(person, text):
        checked = check_in_course(session, target.place.course, target.name, text)
        seen = open_writing(session, target).caught_up
        return publish_text(session, person, target, prepare_text(checked, renderer()), (seen, "", now))

    return published


def actions(session):
    return [row.action for row in session.scalars(select(AuditRow).order_by(AuditRow.id))]


def endings(session, target):
    return [one.draft.text.rstrip()[-1] for one in list_put_aside(session, target)]


def test_a_draft_that_is_thrown_away_is_kept_and_told_in_the_log(
    session, me, target, write, colleague, *, now
):
    write(colleague, "甲")

    discard_draft(session, me, target, open_writing(session, target).seen, now)

    (kept,) = list_put_aside(session, target)
    assert (kept.author, kept.by, kept.draft.discarded_at) == ("小second", "小chen", now)
    (row,) = session.scalars(select(AuditRow).where(AuditRow.action == "text.discard"))
    assert (row.actor_id, row.person_id) == (me.id, colleague.id)
    assert row.detail == target.name.detail
    assert open_writing(session, target).draft is None


def test_what_a_colleague_wrote_is_kept_when_it_is_written_over(session, me, target, write, colleague):
    write(colleague, "甲")
    write(colleague, "乙")
    write(me, "丙")
    write(me, "丁")

    assert endings(session, target) == ["乙"]
    assert "text.discard" in actions(session)


@pytest.mark.parametrize(("theirs", "kept"), [(True, ["甲"]), (False, [])])
def test_what_a_colleague_wrote_is_kept_when_something_else_is_published(
    session, me, target, write, publish, *, colleague, theirs, kept
):
    write(colleague if theirs else me, "甲")

    publish(me, open_writing(session, target).text[:-1] + "乙\n")

    assert endings(session, target) == kept


def test_a_draft_that_is_published_as_it_stands_leaves_nothing_behind(
    session, me, target, write, publish, *, colleague
):
    write(colleague, "甲")

    publish(me, open_writing(session, target).text)

    assert endings(session, target) == []


def test_a_draft_is_brought_back_as_it_was_and_still_knows_what_it_was_begun_from(
    session, me, target, write, colleague, *, now, publish
):
    write(colleague, "甲")
    discard_draft(session, me, target, open_writing(session, target).seen, now)
    publish(me, open_writing(session, target).text + "乙")
    (kept,) = list_put_aside(session, target)

    bring_back_draft(session, me, target, kept.draft.id, now)

    opened = open_writing(session, target)
    assert (opened.text.rstrip()[-1], opened.author, opened.is_behind) == ("甲", "小second", True)
    assert actions(session)[-1] == "text.bring_back"
    assert list_put_aside(session, target) == []


def test_who_saw_a_draft_that_was_thrown_away_does_not_write_over_the_next_one(
    session, me, target, write, colleague, *, now
):
    write(me, "甲")
    seen = open_writing(session, target).seen
    discard_draft(session, me, target, seen, now)
    write(colleague, "乙")

    with pytest.raises(DraftChanged):
        save_draft(session, me, target, ("丙", seen), now)


def test_no_draft_is_brought_back_over_another_one_or_twice_or_for_another_text(
    session, me, target, write, now
):
    write(me, "甲")
    discard_draft(session, me, target, open_writing(session, target).seen, now)
    (kept,) = list_put_aside(session, target)
    other = Target(target.place, TextName(Kind.QUIZ, "ladies", "zh"))
    with pytest.raises(NotFound):
        bring_back_draft(session, me, other, kept.draft.id, now)
    write(me, "乙")
    with pytest.raises(DraftChanged):
        bring_back_draft(session, me, target, kept.draft.id, now)
    discard_draft(session, me, target, open_writing(session, target).seen, now)

    bring_back_draft(session, me, target, kept.draft.id, now)

    with pytest.raises(NotFound):
        bring_back_draft(session, me, target, kept.draft.id, now)


def test_in_an_archived_offering_nothing_is_brought_back(session, me, classroom, target, write, *, now):
    write(me, "甲")
    discard_draft(session, me, target, open_writing(session, target).seen, now)
    (kept,) = list_put_aside(session, target)
    archive_offering(classroom.offering, now)

    with pytest.raises(OfferingArchived):
        bring_back_draft(session, me, target, kept.draft.id, now)


def test_a_new_text_whose_draft_was_thrown_away_is_listed_apart(session, me, target, now):
    fresh = Target(target.place, TextName(Kind.QUIZ, "fresh", "zh"))
    save_draft(session, me, fresh, ("---\n", Seen(0, 0)), now)
    discard_draft(session, me, fresh, Seen(1, 0), now)

    listed = list_writings(session, target.place)
    (begun,) = list_begun(session, target.place, listed)
    assert (begun.name, begun.draft.text) == (fresh.name, "---\n")
    assert fresh.name not in {one.name for one in listed}


def test_a_retired_text_stays_when_it_is_published_again(session, me, classroom, target, publish, *, now):
    text = open_writing(session, target).text
    publish_texts(session, classroom.library, {DOOR: None}, now)
    retired = {one.name: one.is_retired for one in list_writings(session, target.place)}
    assert [name.slug for name, is_retired in retired.items() if is_retired] == ["door"]

    publish(me, text)
    publish_texts(session, classroom.library, {}, now)

    assert not open_writing(session, target).is_retired
