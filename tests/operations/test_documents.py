"""Finding published texts."""

import pytest
from sqlalchemy import delete

from app.content.parse import Kind
from app.content.render import RENDERER_VERSION
from app.domain.errors import NotFound, NotPublished, NotRendered
from app.models import Rendering
from app.operations.documents import (
    case_of,
    check_practice,
    find_fragments,
    get_text,
    list_cases_of_quiz,
    list_titles,
    quiz_of,
)
from app.operations.renderings import render_stale
from tests.support.builders import place_of, publish_texts, renderer
from tests.support.texts import make_case_text, make_exam_texts, make_texts

DOOR, DOOR_EN = "cases/etiquette/door.md", "cases/etiquette/door.en.md"


@pytest.fixture
def course_id(session, classroom):
    return place_of(session, classroom.student).course.id


def for_exams(text):
    return text.replace("module:", "use: exam\nmodule:")


def test_a_text_is_shown_in_the_language_asked_for_or_its_own(session, course_id):
    both, one = (get_text(session, course_id, Kind.QUIZ, slug) for slug in ("ladies", "smile"))

    assert quiz_of(both.revision("en")).title == "Ladies first"
    assert (both.language("fr"), one.language("en"), one.original) == ("zh", "zh", "zh")
    assert quiz_of(one.revision("en")).title == "微笑"


@pytest.mark.parametrize(("kind", "slug"), [(Kind.CASE, "ladies"), (Kind.QUIZ, "door"), (Kind.CASE, "")])
def test_a_text_of_another_kind_or_name_is_not_there(session, course_id, kind, slug):
    with pytest.raises(NotPublished):
        get_text(session, course_id, kind, slug)


def test_another_courses_text_is_not_there(session, course_id):
    with pytest.raises(NotPublished):
        get_text(session, course_id + 1, Kind.CASE, "door")


def test_titles_are_listed_by_kind_slug_and_language(session, course_id):
    titles = list_titles(session, course_id)

    assert set(titles) == {
        ("syllabus", "syllabus"),
        ("case", "door"),
        ("case", "why-doors"),
        ("quiz", "ladies"),
        ("quiz", "smile"),
    }
    assert {language: one.title for language, one in titles["case", "door"].items()} == {
        "zh": "先开哪一扇门",
        "en": "Which door first",
    }


def test_retired_texts_have_no_title(session, classroom, course_id, now):
    publish_texts(session, classroom.library, {"quizzes/etiquette/smile.md": None}, now)

    assert ("quiz", "smile") not in list_titles(session, course_id)


def cases_of(session, course_id, language="zh"):
    return [one.title for one in list_cases_of_quiz(session, course_id, "ladies", language)]


def test_a_quiz_knows_its_cases_in_the_language(session, course_id):
    assert cases_of(session, course_id) == ["先开哪一扇门"]
    assert cases_of(session, course_id, "en") == ["Which door first"]
    assert cases_of(session, course_id, "fr") == ["先开哪一扇门"]


@pytest.mark.parametrize(
    "changes",
    [
        {DOOR: None},
        {DOOR: for_exams(make_case_text())},
        {DOOR: for_exams(make_case_text()), DOOR_EN: for_exams(make_case_text("Door"))},
    ],
)
def test_a12_a_retired_or_exam_case_is_not_named_whatever_its_translation_says(
    session, classroom, course_id, now, changes
):
    publish_texts(session, classroom.library, changes, now)

    assert cases_of(session, course_id) == cases_of(session, course_id, "en") == []


def test_who_may_practise_with_a_document(session, classroom, course_id, now):
    publish_texts(session, classroom.library, make_exam_texts(), now)
    door, vault = (get_text(session, course_id, Kind.CASE, slug).document for slug in ("door", "vault"))
    offering = classroom.offering.id

    for person in (classroom.student, classroom.assistant, classroom.instructor):
        check_practice(person, offering, door)
    check_practice(classroom.instructor, offering, vault)
    for person, document in [
        (classroom.stranger, door),
        (classroom.stranger, vault),
        (classroom.student, vault),
        (classroom.assistant, vault),
    ]:
        with pytest.raises(NotFound):
            check_practice(person, offering, document)


def test_html_comes_by_fragment(session, course_id):
    revision = get_text(session, course_id, Kind.CASE, "door").revision("zh")

    fragments = find_fragments(session, [revision])[revision.id]

    assert fragments["which.choice.1"] == "后排右门"
    assert "zqfeedback-rear" in fragments["which.choice.1.feedback"]


def test_a_text_that_waits_to_be_rendered_is_refused_until_it_is(session, classroom, course_id, now):
    # a text that nobody has read before
    publish_texts(session, classroom.library, {DOOR: make_case_text("等着", "还没有人读过。")}, now)
    revision = get_text(session, course_id, Kind.CASE, "door").revision("zh")
    before = session.get_one(Rendering, (revision.rendering_key, RENDERER_VERSION)).fragments
    session.execute(delete(Rendering))
    session.expunge_all()
    with pytest.raises(NotRendered):
        find_fragments(session, [revision])

    for made in render_stale(session, renderer()):
        made.store(session, now)
        made.store(session, now)
    session.flush()

    assert find_fragments(session, [revision])[revision.id] == before
    assert list(render_stale(session, renderer())) == []


def test_old_revisions_are_rendered_anew_too(session, classroom, course_id, now):
    old = get_text(session, course_id, Kind.CASE, "door").revision("zh")
    publish_texts(session, classroom.library, {DOOR: make_case_text("新题目", "新的开头。")}, now)
    session.execute(delete(Rendering))

    assert old.rendering_key in {made.key for made in render_stale(session, renderer())}


def test_every_text_of_the_course_is_what_its_file_says(session, course_id):
    for (course, kind, slug), title in {
        ("etiquette", Kind.CASE, "door"): "先开哪一扇门",
        ("etiquette", Kind.CASE, "why-doors"): "为什么先开这扇门",
    }.items():
        revision = get_text(session, course_id, kind, slug).revision("zh")
        assert case_of(revision).title == title
        assert revision.source == make_texts()[f"cases/{course}/{slug}.md"]
