"""What pages cost: SQL statements (attempts.md §7), writes, and bytes on the wire."""

import re

import pytest

from app.domain.roles import Role
from app.models import User
from tests.support.builders import make_person, make_term, publish_texts
from tests.support.counting import statements
from tests.support.pages import open_page, press, send_form
from tests.support.people import give_place
from tests.support.texts import make_quiz_text, make_texts

COURSE = "/courses/etiquette"
CASE, QUIZ = f"{COURSE}/cases/door", f"{COURSE}/quizzes/ladies"
WRITES = ("INSERT", "UPDATE", "DELETE")
MOST, MOST_IN_FRONT, MOST_TO_START, MOST_TO_HAND_IN = 8, 13, 10, 20
FIRST_VISIT, AFTERWARDS, PAPER = 120_000, 20_000, 40_000
ASSET = re.compile(r'(?:href|src)="((?:/static|/bootstrap)[^"]+)"')

ITEM = """
## 第{n}题：客人到店，先为谁开门？这里写得长一些，好像真的题目一样。 {{#item-{n} 2分}}

- ( ) 后排右门的年长男士，因为后排是上座
  > 不对，今天来的是女宾。
- (x) 前排右门的女宾，护顶请她下车
  > 对。
- ( ) 后排左门的年轻男士
- ( ) 谁也不开，等他们自己下车

> 女士优先。
"""


@pytest.fixture
def client(browse):
    return browse("student")


@pytest.fixture
def fifty(store, classroom, now):
    """Make the quiz one of 50 items."""
    front, _, _ = make_quiz_text().partition("# 一")
    text = front + "# 一、单项选择题\n" + "".join(ITEM.format(n=n) for n in range(1, 51))
    with store() as session:
        files = {f"quizzes/etiquette/ladies{end}.md": text for end in ("", ".en")}
        publish_texts(session, classroom.library, files, now)


def begin(client, address):
    return send_form(client, open_page(client, address).form("/start")).headers["Location"]


def cost(app, act):
    """Return how many statements an act sent, and which of them write."""
    with statements(app) as sent:
        answer = act()
    assert answer.status_code < 400
    return len(sent), [one for one in sent if one.lstrip().upper().startswith(WRITES)]


@pytest.fixture
def pages(client, fifty):
    """Return the addresses of a student in the midst of everything."""
    walk, paper = begin(client, CASE), begin(client, QUIZ)
    press(client, walk, "/commit", choice="1")
    press(client, paper, "/answers", **{f"answer_item_{n}": "2" for n in range(1, 40)})
    return {
        "course": COURSE,
        "case": CASE,
        "walk": walk,
        "quiz": QUIZ,
        "paper": paper,
        "check": f"{paper}/review",
    }


def test_reading_a_page_takes_few_statements_and_no_write(app, client, pages):
    # rendered texts never change; a process that has read one keeps it
    for address in pages.values():
        client.get(address)
    costs = {name: cost(app, lambda address=address: client.get(address)) for name, address in pages.items()}

    assert {name: n for name, (n, _) in costs.items() if n > MOST} == {}
    assert [writes for _, writes in costs.values() if writes] == []


def test_the_result_of_50_items_takes_few_statements(app, client, pages):
    press(client, pages["check"], "/submit")

    n, writes = cost(app, lambda: client.get(pages["paper"] + "/result"))

    assert n <= MOST
    assert writes == []


@pytest.mark.parametrize("address", [CASE, QUIZ])
def test_starting_takes_few_statements(app, client, fifty, address):
    form = open_page(client, address).form("/start")

    n, writes = cost(app, lambda: send_form(client, form))

    assert n <= MOST_TO_START
    assert writes


def test_handing_in_50_items_takes_few_statements(app, client, pages):
    form = open_page(client, pages["check"]).form("/submit")

    n, _ = cost(app, lambda: send_form(client, form))

    assert n <= MOST_TO_HAND_IN


def test_a_cohort_costs_no_more_statements_than_a_student(app, browse, store, classroom):
    client, address = browse("instructor"), f"/teach/offerings/{classroom.offering.public_id}"
    # what a process reads once is read by now
    client.get(address)
    few, _ = cost(app, lambda: client.get(address))
    with store() as session:
        for n in range(20):
            make_person(session, classroom.offering, f"student-{n}")

    many, _ = cost(app, lambda: client.get(address))

    assert many == few


def test_three_courses_cost_the_front_page_no_more_statements_than_one(app, client, store, classroom, now):
    client.get("/")
    few, writes = cost(app, lambda: client.get("/"))
    with store() as session:
        student = session.get_one(User, classroom.student.id)
        for course in ("smiles", "counters"):
            publish_texts(session, classroom.library, make_texts(course), now)
            give_place(session, student, make_term(session, now, course), Role.STUDENT)
    # what a process reads once is read by now
    page = client.get("/").text
    assert all(f'"/courses/{course}"' in page for course in ("etiquette", "smiles", "counters"))

    many, _ = cost(app, lambda: client.get("/"))

    assert many == few
    assert few <= MOST_IN_FRONT
    assert writes == []


def weight(client, address):
    """Return the bytes of an answer as a browser gets them."""
    return len(client.get(address, headers={"Accept-Encoding": "br, gzip"}).data)


def test_a_first_visit_is_light(app, client, pages):
    for address in ("/", COURSE, pages["walk"], pages["paper"]):
        html = client.get(address).text
        assets = set(ASSET.findall(html))
        assert assets

        total = weight(client, address) + sum(weight(client, asset) for asset in assets)

        assert total <= FIRST_VISIT


def test_a_page_after_that_is_lighter(client, pages):
    weights = {name: weight(client, address) for name, address in pages.items()}

    assert weights.pop("paper") <= PAPER
    assert {name: n for name, n in weights.items() if n > AFTERWARDS} == {}
