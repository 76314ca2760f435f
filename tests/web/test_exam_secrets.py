"""What an exam keeps back: its paper before the start, its keys and marks until they are released."""

import json
import re
from hashlib import sha256
from itertools import zip_longest

import pytest
from sqlalchemy import select

from app.domain.layout import draw_layout
from app.domain.paper import read_manifest
from app.models import Attempt, Blob, Exam, Paper
from app.operations.closing import submit_attempt
from app.operations.entering import Visit, start_exam
from app.operations.halls import open_hall
from app.operations.saving import save_answers
from app.operations.scoring import score_waiting
from tests.support.builders import answer, make_person, publish_texts
from tests.support.drill import make_drill
from tests.support.exams import HOUR, set_exam, sit_exam
from tests.support.people import browser_of
from tests.support.texts import EXAM_SECRETS, QUIZ_SECRETS, make_exam_texts, make_png, make_quiz_text
from tests.web.searching import every_answer, names_of

#: stands in the stem of the exam quiz, which those who sit it read
STEM, TITLE = "zqexam-quiz", "zqexam-title"
NOISE = re.compile(r"[0-9a-z]{26}|[\w.-]{40,}|[0-9a-f]{16,}|[01]\d:[0-5]\d(?::[0-5]\d)?")
pytestmark = pytest.mark.usefixtures("time")


@pytest.fixture
def found(app, classroom):
    """Return a function that gives the secrets in anything that this browser can ask for."""

    def search(client, secrets):
        everything = "".join(every_answer(app, client, names_of(classroom) | {"quiz": "guard"}).values())
        return {secret for secret in secrets if secret in everything}

    return search


def differing(before, after):
    """Return the lines that are not the same, so that they can be read."""
    assert before.keys() == after.keys()
    lines = ((zip_longest(before[one].splitlines(), after[one].splitlines())) for one in before)
    return [pair for pairs in lines for pair in pairs if pair[0] != pair[1]]


def guarded_exam(session, classroom, now, **changes):
    publish_texts(session, classroom.library, make_exam_texts(), now)
    return set_exam(session, classroom, now, "guard", **changes)


# before the start


@pytest.mark.parametrize("who", ["", "stranger", "student", "assistant"])
def test_a1_before_the_start_nothing_of_the_paper_is_known(store, classroom, browse, found, now, *, who):
    """However the exam stands: coming, open, or over."""
    with store() as session:
        guarded_exam(session, classroom, now)
        set_exam(session, classroom, now, "guard", opens_at=now + HOUR, closes_at=now + 3 * HOUR)
        set_exam(session, classroom, now, "guard", opens_at=now - 3 * HOUR, closes_at=now - HOUR)

    assert found(browse(who), {*EXAM_SECRETS, *QUIZ_SECRETS} - {TITLE}) == set()


def test_a1_a_draft_is_not_there(store, classroom, browse, now):
    with store() as session:
        exam = guarded_exam(session, classroom, now)
        exam.scheduled_at = None
        session.flush()

    client = browse("student")
    token = {"X-CSRF-Token": client.get("/csrf").get_json()["csrf"]}
    assert client.get(f"/exams/{exam.public_id}").status_code == 404
    assert client.post(f"/exams/{exam.public_id}/start", headers=token).status_code == 404


def test_a1_who_sits_the_exam_reads_it_and_the_neighbour_does_not(
    store, classroom, app, browse, *, found, now
):
    with store() as session:
        exam = guarded_exam(session, classroom, now)
        neighbour = make_person(session, classroom.offering, "neighbour")
        sit_exam(session, classroom.student, exam, now)

    assert STEM in found(browse("student"), {STEM})
    assert found(browser_of(app, neighbour.id), {STEM}) == set()


# until the release


def test_a4_before_the_release_a_marked_attempt_gives_the_same_bytes(store, classroom, app, browse, now):
    client = browse("student")
    with store() as session:
        exam = set_exam(session, classroom, now)
        attempt = sit_exam(session, classroom.student, exam, now)
        save_answers(session, classroom.student, attempt.public_id, [answer("truth", False)], now)
        submit_attempt(session, classroom.student, attempt.public_id, now)

    def everything():
        answers = every_answer(app, client, names_of(classroom))
        return {one: NOISE.sub("*", text) for one, text in answers.items() if one[0] != "/readyz"}

    everything()  # the first visit sets cookies
    unmarked = everything()
    with store() as session:
        assert score_waiting(session, {}, now) == 1

    with store() as session:
        row = session.scalars(select(Attempt)).one()
        assert (row.state, row.score) == ("scored", 2)
    assert differing(unmarked, everything()) == []


# order

#: texts of options, which only stand at another place in another order
OPTIONS = re.compile(
    "后排右门|前排右门|左门|不开|上车|下车|步行|停车|问候|开门|致歉|耸肩|叫人|女宾先|为女宾开门|各走各的"
    "|说明原因|沉默|请稍等|让您久等了|不知道"
)


def two_seeds(paper):
    """Return seeds that draw the same items, with their options in other orders each."""
    layouts = {seed: draw_layout(paper, f"{seed:032x}").places for seed in range(1, 4000)}
    for first, places in layouts.items():
        for second, others in layouts.items():
            pairs = list(zip(places, others, strict=True))
            if all(one.key == other.key for one, other in pairs) and all(
                one.order != other.order for one, other in pairs if len(one.order) > 2
            ):
                return first, second
    raise AssertionError("no two such seeds")


SHUFFLED = "shuffle: yes\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ladies", make_quiz_text(front=SHUFFLED)),
        ("drill", make_drill().replace("module: doors\n", f"module: doors\n{SHUFFLED}").split("# 三、")[0]),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a3_the_page_tells_nothing_of_the_order_in_the_file(
    store, classroom, app, browse, now, *, name, text, language
):
    """But for the texts of the options, papers of two orders are the same, byte by byte."""
    with store() as session:
        file = f"quizzes/etiquette/{name}"
        texts = {f"{file}.md": text} | ({f"{file}.en.md": None} if name == "ladies" else {})
        publish_texts(session, classroom.library, texts, now)
        exam = set_exam(session, classroom, now, name)
        paper = read_manifest(json.loads(session.get_one(Paper, exam.paper_id).manifest))
        people = [classroom.student, make_person(session, classroom.offering, "zqneighbour")]
        papers = []
        for person, seed in zip(people, two_seeds(paper), strict=True):
            hall = open_hall(session, person, exam.public_id)
            entered = start_exam(session, person, hall, Visit("device"), (now, seed))
            papers.append(entered.attempt and entered.attempt.public_id)

    pages = []
    for person, public in zip(people, papers, strict=True):
        answered = browser_of(app, person.id).get(
            f"/attempts/{public}", headers={"Accept-Language": language}
        )
        assert answered.status_code == 200
        pages.append(NOISE.sub("*", OPTIONS.sub("选项", answered.text)).replace(person.login, "xiaohe"))

    assert len(OPTIONS.findall(answered.text)) > 6
    assert differing({"": pages[0]}, {"": pages[1]}) == []


# exam material has no address


def test_a12_every_address_that_names_exam_material_is_404(store, classroom, app, browse, *, now):
    with store() as session:
        exam = guarded_exam(session, classroom, now)
        picture = session.get_one(Blob, sha256(make_png()).hexdigest()).sha256
        attempt = sit_exam(session, classroom.instructor, exam, now)
    names = {
        "case": "vault",
        "quiz": "guard",
        "slug": "etiquette",
        "sha256": picture,
        "file": picture,
        "public_id": attempt.public_id,
    }
    naming = re.compile(r"<(?:\w+:)?(case|quiz|sha256)>")

    for who in ("student", "assistant"):
        client = browse(who)
        token = client.get("/csrf").get_json()["csrf"]
        for rule in app.url_map.iter_rules():
            if not naming.search(rule.rule):
                continue
            address = re.sub(r"<(?:\w+:)?(\w+)>", lambda match: names.get(match.group(1), "1"), rule.rule)
            for method in sorted((rule.methods or set()) - {"OPTIONS"}):
                status = client.open(address, method=method, headers={"X-CSRF-Token": token}).status_code
                # who may not teach gets no further at any of those doors
                expected = 403 if rule.rule.startswith("/teach/") else 404
                assert status == expected, (who, method, address, status)


def test_a12_the_name_of_an_exam_tells_nothing_of_others(store, classroom, browse, now):
    """An id that was never given, and that of a draft, get the same answer."""
    with store() as session:
        exam = guarded_exam(session, classroom, now)
        exam.scheduled_at = None
        session.flush()
        public = session.scalars(select(Exam.public_id)).one()

    client = browse("student")
    answers = [
        client.get(f"/{where}/{one}").status_code
        for one in (public, "0" * 26)
        for where in ("exams", "teach/exams")
    ]
    assert answers[:2] == answers[2:]
