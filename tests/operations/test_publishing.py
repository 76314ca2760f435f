"""Publishing: idempotent, nothing lost, nothing overwritten."""

import pytest
from sqlalchemy import func, select

from app.content.parse import Kind
from app.domain.errors import NotPublished
from app.models import BankItem, Blob, Course, Document, ManifestEntry, Rendering, Revision
from app.operations.documents import find_fragments, find_text, get_text, list_titles
from app.operations.loads import as_path
from tests.support.builders import publish_texts
from tests.support.texts import make_case_text, make_png, make_small_quiz_text, make_syllabus_text, make_texts

DOOR, SMILE = "cases/etiquette/door.md", "quizzes/etiquette/smile.md"
PICTURE = "cases/etiquette/media/door.png"
A, B = make_small_quiz_text("甲"), make_small_quiz_text("乙")


def names(editions):
    return [as_path(edition.identity) for edition in editions]


def revisions(session, slug="smile"):
    statement = select(Revision).join(Document, Document.id == Revision.document_id)
    return session.scalars(statement.where(Document.slug == slug).order_by(Revision.number)).all()


def document(session, slug="smile"):
    return session.scalars(select(Document).where(Document.slug == slug, Document.language == "zh")).one()


def publish_elsewhere(session, slug, other, now):
    """Make another revision the head, as an editor on the web does."""
    row = document(session, slug)
    head = session.get(Revision, row.head_revision_id)
    revision = Revision(
        document_id=row.id,
        number=head.number + 1,
        content_hash=other.content_hash,
        source=other.source,
        rendering_key=other.rendering_key,
        created_at=now,
        parent_id=head.id,
    )
    session.add(revision)
    session.flush()
    row.head_revision_id = revision.id
    session.flush()


def bank(session, slug="smile"):
    """Return what the bank holds of a quiz: each question with the revision that it says so since."""
    statement = select(BankItem).where(BankItem.document_id == document(session, slug).id)
    return [(row.item, row.stem, row.tokens, row.since_id) for row in session.scalars(statement)]


@pytest.fixture
def library(tmp_path):
    return tmp_path / "texts"


@pytest.fixture
def load(session, library, now):
    """Return a function that changes files and loads the library."""
    return lambda texts, **how: publish_texts(session, library, texts, now, **how)


def test_what_is_new_is_published_with_its_course(session, load):
    plan = load(make_texts())

    assert len(plan.new) == 8
    assert "etiquette/case/door.en" in names(plan.new)
    text = get_text(session, session.scalars(select(Course)).one().id, Kind.CASE, "door")
    assert (text.original, set(text.revisions)) == ("zh", {"zh", "en"})
    assert [row.number for row in revisions(session)] == [1]


def test_the_course_is_named_by_its_syllabus_in_each_language(session, load):
    load(make_texts() | {"cases/etiquette/syllabus.md": make_syllabus_text(public="yes")})

    course = session.scalars(select(Course)).one()
    assert course.titles == {"zh": "服务礼仪", "en": "Service etiquette"}
    assert course.is_public


def test_a_translation_does_not_make_a_course_public(session, load):
    load(make_texts() | {"cases/etiquette/syllabus.en.md": make_syllabus_text("Service", public="yes")})

    assert not session.scalars(select(Course)).one().is_public


def test_loading_again_changes_nothing(session, load):
    load(make_texts())
    before = session.scalar(select(func.count()).select_from(Revision))

    plan = load({})

    assert (len(plan.unchanged), plan.writes) == (8, False)
    assert session.scalar(select(func.count()).select_from(Revision)) == before


def test_a_harmless_difference_is_no_change(session, load):
    load({SMILE: A})

    plan = load({SMILE: A.replace("\n", "\r\n") + "\n\n"})

    assert names(plan.unchanged) == ["etiquette/quiz/smile.zh"]


def test_a_changed_file_makes_the_next_revision_on_the_one_before(session, load):
    load({SMILE: A})
    plan = load({SMILE: B})

    first, second = revisions(session)
    assert names(plan.changed) == ["etiquette/quiz/smile.zh"]
    assert (second.number, second.parent_id) == (2, first.id)
    assert document(session).title == "乙"
    assert document(session).head_revision_id == second.id


def test_a_text_that_comes_back_is_a_third_revision(session, load):
    for text in (A, B, A):
        load({SMILE: text})

    first, second, third = revisions(session)
    assert third.number == 3
    assert (third.content_hash, third.rendering_key) == (first.content_hash, first.rendering_key)
    assert second.content_hash != third.content_hash


def test_what_was_published_elsewhere_is_kept_and_the_conflict_listed(session, load, now):
    load({SMILE: A, "quizzes/etiquette/other.md": B})
    publish_elsewhere(session, "smile", revisions(session, "other")[0], now)

    plan = load({SMILE: make_small_quiz_text("丙")})

    assert names(plan.conflicts) == ["etiquette/quiz/smile.zh"]
    assert (plan.changed, plan.new) == ([], [])
    assert [row.number for row in revisions(session)] == [1, 2]
    assert "乙" in session.get(Revision, document(session).head_revision_id).source
    assert names(load({}).conflicts) == ["etiquette/quiz/smile.zh"]


def test_what_was_published_elsewhere_stays_while_its_file_does_not_change(session, load, now):
    load({SMILE: A, "quizzes/etiquette/other.md": B})
    publish_elsewhere(session, "smile", revisions(session, "other")[0], now)

    plan = load({})

    assert (plan.conflicts, plan.changed, len(plan.unchanged)) == ([], [], 2)
    assert "乙" in session.get(Revision, document(session).head_revision_id).source


def test_a_file_that_catches_up_makes_no_revision_and_leads_again(session, load, now):
    load({SMILE: A, "quizzes/etiquette/other.md": B})
    publish_elsewhere(session, "smile", revisions(session, "other")[0], now)

    plan = load({SMILE: B})

    assert names(plan.caught_up) == ["etiquette/quiz/smile.zh"]
    assert len(revisions(session)) == 2
    assert names(load({SMILE: A}).changed) == ["etiquette/quiz/smile.zh"]


def test_a_missing_file_retires_its_document_and_deletes_nothing(session, load, now):
    load(make_texts())
    course = session.scalars(select(Course)).one()

    plan = load({SMILE: None})

    assert [as_path(name) for name in plan.retired] == ["etiquette/quiz/smile.zh"]
    assert document(session).retired_at == now
    assert len(revisions(session)) == 1
    assert find_text(session, course.id, Kind.QUIZ, "smile") is None
    with pytest.raises(NotPublished):
        get_text(session, course.id, Kind.QUIZ, "smile")
    assert load({}).retired == []


def test_a_translation_alone_is_no_text(session, load):
    load(make_texts())
    course = session.scalars(select(Course)).one()

    load({DOOR: None})

    assert find_text(session, course.id, Kind.CASE, "door") is None


def test_a_file_that_comes_back_revives_its_document(session, load):
    load(make_texts())
    course = session.scalars(select(Course)).one()
    load({SMILE: None})

    plan = load({SMILE: make_small_quiz_text()})

    assert names(plan.changed) == ["etiquette/quiz/smile.zh"]
    assert document(session).retired_at is None
    assert find_text(session, course.id, Kind.QUIZ, "smile") is not None
    assert names(load({}).unchanged).count("etiquette/quiz/smile.zh") == 1


def test_a_file_that_comes_back_as_it_was_makes_no_revision(session, load):
    load(make_texts())
    before, listed = document(session).head_revision_id, list_titles(session, 1)
    found = bank(session)
    load({SMILE: None})
    assert bank(session) == []

    load({SMILE: make_small_quiz_text()})

    assert [row.number for row in revisions(session)] == [1]
    assert document(session).head_revision_id == before
    assert (document(session).retired_at, list_titles(session, 1)) == (None, listed)
    assert bank(session) == found != []
    assert not load({}).writes


def test_a_file_that_comes_back_with_another_text_makes_the_next_revision(session, load):
    load({SMILE: A})
    load({SMILE: None})

    load({SMILE: B})

    assert [row.number for row in revisions(session)] == [1, 2]
    assert (document(session).title, document(session).retired_at) == ("乙", None)
    assert [one[0] for one in bank(session)] == ["smile"]


def test_a_broken_file_is_not_retired_and_the_others_are_loaded(session, load):
    load(make_texts())

    plan = load({SMILE: A.replace("- (x) 笑", "- ( ) 笑"), DOOR: make_case_text("新题目")})

    assert plan.retired == []
    assert "etiquette/case/door.zh" in names(plan.changed)
    assert document(session).retired_at is None
    assert len(revisions(session)) == 1


def test_a_document_published_only_elsewhere_is_never_retired(session, load):
    load(make_texts())
    document(session).loaded_hash = None

    assert load({SMILE: None}).retired == []


def test_a_missing_file_does_not_retire_what_was_published_elsewhere_since(session, load, now):
    load({SMILE: A, "quizzes/etiquette/other.md": B})
    publish_elsewhere(session, "smile", revisions(session, "other")[0], now)

    plan = load({SMILE: None}, is_over=True)

    assert ([as_path(name) for name in plan.kept], plan.retired) == (["etiquette/quiz/smile.zh"], [])
    assert not plan.is_whole
    assert document(session).retired_at is None


def test_the_file_wins_over_what_was_published_elsewhere_where_that_is_asked_for(session, load, now):
    load({SMILE: A, "quizzes/etiquette/other.md": B})
    publish_elsewhere(session, "smile", revisions(session, "other")[0], now)

    plan = load({SMILE: make_small_quiz_text("丙")}, is_over=True)

    assert (names(plan.over), plan.conflicts) == (["etiquette/quiz/smile.zh"], [])
    assert [row.number for row in revisions(session)] == [1, 2, 3]
    assert document(session).title == "丙"
    assert load({}, is_over=True).writes is False


@pytest.mark.parametrize("is_over", [False, True])
def test_what_is_published_while_a_load_renders_is_a_conflict(session, load, now, is_over):
    load({SMILE: A, "quizzes/etiquette/other.md": B})
    other = revisions(session, "other")[0]

    plan = load(
        {SMILE: make_small_quiz_text("丙")},
        is_over=is_over,
        meanwhile=lambda: publish_elsewhere(session, "smile", other, now),
    )

    assert (names(plan.conflicts), plan.changed, plan.over) == (["etiquette/quiz/smile.zh"], [], [])
    assert [row.number for row in revisions(session)] == [1, 2]


def test_what_is_published_while_a_load_would_retire_it_is_kept(session, load, now):
    load({SMILE: A, "quizzes/etiquette/other.md": B})
    other = revisions(session, "other")[0]

    plan = load({SMILE: None}, meanwhile=lambda: publish_elsewhere(session, "smile", other, now))

    assert ([as_path(name) for name in plan.kept], plan.retired) == (["etiquette/quiz/smile.zh"], [])
    assert document(session).retired_at is None


def test_two_loads_of_the_same_files_make_one_revision(session, load):
    plan = load({SMILE: A}, meanwhile=lambda: load({}))

    assert (names(plan.unchanged), plan.new) == (["etiquette/quiz/smile.zh"], [])
    assert len(revisions(session)) == 1


def test_a_file_is_kept_without_its_byte_order_mark_and_line_ends(session, load):
    load({SMILE: "\ufeff" + A.replace("\n", "\r\n")})

    assert revisions(session)[0].source == A


def test_a_translation_that_lags_behind_is_left_out_of_the_text(session, load):
    load(make_texts())
    course = session.scalars(select(Course)).one()
    longer = make_case_text().replace("## 结局:挽回", "## 材料:新 {#new}\n\n新。\n\n## 结局:挽回")

    load({DOOR: longer})

    text = get_text(session, course.id, Kind.CASE, "door")
    assert set(text.revisions) == {"zh"}
    assert (text.language("en"), text.revision("en").number) == ("zh", 2)


# pictures


@pytest.fixture
def pictured(load):
    load(make_texts() | {DOOR: make_case_text(opening="![门](media/door.png)"), PICTURE: make_png()})


def manifest(session, revision):
    rows = session.scalars(select(ManifestEntry).where(ManifestEntry.revision_id == revision.id))
    return {row.name: row.sha256 for row in rows}


def zh(session, slug="door"):
    row = document(session, slug)
    found = session.scalars(select(Revision).where(Revision.document_id == row.id).order_by(Revision.number))
    return found.all()


def test_a_picture_is_kept_and_pinned_by_its_hash(session, pictured, library):
    (revision,) = zh(session)
    (blob,) = session.scalars(select(Blob))

    assert manifest(session, revision) == {"door.png": blob.sha256}
    assert blob.media_type == "image/png"
    assert f"/media/{blob.sha256}" in find_fragments(session, [revision])[revision.id]["arrival.body"]


def test_another_picture_of_the_same_name_makes_another_revision(session, pictured, load):
    before = zh(session)[0]
    old = find_fragments(session, [before])[before.id]["arrival.body"]

    plan = load({PICTURE: make_png(200)})

    first, second = zh(session)
    assert names(plan.changed) == ["etiquette/case/door.zh"]
    assert first.content_hash == second.content_hash
    assert manifest(session, first) != manifest(session, second)
    assert find_fragments(session, [first])[first.id]["arrival.body"] == old
    assert find_fragments(session, [second])[second.id]["arrival.body"] != old


def test_what_comes_back_with_another_picture_makes_another_revision(session, pictured, load):
    text = make_case_text(opening="![门](media/door.png)")
    load({DOOR: None})
    load({DOOR: text})
    assert len(zh(session)) == 1
    load({DOOR: None})

    load({DOOR: text, PICTURE: make_png(200)})

    assert [row.number for row in zh(session)] == [1, 2]
    assert document(session, "door").retired_at is None


def test_html_is_kept_once_for_equal_texts(session, load):
    load({SMILE: A, "quizzes/other/smile.md": A})

    assert session.scalar(select(func.count()).select_from(Revision)) == 2
    assert session.scalar(select(func.count()).select_from(Rendering)) == 1
