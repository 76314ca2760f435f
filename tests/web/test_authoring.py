"""Authors write texts: a draft that all of them share, checked and shown as they write, then published."""

import re

import pytest

from app.models import AuditRow, Course, Revision, TextDraft
from tests.support.pages import Page, follow, open_page, send_form
from tests.web.authors import (
    author,
    case,
    changed,
    colleague,
    form_of,
    head,
    page_of,
    rows,
    send,
    text_of,
    texts,
)

__all__ = ["author", "case", "colleague", "texts"]

CODES = re.compile(r"`([a-z0-9-]+)`")
LOST = """
## 决策点:去哪里? {#astray}

- ( ) 甲 -> #nowhere {1分}
- ( ) 乙 -> #nowhere {0分}
"""


def test_the_texts_of_a_course_are_listed_and_lead_to_the_editor(author, texts, case):
    html = author.get(texts, headers={"Accept-Language": "en"}).text

    assert f'href="{case}?language=zh"' in html
    assert page_of(author, texts.removesuffix("/texts")).links["Texts"] == texts


def test_the_editor_shows_the_published_text_and_how_it_looks(author, case, store):
    page = page_of(author, case)

    assert text_of(author, case) == head(store)[2]
    assert "How it looks" in page.text
    assert page.text.count("一辆白色轿车停下") >= 2
    assert "Revision 1 is published" in page.text


@pytest.mark.parametrize("ending", ["", "/history", "/changes?old=1"])
def test_the_language_of_the_text_is_not_that_of_the_page(author, case, ending):
    page = open_page(author, f"{case}{ending}", language="zh")
    english = open_page(author, f"{case}{ending}", language="en")

    assert "English" in page.text
    assert "English" not in english.text


def test_a_draft_is_saved_and_shared_and_nothing_is_published(author, colleague, case, store):
    text = changed(author, case)

    page = follow(author, send(author, form_of(author, case), text))

    assert "The draft is saved. It is published when you publish it." in page.text
    assert text_of(colleague, case) == text
    assert "Draft by" in page_of(colleague, case).text
    assert head(store)[:2] == (1, "")


def test_what_is_published_is_the_next_revision_with_author_and_message(author, case, store, classroom):
    text = changed(author, case)

    page = follow(author, send(author, form_of(author, case), text, "publish", message="换车"))

    assert "Published as revision 2." in page.text
    assert "换车" in page.text
    assert head(store) == (2, "换车", text)
    assert rows(store, TextDraft) == []
    revision = rows(store, Revision)[-1]
    assert revision.author_id == classroom.instructor.id
    log = [row for row in rows(store, AuditRow) if row.action == "text.publish"]
    assert [row.detail["number"] for row in log] == ["2"]


def test_students_see_what_was_published(author, browse, case):
    send(author, form_of(author, case), changed(author, case), "publish")

    text = open_page(browse("student"), "/courses/etiquette/cases/door", language="zh").text
    assert "轿车" in text


def test_a_text_with_errors_is_not_published_and_stays_in_the_editor(author, case, store):
    text = (
        text_of(author, case)
        + "\n## 决策点:去哪里? {#astray}\n\n- ( ) 甲 -> #nowhere {1分}\n- ( ) 乙 -> #nowhere {0分}\n"
    )

    answer = send(author, form_of(author, case), text, "publish")

    page = Page(answer.text)
    assert answer.status_code == 422
    assert "Mend the errors first." in page.text
    assert "There is no section with this id." in page.text
    assert page.form(f"{case.rpartition('/texts/')[2]}?language=zh").value("text") == text
    assert head(store)[0] == 1


def test_what_is_published_already_is_said(author, case, store):
    answer = send(author, form_of(author, case), None, "publish")

    assert answer.status_code == 422
    assert "This is what is published already." in Page(answer.text).text
    assert head(store)[0] == 1


def test_two_authors_are_told_of_each_other_and_neither_loses_a_word(author, colleague, case, store):
    mine, theirs = form_of(author, case), form_of(colleague, case)
    first, second = changed(author, case), text_of(author, case) + "\n尾声。\n"
    send(colleague, theirs, first)

    answer = send(author, mine, second)

    page = Page(answer.text)
    assert answer.status_code == 409
    assert "Somebody else has changed this text meanwhile" in page.text
    assert page.form("?language=zh").value("text") == second
    assert rows(store, TextDraft)[0].text == first
    follow(author, send(author, page.form("?language=zh"), None))
    assert [(row.text, row.discarded_at is None) for row in rows(store, TextDraft)] == [
        (first, False),
        (second, True),
    ]


def test_who_writes_on_while_a_colleague_throws_the_draft_away_loses_no_word(author, colleague, texts, store):
    send_form(author, page_of(author, f"{texts}/new").form("/new"), kind="quiz", title="新", slug="gone")
    quiz = f"{texts}/quiz/gone"
    mine, text = form_of(author, quiz), text_of(author, quiz) + "\n尾声。\n"
    send(colleague, form_of(colleague, quiz), None, "discard")

    answer = send(author, mine, text)

    page = Page(answer.text)
    assert answer.status_code == 409
    assert page.form("?language=zh").value("text") == text
    follow(author, send(author, page.form("?language=zh"), None))
    assert [row.text for row in rows(store, TextDraft) if row.discarded_at is None] == [text]


@pytest.mark.parametrize("name", ["quiz/Never", "quiz/a b", "quiz/never?language=../x", "poem/never"])
def test_a_name_that_no_text_can_have_is_not_found(author, texts, store, name):
    token = page_of(author, f"{texts}/new").form("/new").value("csrf_token")

    answer = author.post(
        f"{texts}/{name}", data={"csrf_token": token, "text": "x", "version": "0", "number": "0"}
    )

    assert answer.status_code == 404
    assert rows(store, TextDraft) == []


def test_a_published_syllabus_names_the_course(author, texts, store):
    syllabus = f"{texts}/syllabus/syllabus"
    text = re.sub(r"^(title|标题):.*$", "title: 另一个课名", text_of(author, syllabus), count=1, flags=re.M)

    assert send(author, form_of(author, syllabus), text, "publish").status_code == 303

    (course,) = rows(store, Course)
    assert course.titles["zh"] == "另一个课名"


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"message": "长" * 201}, "Say in at most 200 characters what changed."),
        ({"text": "x" * 262_145}, "This is larger than a text can be: 256 KiB. Split it."),
    ],
)
def test_what_is_too_long_is_said_and_stays(author, case, store, more, sentence):
    answer = send_form(author, form_of(author, case), **{"publish": "1"} | more)

    page = Page(answer.text)
    assert answer.status_code == 422
    assert sentence in page.text
    form = page.form("?language=zh")
    assert all(form.value(name) == value for name, value in more.items())
    assert head(store)[0] == 1


@pytest.mark.parametrize("seen", ["", "x", "-1", "1e9", "9" * 30])
def test_what_was_never_shown_to_anybody_is_a_conflict(author, case, store, seen):
    answer = send(author, form_of(author, case), changed(author, case), version=seen)

    assert answer.status_code == 409
    assert rows(store, TextDraft) == []


@pytest.mark.parametrize("act", ["save", "publish"])
def test_what_a_colleague_published_meanwhile_is_not_overwritten_unseen(author, colleague, case, store, act):
    mine = form_of(author, case)
    send(colleague, form_of(colleague, case), changed(colleague, case), "publish", message="先")

    answer = send(author, mine, text_of(author, case) + "\n尾声。\n", act)

    assert answer.status_code == 409
    assert head(store)[:2] == (2, "先")
    assert rows(store, TextDraft) == []


def test_the_same_text_sent_twice_is_saved_once(author, case, store):
    form, text = form_of(author, case), changed(author, case)

    answers = [send(author, form, text).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert rows(store, TextDraft)[0].version == 1


def test_a_draft_is_thrown_away_and_what_is_published_stays(author, case, store):
    published = text_of(author, case)
    send(author, form_of(author, case), changed(author, case))

    page = follow(author, send(author, form_of(author, case), None, "discard"))

    assert "The draft is thrown away. It can be brought back." in page.text
    assert text_of(author, case) == published


def test_a_check_tells_lines_in_the_authors_language_and_writes_nothing(author, case, store):
    text = text_of(author, case).replace("title:", "heading:", 1).replace("标题:", "标题题:", 1)
    token = page_of(author, case).form("?language=zh").value("csrf_token")

    for language, word in (("en", "Line "), ("zh-CN", "第 ")):
        headers = {"Accept-Language": language, "Accept": "application/json"}
        answer = author.post(f"{case}/check", data={"text": text, "csrf_token": token}, headers=headers)
        assert answer.status_code == 200
        assert (answer.json["sound"], answer.json["is_shown"]) == (False, False)
        assert word in answer.json["diagnostics"]
    assert rows(store, TextDraft) == []


def test_a_text_that_names_what_is_not_there_is_shown_all_the_same(author, texts):
    quiz = f"{texts}/quiz/smile"
    text = re.sub(r"^(module|模块):.*$", "模块: nowhere", text_of(author, quiz), count=1, flags=re.M)
    token = page_of(author, quiz).form("?language=zh").value("csrf_token")

    found = author.post(f"{quiz}/check", data={"text": text, "csrf_token": token}).json

    assert (found["sound"], found["is_shown"]) == (False, True)
    assert "nowhere" in found["diagnostics"]


@pytest.mark.parametrize(
    ("kind", "slug", "example"),
    [("quiz", "smile", "- (x) "), ("case", "door", "## 结局:"), ("syllabus", "syllabus", "测验: ")],
)
def test_the_editor_shows_how_its_kind_of_text_is_written(author, texts, kind, slug, example):
    page = page_of(author, f"{texts}/{kind}/{slug}")

    assert "How texts are written" in page.text
    assert example in page.text


def test_an_item_without_an_id_is_given_one_that_no_item_had_and_the_rest_stays(author, texts, store):
    quiz, new = f"{texts}/quiz/smile", "\n## 新的一题\n\n= 对\n> 因为。\n"
    text = text_of(author, quiz)
    send(author, form_of(author, quiz), text + new, "publish")
    first = head(store, "smile")[2]
    send(author, form_of(author, quiz), text + new.replace("新的", "另"), "publish")

    second = head(store, "smile")[2]

    assert first == text + new.replace("新的一题", "新的一题 {#q1}")
    assert second == text + new.replace("新的一题", "另一题 {#q2}")
