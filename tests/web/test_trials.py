"""A draft met as a student would, before it is published: nothing is stored, nothing counts."""

import pytest

from app.models import Attempt, CaseWalk, Exam, TextDraft
from tests.support.builders import publish_texts
from tests.support.drill import make_drill
from tests.support.pages import Page, follow, open_page, send_form
from tests.web.authors import author, case, changed, form_of, page_of, rows, send, texts

__all__ = ["author", "case", "texts"]


def go_on(client, page, **values):
    """Send the trial's form that waits."""
    answer = send_form(client, page.form("?language=zh"), **values)
    assert answer.status_code == 200, answer.text
    return Page(answer.text)


def nothing_is_stored(store):
    return [rows(store, table) for table in (CaseWalk, Attempt, Exam)] == [[], [], []]


def test_the_editor_leads_to_the_draft_as_a_student_meets_it(author, case, store):
    page = follow(author, send(author, form_of(author, case), changed(author, case), "try"))

    assert "Nothing of what you do here is kept or counted." in page.text
    assert "一辆黑色轿车停下" in page.text
    assert "zqfeedback" not in page.text
    assert len(rows(store, TextDraft)) == 1


def test_a_text_that_was_not_changed_becomes_no_draft_by_it(author, case, store):
    follow(author, send(author, form_of(author, case), act="try"))

    assert rows(store, TextDraft) == []


def test_a_case_is_walked_to_its_end_and_nothing_is_stored(author, case, store):
    page = page_of(author, f"{case}/try")

    upset = go_on(author, page, choice="1")
    refused = go_on(author, upset, choice="2", reason=" ")
    saved = go_on(author, refused, choice="2", reason="他不高兴")
    over = go_on(author, saved, text="她是女宾")

    assert "zqoutcome-upset" in upset.text
    assert "Give a reason" in refused.text
    assert "挽回" in saved.text
    assert "zqpoint-order" not in saved.text
    assert "You have finished this case" in over.text
    assert "zqpoint-order" in over.text
    assert nothing_is_stored(store)


def test_a_reading_is_read_on(author, texts):
    page = page_of(author, f"{texts}/case/why-doors/try")

    then = go_on(author, page)
    now = go_on(author, then)

    assert "第二段" not in page.text
    assert "第二段" in then.text
    assert "第三段" in now.text
    assert "You have finished this reading" in now.text


@pytest.mark.parametrize(
    "held", ["", "[", "[1]", '[1, [["which", 9, "", ""]]]', '[1, [["which", "x"]]]', "{}"]
)
def test_a_walk_that_the_text_does_not_allow_begins_again(author, case, held):
    page = go_on(author, page_of(author, f"{case}/try"), held=held, section=None)

    assert "先开哪扇门？" in page.text
    assert "zqoutcome" not in page.text


def test_a_quiz_is_answered_and_shows_what_comes_of_it(author, texts, store):
    page = page_of(author, f"{texts}/quiz/ladies/try")
    assert "zqexplanation" not in page.text

    told = go_on(author, page, **{"answer-truth": "false", "answer-written": "因为规范"})

    assert "2 of" in told.text
    assert "1 written answer is not in this score." in told.text
    assert "zqexplanation-truth" in told.text
    assert "zqpoint-written" in told.text
    assert nothing_is_stored(store)


@pytest.fixture
def drill(store, classroom, texts, now):
    with store() as session:
        publish_texts(session, classroom.library, {"quizzes/etiquette/drill.md": make_drill()}, now)
    return f"{texts}/quiz/drill/try"


def test_an_order_that_is_none_is_told_and_nothing_is_judged(author, drill):
    told = go_on(author, page_of(author, drill), **{"answer-order.1": "1", "answer-order.2": "1"})

    assert "Give every step a number of its own." in told.text
    assert "See what comes of it" in told.text


def test_a_case_in_a_quiz_is_walked_and_the_other_answers_stay(author, drill, store):
    decided = {"choice-way": "2", "section-way": "which", "commit": "way"}

    walked = go_on(author, page_of(author, drill), **{"answer-cloze.1": "zqcloze-word"}, **decided)
    told = go_on(author, walked, commit=None)

    assert "zqending-pleased" in walked.text
    assert "zqcloze-explanation" not in walked.text
    assert "zqcloze-explanation" in told.text
    assert "10 of 10" in told.text
    assert nothing_is_stored(store)


def test_enter_decides_nothing_in_a_quiz_that_is_tried(author, drill):
    first, *others = page_of(author, drill).form("?language=zh").buttons

    assert "name" not in first
    assert [one["name"] for one in others if "name" in one] == ["commit"]


def test_files_are_not_taken(author, drill):
    page = page_of(author, drill)

    assert "The preview takes none." in page.text


def test_another_student_gets_the_questions_in_another_order(author, texts, store, classroom, now):
    stems = "".join(f"\n## 第{n}题 {{#q{n}}}\n\n- (x) 是\n- ( ) 否\n" for n in range(1, 9))
    text = f"---\ntitle: 乱序\nshuffle: yes\n---\n{stems}"
    with store() as session:
        publish_texts(session, classroom.library, {"quizzes/etiquette/mixed.md": text}, now)

    page = page_of(author, f"{texts}/quiz/mixed/try")
    other = open_page(author, page.links["As another student would get it"])

    assert list(page.items) != list(other.items)
    assert sorted(page.items) == sorted(other.items)


def test_a_text_with_errors_is_not_tried(author, case):
    answer = send(author, form_of(author, case), "---\ntitle: 门\n---\n\n## 决策点 {#a}\n", "try")

    page = open_page(author, answer.headers["Location"], 422)

    assert "A text with errors cannot be tried." in page.text


def test_a_syllabus_leads_back_to_its_text(author, texts):
    answer = author.get(f"{texts}/syllabus/syllabus/try")

    assert answer.status_code == 303


@pytest.mark.parametrize(
    "held", ["[Infinity, []]", "[1e999, []]", '[1, [["which", 1, "\\ud800", ""]]]', '[1, {"a": 1}]']
)
def test_a_walk_that_no_page_sent_begins_again(author, case, held):
    page = page_of(author, f"{case}/try")

    answer = send_form(author, page.form("?language=zh"), held=held, section=None)

    assert answer.status_code == 200
    assert "zqoutcome" not in answer.text


@pytest.mark.parametrize(
    "shown",
    [
        "5",
        "NaN",
        "1e999",
        '"\\ud800"',
        '["x"]',
        '[["2"]]',
        '["2","2","2","2"]',
        '{"1":["1"]}',
        '{"best":"9"}',
    ],
)
def test_an_answer_that_no_page_showed_is_none(author, drill, shown):
    form = page_of(author, drill).form("?language=zh")
    names = [name.removeprefix("shown-") for name in dict(form.fields) if name.startswith("shown-")]

    for name in names:
        told = {f"shown-{name}": shown, f"event-{name}": None, "commit": "x"}
        assert send_form(author, form, **told).status_code < 500, name
        walked = {f"shown-{name}": shown, "commit": name, f"choice-{name}": "2", f"section-{name}": "which"}
        assert send_form(author, form, **walked).status_code < 500, name
