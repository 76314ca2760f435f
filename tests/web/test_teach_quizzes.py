"""Quizzes as their authors see them: keys, trying an answer, draws of variables, versions on paper."""

import pytest

from tests.support.builders import publish_texts
from tests.support.drill import DRILL_SECRETS
from tests.support.pages import open_page
from tests.web.drills import FILES


@pytest.fixture
def address(store, classroom, now):
    with store() as session:
        publish_texts(session, classroom.library, FILES, now)
    return f"/teach/offerings/{classroom.offering.public_id}/quizzes"


@pytest.fixture
def teacher(browse, address):
    return browse("instructor")


def test_the_quizzes_of_a_course_are_listed_and_lead_on(teacher, address):
    page = teacher.get(address, headers={"Accept-Language": "en"}).text

    for target in (f"{address}/drill", f"{address}/drill/print", f"{address}/smile"):
        assert f'href="{target}"' in page
    assert "All kinds" in page


def test_an_offering_leads_to_its_quizzes(teacher, address):
    assert address in open_page(teacher, address.removesuffix("/quizzes")).links.values()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_quiz_shows_every_key_to_its_author(teacher, address, language):
    text = open_page(teacher, f"{address}/drill", language=language).text

    for words in DRILL_SECRETS.values():
        for word in words:
            assert word in text


def test_a_question_type_has_one_name_everywhere(teacher, address, store, classroom, now):
    text = "---\ntitle: 写\n---\n\n## 为什么？ {#why 类型=简答}\n\n____\n"
    with store() as session:
        publish_texts(session, classroom.library, {"quizzes/etiquette/write.md": text}, now)
    home = address.removesuffix("/quizzes")

    pages = (
        f"{address}/write",
        f"{home}/texts/quiz/write",
        "/teach/bank/?q=为什么",
        f"{address}/write/print",
    )
    seen = [open_page(teacher, one, language="zh").text for one in pages]

    assert all("简答题" in text for text in seen)
    assert not any("主观题" in text for text in seen)


def test_variables_are_named_and_ten_draws_are_shown(teacher, address):
    text = open_page(teacher, f"{address}/drill").text

    assert "{N} 位客人每人两件行李" in text
    assert "Ten draws of the variables, with their answers" in text
    assert text.count(" 件") >= 10


TRIALS = [
    (["問候", "1"], ["“問候” is right: it is read as “问候” and matches “问候”.", "“开门” is right."]),
    (["握手", ""], ["“握手” is wrong: it is read as “握手”", "Blank 2: nothing was written."]),
    (["<b>握手</b>", "2"], ["“<b>握手</b>” is wrong", "” is wrong; right is “开门”."]),
]


@pytest.mark.parametrize(("answers", "sentences"), TRIALS)
def test_an_answer_that_is_tried_is_explained(teacher, address, answers, sentences):
    query = "&".join(["item=cloze", *(f"answer={answer}" for answer in answers)])

    text = open_page(teacher, f"{address}/drill?{query}").text

    for sentence in sentences:
        assert sentence in text


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ("六件", "“六件” is right: it is read as “6 件” and matches “6 件”."),
        ("7", "“7” is wrong: it is read as “7” and compared with “6 件”."),
        ("很多", "“很多” is wrong: it cannot be read as a number."),
    ],
)
def test_a_number_is_tried_with_the_lowest_values(teacher, address, answer, sentence):
    assert sentence in open_page(teacher, f"{address}/drill?item=sum&answer={answer}").text


def test_what_cannot_be_an_answer_is_said(teacher, address):
    text = open_page(teacher, f"{address}/drill?item=cloze&answer=x&answer=9").text

    assert "This question cannot take such an answer." in text


def test_a_print_holds_no_key_and_versions_differ(teacher, address):
    first, second, again = (
        open_page(teacher, f"{address}/drill/print?version={number}").text for number in (1, 2, 1)
    )

    assert first == again != second
    for words in DRILL_SECRETS.values():
        assert not any(word in first for word in words)


@pytest.mark.parametrize("version", ["0", "-3", "100", "x", ""])
def test_a_version_that_there_is_not_is_the_nearest_one(teacher, address, version):
    assert "Version " in open_page(teacher, f"{address}/drill/print?version={version}").text


@pytest.mark.parametrize("page", ["", "/drill", "/drill/print", "/nothing"])
@pytest.mark.parametrize("who", ["student", "assistant", "stranger"])
def test_others_see_none_of_it(browse, address, who, page):
    assert browse(who).get(f"{address}{page}").status_code == 403


def test_there_is_no_such_quiz(teacher, address):
    assert teacher.get(f"{address}/nothing").status_code == 404
