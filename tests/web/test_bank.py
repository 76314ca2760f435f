"""The item bank in the browser: search by address, tags, what is retired, questions taken into texts."""

from urllib.parse import urlencode

import pytest

from app.models import TextDraft
from tests.support.builders import publish_texts
from tests.support.counting import statements
from tests.support.pages import Page, follow, open_page, send_form
from tests.support.texts import make_exam_texts
from tests.web.authors import author, form_of, rows, send, texts

__all__ = ["author", "texts"]
BANK = "/teach/bank/"
SMILE = "/teach/bank/questions/etiquette/smile/smile"
ITEM = "\n## 第{n}位旅客问路，怎么答？ {{#way-{n} 知识点=问路}}\n\n- (x) 带他去第{n}号柜台\n- ( ) 不理\n"
MOST = 10


@pytest.fixture
def many(store, classroom, now):
    text = "---\ntitle: 问路\n---\n" + "".join(ITEM.format(n=n) for n in range(1, 46))
    with store() as session:
        publish_texts(session, classroom.library, {"quizzes/etiquette/way.md": text}, now)


def test_the_filters_survive_the_pages(author, many):
    first = open_page(author, f"{BANK}?q=wenlu&type=single&topic=问路", language="en")

    last = turned(author, turned(author, first, page="2"), page="3")

    assert "45 questions" in first.text
    assert last.form("/teach/bank/").value("type") == "single"
    assert last.form("/teach/bank/").value("q") == "wenlu"
    assert "第3位旅客" in last.text
    assert "第30位旅客" not in last.text


def turned(client, page, /, **pressed):
    """Press a button of the bank that sends its form."""
    fields = page.form("/teach/bank/").filled(**pressed)
    return open_page(client, f"{BANK}?{urlencode(fields)}")


def test_what_is_chosen_stays_chosen_from_page_to_page_and_in_a_new_search(author, many):
    first = open_page(author, f"{BANK}?q=wenlu")
    item = ["etiquette/way/way-1", "etiquette/way/way-45"]

    second = turned(author, first, page="2", item=item)
    searched = turned(author, second, q="xiao")

    assert "2 chosen" in second.text
    assert [value for name, value in searched.form("/teach/bank/").fields if name == "item"] == item
    assert "2 chosen questions that are not on this page" in searched.text
    assert "第45位旅客" in searched.text


def test_the_choice_is_cleared_and_the_filters_stay_or_the_other_way_round(author, many):
    page = open_page(author, f"{BANK}?q=wenlu&item=etiquette/way/way-1")

    cleared = turned(author, page, clear="1")
    shown = turned(author, page, all="1")

    assert cleared.form("/teach/bank/").value("q") == "wenlu"
    assert cleared.form("/teach/bank/").value("item") is None
    assert shown.form("/teach/bank/").value("q") == ""
    assert shown.form("/teach/bank/").value("item") == "etiquette/way/way-1"


def test_more_than_can_be_taken_is_said(author, many):
    many = "&".join(f"item=etiquette/way/way-{n}" for n in range(1, 102))

    page = open_page(author, f"{BANK}?q=wenlu&{many}")

    assert "More than 100 questions are chosen" in page.text


def test_the_way_back_from_taking_keeps_choice_and_filters(author):
    page = open_page(author, "/teach/bank/pick?q=xiao&item=etiquette/smile/smile")

    back = open_page(author, page.links["Back to the bank"])

    assert back.form("/teach/bank/").value("q") == "xiao"
    assert back.form("/teach/bank/").value("item") == "etiquette/smile/smile"


def test_a_search_takes_few_statements(app, author, many):
    author.get(BANK)

    with statements(app) as sent:
        answer = author.get(f"{BANK}?q=问路 柜台&type=single&used=never")

    assert "45" in answer.text
    assert len(sent) <= MOST


def test_quizzes_have_their_titles_in_the_language_of_the_page(author):
    bank = open_page(author, BANK, language="en").text
    question = open_page(author, f"{BANK}questions/etiquette/ladies/single", language="en").text

    assert "Ladies first" in bank
    assert "女士优先" not in bank
    assert "Ladies first" in question


def test_a_day_that_is_none_is_told_at_its_field(author):
    page = open_page(author, f"{BANK}?used=since&day=tomorrow", language="en")

    assert "Not a valid date value" in page.text


def test_the_desk_tags_and_retires_a_question(author):
    page = open_page(author, SMILE)
    send_form(author, page.form("/smile"), tags="易错、 期末 ，", retire=None)
    found = open_page(author, f"{BANK}?tag=易错")
    send_form(author, page.form("/smile"), retire="1")
    gone = open_page(author, f"{BANK}?tag=易错")
    send_form(author, open_page(author, SMILE).form("/smile"), revive="1")

    assert "笑不笑" in found.text
    assert "笑不笑" not in gone.text
    assert "笑不笑" in open_page(author, f"{BANK}?tag=期末").text


def test_difficulty_and_objectives_are_written_into_the_draft_of_the_quiz(author, store):
    page = open_page(author, SMILE)

    send_form(author, page.form("/facts"), difficulty="hard", objectives="1.1, 2.1")
    again = open_page(author, SMILE)
    same = follow(author, send_form(author, again.form("/facts")))

    (draft,) = rows(store, TextDraft)
    assert "## 笑不笑？ {#smile 难度=难 目标=1.1,2.1}" in draft.text
    assert again.form("/facts").value("difficulty") == "hard"
    assert "This is what the draft of the quiz says." in again.text
    assert "Nothing has changed." in same.text


def test_what_the_quiz_says_for_all_is_not_said_again(author, store):
    send_form(author, open_page(author, SMILE).form("/facts"), difficulty="hard")
    send_form(author, open_page(author, SMILE).form("/facts"), difficulty="", objectives="1.1")

    (draft,) = rows(store, TextDraft)
    assert "## 笑不笑？ {#smile}" in draft.text


def test_no_objectives_are_refused_and_a_question_that_the_draft_lost_too(author, store, texts):
    form = open_page(author, SMILE).form("/facts")
    refused = follow(author, send_form(author, form, objectives="笑"))
    quiz = f"{texts}/quiz/smile"
    send(author, form_of(author, quiz), "---\ntitle: 空\n---\n\n## 问 {#other}\n\n= 对\n")

    gone = follow(author, send_form(author, form, difficulty="easy"))

    assert "These are no numbers of objectives." in refused.text
    assert "does not have this question any more" in gone.text
    assert not gone.has_form("/facts")


def test_too_long_a_tag_is_refused_with_a_sentence(author):
    answer = send_form(author, open_page(author, SMILE).form("/smile"), tags="长" * 31, retire=None)

    assert answer.status_code == 422
    assert "30" in answer.text


def test_chosen_questions_become_the_draft_of_a_quiz_for_exams(author, store):
    chosen = "/teach/bank/pick?item=etiquette/ladies/single&item=etiquette/smile/smile&item=etiquette/none/q"
    form = open_page(author, chosen).form("/pick")

    refused = send_form(author, form, slug="Final 1")
    answer = send_form(author, form, title="期末", slug="final")

    assert refused.status_code == 422
    assert "先开哪扇门" in refused.text
    (draft,) = rows(store, TextDraft)
    assert ("用途: 考试" in draft.text, "先开哪扇门" in draft.text, "笑不笑" in draft.text) == (
        True,
        True,
        True,
    )
    editor = open_page(author, answer.headers["Location"])
    assert (
        editor.form("/texts/quiz/final?language=zh").value("message")
        == "选自题库：ladies single; smile smile"
    )


def test_chosen_questions_go_into_a_quiz_that_there_is(author, store):
    form = open_page(author, "/teach/bank/pick?item=etiquette/ladies/truth").form("/pick")

    answer = send_form(author, form, quiz="smile")
    again = send_form(author, form, quiz="smile")

    assert (answer.status_code, again.status_code) == (303, 303)
    (draft,) = rows(store, TextDraft)
    assert ("{#truth 2分 " in draft.text, "{#ladies-truth " in draft.text) == (True, True)


def test_a_question_for_exams_only_is_named_where_students_would_practise_on_it(
    author, store, classroom, now
):
    with store() as session:
        publish_texts(session, classroom.library, make_exam_texts(), now)
    form = open_page(author, "/teach/bank/pick?item=etiquette/guard/only", language="en").form("/pick")

    answer = send_form(author, form, quiz="smile")

    assert answer.status_code == 422
    assert "These questions are for exams only: guard only." in Page(answer.text).text
    assert rows(store, TextDraft) == []


def test_nothing_chosen_is_said(author):
    page = open_page(author, "/teach/bank/pick", language="en")

    assert "Choose a question at least." in page.text


def test_doubles_stand_side_by_side(author, store, classroom, now):
    twin = (classroom.library / "quizzes/etiquette/smile.md").read_text().replace("{#smile}", "{#twin}")
    with store() as session:
        publish_texts(session, classroom.library, {"quizzes/etiquette/twin.md": twin}, now)

    page = open_page(author, "/teach/bank/doubles?course=etiquette", language="en")

    assert page.text.count("笑不笑？") >= 2
    assert "100 % of the words in common" in page.text
