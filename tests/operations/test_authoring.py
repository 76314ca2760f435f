"""Texts are written by several authors: nothing is overwritten unseen, nothing half published."""

import pytest
from sqlalchemy import func, select

from app.content.parse import Kind
from app.domain.errors import DraftChanged, NotFound, OfferingArchived, TextRefused
from app.models import Document, ManifestEntry, Rendering, Revision, TextDraft
from app.operations.authoring import prepare_text, publish_text
from app.operations.documents import get_text
from app.operations.drafts import discard_draft, save_draft
from app.operations.offerings import archive_offering
from app.operations.shelves import TextName, check_in_course
from app.operations.writings import Seen, Target, list_writings, open_writing
from tests.support.builders import place_of, publish_texts, renderer
from tests.support.texts import make_png

FIRST = Seen(0, 1)
SEEN = """---
title: 见
kind: reading
---

## 情境: 车

![车](media/car.png)
"""


@pytest.fixture
def target(session, classroom):
    return Target(place_of(session, classroom.instructor), TextName(Kind.CASE, "door", "zh"))


@pytest.fixture
def save(session, classroom, target, now):
    return lambda text, seen: save_draft(session, classroom.instructor, target, (text, seen), now)


@pytest.fixture
def discard(session, classroom, target, now):
    return lambda seen: discard_draft(session, classroom.instructor, target, seen, now)


@pytest.fixture
def publish(session, classroom, target, now):
    def published(text, seen):
        checked = check_in_course(session, target.place.course, target.name, text)
        prepared = prepare_text(checked, renderer())
        return publish_text(session, classroom.instructor, target, prepared, (seen, "换车", now))

    return published


def test_a_retired_text_that_is_published_again_follows_no_file(session, classroom, target, publish, now):
    publish_texts(session, classroom.library, {"cases/etiquette/door.md": None}, now)
    publish(text_of(session, target), FIRST)

    row = open_writing(session, target).document
    assert row is not None
    assert (row.retired_at, row.loaded_hash) == (None, None)
    assert publish_texts(session, classroom.library, {}, now).retired == []


def text_of(session, target):
    return open_writing(session, target).text


def changed(session, target):
    return text_of(session, target).replace("白色", "黑色")


def count(session, table):
    return session.scalar(select(func.count()).select_from(table))


def test_the_first_save_begins_a_draft_of_the_published_revision(session, target, save):
    draft = save(changed(session, target), FIRST)

    opened = open_writing(session, target)
    assert (opened.seen, opened.text) == (Seen(1, 1), draft.text)
    assert opened.head is not None
    assert draft.base_id == opened.head.id


@pytest.mark.parametrize("seen", [Seen(0, 0), Seen(1, 1), Seen(0, 2), Seen(2, 0)])
def test_who_saw_another_state_saves_and_publishes_nothing(session, target, save, publish, *, seen):
    text = changed(session, target)

    for act in (save, publish):
        with pytest.raises(DraftChanged):
            act(text, seen)

    assert count(session, TextDraft) == 0
    assert open_writing(session, target).seen == FIRST


def test_the_same_text_again_is_saved_already_also_for_who_saw_less(session, target, save):
    text = changed(session, target)

    versions = [save(text, FIRST).version for _ in range(3)]

    assert versions == [1, 1, 1]


def test_a_draft_is_behind_when_somebody_published_meanwhile(session, target, save, publish):
    save(changed(session, target), FIRST)
    publish(text_of(session, target), Seen(1, 1))

    with pytest.raises(DraftChanged):
        save("更旧的文本", Seen(1, 1))


@pytest.fixture
def behind(session, classroom, target, save, now):
    """Save a draft of revision 1, then load revision 2 from a file; the draft is behind."""
    save(changed(session, target), FIRST)
    path = "cases/etiquette/door.md"
    text = (classroom.library / path).read_text().replace("停下", "停稳")
    publish_texts(session, classroom.library, {path: text}, now)
    return open_writing(session, target)


def test_a_draft_that_was_begun_before_a_newer_revision_does_not_overwrite_it_unseen(behind, publish):
    assert behind.is_behind
    assert behind.seen == Seen(1, 1)

    with pytest.raises(DraftChanged):
        publish(behind.text, behind.seen)


def test_a_draft_that_is_behind_can_be_saved_and_stays_behind(session, target, behind, save):
    for text in (behind.text, behind.text + "\n尾声。\n"):
        save(text, open_writing(session, target).seen)

    assert open_writing(session, target).seen == Seen(2, 1)
    assert open_writing(session, target).is_behind


@pytest.mark.parametrize("more", ["", "\n尾声。\n"])
def test_who_has_looked_at_the_newer_revision_saves_and_goes_on(session, target, behind, save, *, more):
    save(behind.text + more, behind.caught_up)

    opened = open_writing(session, target)
    assert not opened.is_behind
    assert opened.seen.number == 2


def test_who_has_looked_at_the_newer_revision_publishes_over_it(behind, publish):
    assert publish(behind.text, behind.caught_up).number == 3


def test_publishing_keeps_every_revision_and_ends_the_draft(session, classroom, target, save, publish):
    before = text_of(session, target)
    save(changed(session, target), FIRST)

    revision = publish(text_of(session, target), Seen(1, 1))

    text = get_text(session, target.place.course.id, Kind.CASE, "door")
    assert text.revisions["zh"] is revision
    assert (revision.number, revision.author_id, revision.message) == (2, classroom.instructor.id, "换车")
    parent = session.get_one(Revision, revision.parent_id)
    assert (parent.number, parent.source) == (1, before)
    assert count(session, TextDraft) == 0
    assert session.scalars(select(Rendering.key).where(Rendering.key == revision.rendering_key)).all()


def test_what_is_published_already_is_not_published_again(session, target, publish):
    with pytest.raises(TextRefused):
        publish(text_of(session, target), FIRST)


def test_a_text_with_errors_is_not_prepared(session, target):
    checked = check_in_course(session, target.place.course, target.name, "---\n标题: 门\n---\n")

    with pytest.raises(TextRefused):
        prepare_text(checked, renderer())


def test_a_new_text_is_made_by_its_first_revision(session, classroom, target, now):
    target = Target(target.place, TextName(Kind.QUIZ, "fresh", "zh"))
    text = "---\ntitle: 新\n---\n\n## 问 {#q}\n\n= 对\n> 因为。\n"
    with pytest.raises(NotFound):
        open_writing(session, target)
    save_draft(session, classroom.instructor, target, (text, Seen(0, 0)), now)
    assert "fresh" not in {row.slug for row in session.scalars(select(Document))}

    checked = check_in_course(session, target.place.course, target.name, text)
    prepared = prepare_text(checked, renderer())
    publish_text(session, classroom.instructor, target, prepared, (Seen(1, 0), "", now))

    row = session.scalars(select(Document).where(Document.slug == "fresh")).one()
    assert (row.title, row.kind, row.language, row.is_translation) == ("新", "quiz", "zh", False)
    assert [one.name.slug for one in list_writings(session, target.place) if one.document is row] == ["fresh"]


def test_a_translation_is_checked_against_its_original_and_made_one(session, target):
    name = TextName(Kind.CASE, "door", "fr")
    original = TextName(Kind.CASE, "door", "zh")
    source = open_writing(session, Target(target.place, original)).text

    checked = check_in_course(session, target.place.course, name, source)

    assert checked.is_translation
    assert check_in_course(session, target.place.course, original, source).is_translation is False


def test_a_picture_of_the_course_is_pinned_and_another_one_is_an_error(session, target, classroom, now):
    text = text_of(session, target) + "\n![车](media/car.png)\n"
    missing = check_in_course(session, target.place.course, target.name, text)
    assert "missing-picture" in {one.code for one in missing.diagnostics if one.is_error}
    other: dict[str, str | bytes | None] = {
        "cases/etiquette/media/car.png": make_png(),
        "cases/etiquette/seen.md": SEEN,
    }
    publish_texts(session, classroom.library, other, now)

    checked = check_in_course(session, target.place.course, target.name, text)
    assert checked.is_sound, checked.diagnostics
    prepared = prepare_text(checked, renderer())
    revision = publish_text(session, classroom.instructor, target, prepared, (FIRST, "", now))

    entries = session.scalars(select(ManifestEntry).where(ManifestEntry.revision_id == revision.id)).all()
    assert [entry.name for entry in entries] == ["car.png"]


def test_a_draft_is_thrown_away_by_who_saw_it(session, target, save, discard):
    save(changed(session, target), FIRST)

    with pytest.raises(DraftChanged):
        discard(FIRST)
    discard(Seen(1, 1))

    assert open_writing(session, target).draft is None
    with pytest.raises(NotFound):
        discard(FIRST)


def test_in_an_archived_offering_texts_are_read_only(session, classroom, target, save, publish, *, discard):
    text = changed(session, target)
    archive_offering(classroom.offering, classroom.offering.created_at)

    for act in (
        lambda: save(text, FIRST),
        lambda: publish(text, FIRST),
        lambda: discard(FIRST),
    ):
        with pytest.raises(OfferingArchived):
            act()
    assert count(session, TextDraft) == 0
    assert open_writing(session, target).seen == FIRST
