"""A new text: begun from an example, named, published, nobody else's before."""

import pytest

from app.models import Document, TextDraft
from tests.support.pages import Page, follow, send_form
from tests.web.authors import author, form_of, page_of, rows, send, texts

__all__ = ["author", "texts"]


def test_a_new_quiz_begins_with_an_example_and_is_nobody_elses_yet(author, texts, store, browse):
    form = page_of(author, f"{texts}/new").form("/new")

    answer = send_form(author, form, kind="quiz", title="新测验: 一", slug="new-quiz")

    page = follow(author, answer)
    assert "Nothing to mend." in page.text or "Warning" in page.text
    assert "Error" not in page.text
    assert browse("student").get("/courses/etiquette/quizzes/new-quiz").status_code == 404
    published = send(author, form_of(author, f"{texts}/quiz/new-quiz"), None, "publish")
    assert published.status_code == 303, Page(published.text).text
    assert browse("student").get("/courses/etiquette/quizzes/new-quiz").status_code == 200


def test_a_draft_is_called_what_it_calls_itself(author, texts):
    form = page_of(author, f"{texts}/new").form("/new")
    send_form(author, form, kind="quiz", title="联检: 小测", slug="joint")

    page, listed = page_of(author, f"{texts}/quiz/joint"), page_of(author, texts)
    send(author, form_of(author, f"{texts}/quiz/joint"), None, "discard")
    gone = page_of(author, texts)

    assert "联检: 小测 Quiz · Chinese · joint" in page.text
    assert "联检: 小测 joint Quiz" in listed.text
    assert "联检: 小测 joint Quiz" in gone.text


def test_a_text_is_begun_from_a_module_of_the_course(author, texts):
    course = page_of(author, texts.removesuffix("/texts"))

    form = page_of(author, course.links["New quiz"]).form("/new")

    assert (form.value("kind"), form.value("module")) == ("quiz", "joint")
    follow(author, send_form(author, form, title="联检小测", slug="joint"))
    assert "模块: joint" in (form_of(author, f"{texts}/quiz/joint").value("text") or "")


@pytest.mark.parametrize(
    ("slug", "sentence"),
    [
        ("", "Give it a short name."),
        ("a b", "A short name has a-z, 0-9 and - only."),
        ("../etc", "A short name has a-z, 0-9 and - only."),
        ("门", "A short name has a-z, 0-9 and - only."),
        ("syllabus", "This name is that of another file of the course. Choose another."),
        ("readme", "This name is that of another file of the course. Choose another."),
        ("door", "The course has a text of this kind and short name already."),
    ],
)
def test_a_short_name_must_fit_and_be_free(author, texts, store, slug, sentence):
    form = page_of(author, f"{texts}/new").form("/new")

    answer = send_form(author, form, kind="case", title="又一个", slug=slug)

    assert answer.status_code == 422
    assert sentence in Page(answer.text).text
    assert rows(store, TextDraft) == []


TITLES = [
    "---",
    "a: b",
    "'",
    '"quoted"',
    "#1",
    "{x}",
    "- x",
    "[1]",
    "100%",
    "<b>",
    "&amp;",
    "标题：一",
    "null",
    "2024",
]


@pytest.mark.parametrize("title", TITLES)
def test_any_title_makes_a_text_that_can_be_published(author, texts, store, title):
    form = page_of(author, f"{texts}/new").form("/new")
    send_form(author, form, kind="case", title=title, slug="odd")

    answer = send(author, form_of(author, f"{texts}/case/odd"), None, "publish")

    assert answer.status_code == 303, Page(answer.text).text
    assert [row.title for row in rows(store, Document) if row.slug == "odd"] == [title]
