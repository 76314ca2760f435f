"""An exam on paper: versions that stay as they are, an answer sheet, a key that fits its version."""

import re
from typing import NamedTuple

import pytest

from app.operations.halls import find_hall
from app.operations.printing import VERSIONS, lay_out_print
from tests.support.builders import publish_texts
from tests.support.drill import DRILL_SECRETS, make_drill
from tests.support.exams import set_exam
from tests.support.pages import Page

MIXED = """---
title: 期末卷
module: doors
use: exam
---

# 一、单项选择题 {each=2分 shuffle}

## 谁先下车？ {#first}

- (x) 女宾
- ( ) 男宾
- ( ) 司机
- ( ) 门童

## 谁开门？ {#opens}

- ( ) 女宾
- (x) 迎宾员
- ( ) 司机
- ( ) 店长

## 谁问候？ {#greets}

- ( ) 女宾
- ( ) 司机
- (x) 迎宾员
- ( ) 店长

# 二、判断题 {each=1分}

## 先问候后开门。 {#truth}

= 错

# 三、简答题 {each=10分}

## 为什么？ {#why words=150}

____
- {4分} zqpoint-one
- {6分} zqpoint-two
= zqguidance
"""


class Printed(NamedTuple):
    html: str
    text: str


@pytest.fixture
def exam(store, classroom, now):
    """Return the address of an exam that is scheduled."""
    with store() as session:
        publish_texts(session, classroom.library, {"quizzes/etiquette/final.md": MIXED}, now)
        return f"/teach/exams/{set_exam(session, classroom, now, 'final').public_id}"


def hall_at(session, address):
    hall = find_hall(session, address.rpartition("/")[2])
    assert hall is not None
    return hall


@pytest.fixture
def teacher(browse):
    return browse("instructor")


def printed(client, exam, part="paper", version="A", language="zh", **more):
    asked = {"part": part, "version": version, **more}
    answer = client.get(f"{exam}/print", query_string=asked, headers={"Accept-Language": language})
    assert answer.status_code == 200
    return Printed(answer.text, Page(answer.text).text)


def options_of(html, item):
    """Return the options of a choice item in the order printed."""
    box = html.partition(f'id="item-{item}"')[2].partition("</article>")[0]
    return re.findall(r'option-text prose">(?:<p>)?(.*?)<', box)


def orders_of(html):
    """Return the order of the questions and that of the options of each choice item."""
    return re.findall(r'data-item="(\w+)"', html), [
        options_of(html, key) for key in ("first", "opens", "greets")
    ]


def keys_of(page):
    """Return what the key says, by the number of the question."""
    lines = re.findall(r'slot-number num">(\d+)</span>\s*<strong>(.*?)</strong>', page.html)
    return {int(number): key for number, key in lines}


def test_the_paper_has_a_head_to_fill_in_and_says_what_each_part_is_worth(teacher, exam):
    text = printed(teacher, exam).text

    for part in (
        "A 卷",
        "班级",
        "姓名",
        "学号",
        "密封线",
        "满分 17",
        "一、单项选择题",
        "每题2分",
        "共6分",
        "得分",
        "阅卷教师",
    ):
        assert part in text, part
    assert "每题1分" not in text  # one question alone


@pytest.mark.parametrize("part", ["paper", "sheet"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_neither_paper_nor_answer_sheet_tells_an_answer(teacher, exam, part, language):
    page = printed(teacher, exam, part, language=language)

    for secret in ("zqpoint", "zqguidance", "is-key", "is-right"):
        assert secret not in page.html


def test_a_version_is_the_same_whenever_it_is_printed_and_another_one_differs(teacher, exam):
    first, again, other = (printed(teacher, exam, version=name).html for name in "AAB")

    assert orders_of(first) == orders_of(again)
    assert orders_of(first) != orders_of(other)
    for html in (first, other):
        assert sorted(options_of(html, "first")) == sorted(["女宾", "男宾", "司机", "门童"])


@pytest.mark.parametrize("version", VERSIONS)
def test_the_key_of_a_version_names_the_letters_of_its_paper(teacher, exam, version):
    paper = printed(teacher, exam, version=version).html
    keys = keys_of(printed(teacher, exam, "key", version))

    right = {"first": "女宾", "opens": "迎宾员", "greets": "迎宾员"}
    numbers = dict(zip(re.findall(r'data-item="(\w+)"', paper), range(1, 6), strict=True))
    for item, text in right.items():
        assert options_of(paper, item)["ABCD".index(keys[numbers[item]])] == text
    assert keys[numbers["truth"]] == "错"


def test_the_key_gives_marking_points_where_a_person_marks(teacher, exam):
    page = printed(teacher, exam, "key")

    for part in ("为什么？", "4分", "zqpoint-one", "zqguidance"):
        assert part in page.text, part
    assert "不要让学生看到" in page.text


def test_the_key_says_what_each_question_is_worth(teacher, exam, drill):
    page, mixed = printed(teacher, exam, "key"), printed(teacher, drill, "key")

    assert "一、单项选择题 3题，每题2分，共6分" in page.text
    assert "6.29分" in mixed.text


def test_the_answer_sheet_has_circles_a_truth_and_a_space(teacher, exam):
    html = printed(teacher, exam, "sheet").html

    assert html.count('class="circles"') == 4
    assert html.count('<span class="circle">D</span>') == 3
    assert html.count('<span class="circle">×</span>') == 1
    assert 'class="space space-medium"' in html


def test_questions_may_be_printed_without_space_for_answers(teacher, exam):
    assert "answers-apart" in printed(teacher, exam, space="no").html
    assert "answers-apart" not in printed(teacher, exam).html


@pytest.mark.parametrize("query", ["version=Z", "part=all", "version=&part=", "version=A&version=B"])
def test_what_there_is_not_shows_the_first(teacher, exam, query):
    assert teacher.get(f"{exam}/print?{query}").status_code == 200


def test_a_draft_says_that_its_questions_are_not_settled(teacher, exam, store):
    with store() as session:
        hall = hall_at(session, exam)
        hall.exam.scheduled_at = hall.exam.paper_id = None

    assert "草稿" in printed(teacher, exam).text


def test_after_a_change_of_the_quiz_the_paper_of_an_exam_stays(teacher, exam, store, classroom, now):
    with store() as session:
        changed = MIXED.replace("谁先下车？", "谁后下车？").replace("zqpoint-one", "zqother")
        publish_texts(session, classroom.library, {"quizzes/etiquette/final.md": changed}, now)

    assert "谁先下车？" in printed(teacher, exam).text
    assert "zqpoint-one" in printed(teacher, exam, "key").text


def test_where_nothing_is_shuffled_it_says_so(teacher, exam, store, classroom, now):
    assert "shuffle" not in printed(teacher, exam, language="en").text
    with store() as session:
        plain = MIXED.replace(" shuffle}", "}")
        publish_texts(session, classroom.library, {"quizzes/etiquette/plain.md": plain}, now)
        other = f"/teach/exams/{set_exam(session, classroom, now, 'plain').public_id}"

    assert "nothing in this quiz is shuffled" in printed(teacher, other, language="en").text


@pytest.mark.parametrize(
    ("who", "status"),
    [("student", 403), ("assistant", 403), ("stranger", 403)],
)
def test_a12_who_is_no_author_prints_nothing(browse, exam, who, status):
    for part in ("paper", "sheet", "key"):
        assert browse(who).get(f"{exam}/print?part={part}").status_code == status


@pytest.fixture
def drill(store, classroom, now):
    with store() as session:
        publish_texts(session, classroom.library, {"quizzes/etiquette/drill.md": make_drill()}, now)
        return f"/teach/exams/{set_exam(session, classroom, now, 'drill').public_id}"


def test_every_type_has_a_place_on_the_sheet_and_a_line_in_the_key(teacher, drill, store):
    sheet, key = printed(teacher, drill, "sheet"), printed(teacher, drill, "key")
    with store() as session:
        layout = lay_out_print(session, hall_at(session, drill), "A", "zh").layout
    place = {one.key: one for one in layout.places}

    letters = {number: "ABC"[position] for position, number in enumerate(place["order"].order)}
    keys = keys_of(key)
    assert keys[1] == " → ".join(letters[number] for number in (1, 2, 3))
    best, worst = ("ABC"[place["judge"].order.index(number)] for number in (1, 2))
    assert set(keys[3].split("　")) == {f"+{best}", f"−{worst}"}
    assert keys[6] == "(1) zqcloze-word / 问候　(2) 开门"
    assert keys[7] == f"{2 * int(place['sum'].values['N'])} 件"
    assert sheet.html.count('<li class="slot ') == 9
    secrets = [word for words in DRILL_SECRETS.values() for word in words]
    assert not [word for word in secrets if word in sheet.html + printed(teacher, drill).html]


def test_the_matching_key_gives_letters(teacher, drill):
    paper, key = printed(teacher, drill).html, printed(teacher, drill, "key")
    box = paper.partition('id="item-match"')[2].partition("</article>")[0]
    rights = re.findall(r'match-letter">(\w)</span>\s*<div class="prose">(?:<p>)?(.*?)<', box)
    letter = {text: name for name, text in rights}

    assert keys_of(key)[2] == f"1–{letter['女宾先']}　2–{letter['为女宾开门']}　3–{letter['女宾先']}"


@pytest.fixture
def mixed_drill(store, classroom, now):
    with store() as session:
        text = make_drill().replace("# 二、判断 {each=4分}", "# 二、判断 {each=4分 shuffle}")
        publish_texts(session, classroom.library, {"quizzes/etiquette/drill.md": text}, now)
        return f"/teach/exams/{set_exam(session, classroom, now, 'drill').public_id}"


def lettered(html, item):
    """Return the letters of an item's options on paper, by their text."""
    box = html.partition(f'id="item-{item}"')[2].partition("</article>")[0]
    assert "options-lettered" in box
    texts = re.findall(r'class="option-text prose"[^>]*>(?:<p>)?(.*?)<', box)
    return dict(zip(texts, "ABCDEFG", strict=False))


def test_the_key_of_what_is_judged_names_the_letters_of_its_paper(teacher, mixed_drill):
    orders = set()
    for version in VERSIONS:
        paper = printed(teacher, mixed_drill, version=version).html
        keys = keys_of(printed(teacher, mixed_drill, "key", version))
        numbers = {name: number for number, name in enumerate(re.findall(r'data-item="(\w+)"', paper), 1)}
        rate, judge, weigh = (lettered(paper, name) for name in ("rate", "judge", "weigh"))

        assert set(keys[numbers["rate"]].split("　")) == {f"{rate['说明原因']} 4.87", f"{rate['沉默']} 2"}
        assert set(keys[numbers["judge"]].split("　")) == {f"+{judge['致歉']}", f"−{judge['耸肩']}"}
        assert f"{weigh['让您久等了']} 6.29" in keys[numbers["weigh"]]
        orders.add((*rate, *judge, *weigh))
    assert len(orders) > 1


def test_a_case_to_walk_and_a_file_are_answered_on_the_screen_and_no_paper_pretends_otherwise(teacher, drill):
    paper, sheet, key = (printed(teacher, drill, part, language="en") for part in ("paper", "sheet", "key"))

    assert "This case is decided on the screen." in paper.text
    assert sheet.text.count("Answered on the screen") == 2
    assert 'class="space' not in sheet.html
    assert keys_of(key)[9] == "Answered on the screen"
    assert "A person marks this by hand." not in key.text
    assert not [word for word in DRILL_SECRETS["way"] if word in paper.html + sheet.html + key.html]
