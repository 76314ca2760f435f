"""A2: no byte of a key, feedback, hint, outcome, model answer or marking point leaves before its gate.

The course of ``tests.support.texts`` holds a word in each that stands nowhere else. Every page that a
student can ask for is searched for them: in both languages, as a page and as JSON, headers too.
"""

import re

import pytest

from tests.support.builders import publish_texts
from tests.support.drill import DRILL_SECRETS, HINTS
from tests.support.pages import open_page, press, send_form
from tests.support.texts import (
    CASE_SECRETS,
    EXAM_SECRETS,
    NEVER,
    QUIZ_SECRETS,
    make_case_text,
    make_exam_texts,
    make_quiz_text,
    make_syllabus_text,
)
from tests.web.drills import FILES, begin, send
from tests.web.searching import every_answer, names_of

CASE, QUIZ = "/courses/etiquette/cases/door", "/courses/etiquette/quizzes/ladies"
ALL_OF_CASE = {secret for secrets in CASE_SECRETS.values() for secret in secrets}
SECRETS = ALL_OF_CASE | set(QUIZ_SECRETS) | set(NEVER) | set(EXAM_SECRETS)


@pytest.fixture
def names(classroom):
    """Return what stands in the addresses of a student's pages."""
    return names_of(classroom)


def found(app, client, names, secrets=SECRETS):
    """Return the secrets that stand in any answer to anything that this person can ask for."""
    everything = "".join(every_answer(app, client, names).values())
    return {secret for secret in secrets if secret in everything}


@pytest.fixture
def client(browse):
    return browse("student")


@pytest.fixture
def seen(app, client, names):
    """Return a function that searches everything the student can ask for."""
    return lambda: found(app, client, names)


def test_the_texts_hold_every_secret():
    texts = "".join(
        [make_case_text(), make_quiz_text(), *(t for t in make_exam_texts().values() if isinstance(t, str))]
    )

    assert {secret for secret in SECRETS if secret.removeprefix("+") not in texts} == set()


@pytest.mark.parametrize("who", ["", "student", "stranger"])
def test_a1_before_anything_begins_nothing_is_known(app, browse, names, who):
    assert found(app, browse(who), names) == set()


def go(client, address, **values):
    """Send the form of a walk; return the bytes of what came back at once, besides what is shown then."""
    form = open_page(client, address).form("/commit")
    answer = send_form(client, form, **values)
    return "".join([answer.text, *map(str, answer.headers)])


def test_a_walk_lets_out_each_text_at_its_gate_and_not_before(client, seen):
    walk = send_form(client, open_page(client, CASE).form("/start")).headers["Location"]
    assert seen() == set()

    refused = send_form(client, open_page(client, walk).form("/commit"), section="why", text="x")
    assert not any(secret in refused.text for secret in SECRETS)
    assert seen() == set()

    go(client, walk, choice="1")
    first = set(CASE_SECRETS["rear"])
    assert seen() == first

    refused = send_form(client, open_page(client, walk).form("/commit"), choice="2", reason="")
    assert not any(secret in refused.text for secret in SECRETS - first)
    assert seen() == first

    go(client, walk, choice="2", reason="先道歉")
    second = first | set(CASE_SECRETS["sorry"]) | {"5183.47"}  # the best that could be reached
    assert seen() == second

    go(client, walk, text="次序")
    assert seen() == second | set(CASE_SECRETS["why"])


def test_the_other_way_lets_out_its_own_texts_only(client, seen):
    walk = send_form(client, open_page(client, CASE).form("/start")).headers["Location"]

    go(client, walk, choice="2")

    assert seen() == set(CASE_SECRETS["front"])


def test_a_second_walk_begins_with_what_the_first_one_showed_and_no_more(client, seen):
    walk = send_form(client, open_page(client, CASE).form("/start")).headers["Location"]
    go(client, walk, choice="2")
    go(client, walk, text="次序")
    before = seen()

    again = send_form(client, open_page(client, CASE).form("/start")).headers["Location"]

    assert again != walk
    page = open_page(client, again).text
    assert not any(secret in page for secret in SECRETS)
    assert seen() == before


def test_an_attempt_lets_out_keys_and_explanations_after_it_is_handed_in(client, seen):
    paper = send_form(client, open_page(client, QUIZ).form("/start")).headers["Location"]
    assert seen() == set()

    answers = {"answer_single": "2", "answer_truth": "true", "answer_number": "7", "answer_written": "理由"}
    press(client, paper, "/answers", **answers, review="yes")
    refused = send_form(client, open_page(client, paper).form("/answers"), answer_single="9")
    assert not any(secret in refused.text for secret in SECRETS)
    assert seen() == set()

    press(client, f"{paper}/review", "/submit")
    assert seen() == set(QUIZ_SECRETS)


def test_no_key_of_any_type_leaves_before_its_item_is_settled(app, client, names, *, store, classroom, now):
    with store() as session:
        publish_texts(session, classroom.library, FILES, now)
    names = names | {"quiz": "drill"}
    secrets = {word for words in (*DRILL_SECRETS.values(), *HINTS.values()) for word in words}
    paper = begin(client, "tries")

    assert found(app, client, names, secrets) == set()

    refused = send(client, paper, {"answer-weigh": "9", "check": "weigh"})
    assert not any(secret in refused.text for secret in secrets)

    send(client, paper, {"answer-cloze.1": "握手", "answer-cloze.2": "2", "check": "cloze"})
    assert found(app, client, names, secrets) == set(HINTS["cloze"])

    press(client, f"{paper}/review", "/submit")
    keys = {word for item, words in DRILL_SECRETS.items() for word in words if item != "way"}
    assert keys <= found(app, client, names, secrets)


def test_a_new_attempt_shows_nothing_on_its_own_pages(client):
    paper = send_form(client, open_page(client, QUIZ).form("/start")).headers["Location"]
    press(client, f"{paper}/review", "/submit")

    again = send_form(client, open_page(client, QUIZ).form("/start")).headers["Location"]

    for address in (again, f"{again}/review", f"{again}/result", QUIZ):
        assert not any(secret in open_page(client, address).text for secret in SECRETS)


NOISE = re.compile(r"[0-9a-z]{26}|[\w.-]{40,}|[0-9a-f]{16,}")


def paper_of(client):
    address = send_form(client, open_page(client, QUIZ).form("/start")).headers["Location"]
    return [NOISE.sub("*", client.get(f"{address}{page}").text) for page in ("", "/review")]


OTHER_KEY = [
    ("- ( ) 后排右门", "- (x) 后排右门"),
    ("- (x) 前排右门", "- ( ) 前排右门"),
    ("- [x] 下车", "- [ ] 下车"),
    ("= 错", "= 对"),
    ("= zqword-one | 护顶", "= 另一个词"),
    ("= 7391846 ± 1 次", "= 3 ± 2 次"),
    ("{4分} zqpoint-written", "{4分} 另一点"),
]


def test_a2_another_key_gives_the_very_same_paper(time, client, store, classroom, now):
    first = paper_of(client)
    other = make_quiz_text()
    for old, new in OTHER_KEY:
        assert old in other
        other = other.replace(old, new)
    files = {f"quizzes/etiquette/ladies{end}.md": other for end in ("", ".en")}
    with store() as session:
        publish_texts(session, classroom.library, files, now)
    address = open_page(client, QUIZ).links["Go on where you stopped"]
    press(client, f"{address}/review", "/submit")

    assert paper_of(client) == first


def test_a12_exam_texts_stand_in_no_page_of_a_student(app, browse, names, *, store, classroom, now):
    syllabus = (
        make_syllabus_text()
        .replace("案例: door", "案例: door, vault")
        .replace("测验: ladies", "测验: ladies, guard")
    )
    with store() as session:
        texts = make_exam_texts() | {
            "cases/etiquette/syllabus.md": syllabus,
            "cases/etiquette/syllabus.en.md": syllabus,
        }
        publish_texts(session, classroom.library, texts, now)

    for who in ("", "student", "assistant"):
        for slugs in ({}, {"case": "vault", "quiz": "guard"}):
            assert found(app, browse(who), names | slugs) == set()
    assert set(EXAM_SECRETS) - {"zqexam-quiz"} <= found(
        app, browse("instructor"), names | {"case": "vault", "quiz": "guard"}
    )
