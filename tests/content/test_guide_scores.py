"""The author's guide in both languages: the examples of every item type earn what it says they earn."""

import json
import re
from decimal import Decimal

import pytest
from click.testing import CliRunner, Result

from app.cli.score import score
from app.content.parse import Kind
from app.domain.items import ItemType
from app.domain.quiz import Quiz, points_of
from app.domain.scoring import RULES
from tests.content.guide_answers import READING, answered, codes, fenced, said_notes, said_scores
from tests.content.guides import GUIDES
from tests.content.samples import read
from tests.content.test_authors_guide import examples

#: what the other guide says is held against this one, so that its answers need no second run
ENGLISH, *_ = GUIDES.values()
FRONT = "---\n标题: 例\n---\n\n"
RULE = re.compile(r"(?: 计分=\S+)?\}$", re.MULTILINE)
#: item, rule ("points": the item's as written), answer, and what it earns (None: a person marks it)
SCORES = [
    ("passport", "points", '"2"', Decimal(2)),
    ("passport", "points", '"1"', Decimal(0)),
    ("delay", "all", '["1","2","3"]', Decimal(6)),
    ("delay", "all", '["1","2"]', Decimal(0)),
    ("delay", "all", '["1","4"]', Decimal(0)),
    ("delay", "all", '["1","2","3","4"]', Decimal(0)),
    ("delay", "half", '["1","2","3"]', Decimal(6)),
    ("delay", "half", '["1","2"]', Decimal(3)),
    ("delay", "half", '["1","4"]', Decimal(0)),
    ("delay", "half", '["1","2","3","4"]', Decimal(0)),
    ("delay", "share", '["1","2","3"]', Decimal(6)),
    ("delay", "share", '["1","2"]', Decimal(4)),
    ("delay", "share", '["1","4"]', Decimal(0)),
    ("delay", "share", '["1","2","3","4"]', Decimal(0)),
    ("delay", "fixed:1.5", '["1","2","3"]', Decimal(6)),
    ("delay", "fixed:1.5", '["1","2"]', Decimal("1.5")),
    ("delay", "fixed:1.5", '["1","4"]', Decimal(0)),
    ("delay", "fixed:1.5", '["1","2","3","4"]', Decimal(0)),
    ("delay", "signed", '["1","2","3"]', Decimal(6)),
    ("delay", "signed", '["1","2"]', Decimal(4)),
    ("delay", "signed", '["1","4"]', Decimal(0)),
    ("delay", "signed", '["1","2","3","4"]', Decimal(4)),
    ("delay", "kprim", '["1","2","3"]', Decimal(6)),
    ("delay", "kprim", '["1","2"]', Decimal(3)),
    ("delay", "kprim", '["1","4"]', Decimal(0)),
    ("delay", "kprim", '["1","2","3","4"]', Decimal(3)),
    ("exit-seat", "points", "false", Decimal(1)),
    ("exit-seat", "points", "true", Decimal(0)),
    ("lead", "points", '["护顶服务","左側。"]', Decimal(2)),
    ("lead", "points", '["护顶",""]', Decimal(1)),
    ("lead", "points", '["引路","右"]', Decimal(0)),
    ("lead", "all", '["护顶服务","左側。"]', Decimal(2)),
    ("lead", "all", '["护顶",""]', Decimal(0)),
    ("lead", "all", '["引路","右"]', Decimal(0)),
    ("cabins", "points", '["商务舱","头等舱"]', Decimal(2)),
    ("cabins", "points", '["头等舱","头等舱"]', Decimal(1)),
    ("cabins", "points", '["经济舱","货舱"]', Decimal(0)),
    ("flight", "points", '["1024"]', Decimal(1)),
    ("flight", "points", '["1024.0"]', Decimal(0)),
    ("boarding", "points", '["1","登机证","12","2"]', Decimal(4)),
    ("boarding", "points", '["1","车票","十二",""]', Decimal(2)),
    ("boarding", "points", '["3","","","1"]', Decimal(0)),
    ("average", "points", '"6.67"', Decimal(1)),
    ("average", "points", '"6.667公斤"', Decimal(1)),
    ("average", "points", '"20/3"', Decimal(1)),
    ("average", "points", '"6.6"', Decimal(0)),
    ("average", "points", '"6.67克"', Decimal(0)),
    ("excess", "points", '"18元"', Decimal(3)),
    ("excess", "points", '{"value":"90","variables":{"W":30,"P":"600"}}', Decimal(3)),
    ("excess", "points", '"90"', Decimal(0)),
    ("excess", "points", '"18美元"', Decimal(0)),
    ("complaint", "pairs", '["1","2","3","4"]', Decimal(3)),
    ("complaint", "pairs", '["4","1","2","3"]', Decimal(2)),
    ("complaint", "pairs", '["1","2","4","3"]', Decimal(1)),
    ("complaint", "pairs", '["4","3","2","1"]', Decimal(0)),
    ("complaint", "exact", '["1","2","3","4"]', Decimal(3)),
    ("complaint", "exact", '["4","1","2","3"]', Decimal(0)),
    ("complaint", "exact", '["1","2","4","3"]', Decimal(0)),
    ("complaint", "exact", '["4","3","2","1"]', Decimal(0)),
    ("posts", "points", '{"1":"1","2":"2","3":"3"}', Decimal(3)),
    ("posts", "points", '{"1":"3","2":"2","3":"1"}', Decimal(3)),
    ("posts", "points", '{"1":"1","2":"4","3":"2"}', Decimal(1)),
    ("posts", "points", '{"1":"4","2":"1"}', Decimal(0)),
    ("lobby", "points", '{"best":"2","worst":"3"}', Decimal(4)),
    ("lobby", "points", '{"best":"2","worst":"1"}', Decimal(2)),
    ("lobby", "points", '{"worst":"3"}', Decimal(2)),
    ("lobby", "points", '{"best":"3","worst":"2"}', Decimal(0)),
    ("wording", "points", '{"1":7,"2":4,"3":1}', Decimal(6)),
    ("wording", "points", '{"1":5,"2":4,"3":2}', Decimal(5)),
    ("wording", "points", '{"1":7}', Decimal(2)),
    ("wording", "points", '{"1":1,"3":7}', Decimal(0)),
    ("phone", "points", '{"1":5,"2":1}', Decimal("1.8")),
    ("phone", "points", '{"1":1,"2":5}', Decimal("0.2")),
    ("first-words", "points", '"2"', Decimal(3)),
    ("first-words", "points", '"1"', Decimal(1)),
    ("first-words", "points", '"3"', Decimal(0)),
    ("why", "points", '"先开了后门。"', None),
    ("chart", "points", '["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"]', None),
    ("walk", "points", '["2"]', Decimal(10)),
    ("walk", "points", '["1","1"]', Decimal(6)),
    ("walk", "points", '["3"]', Decimal(2)),
    ("walk", "points", '["1","2"]', Decimal(0)),
    ("walk", "points", '["1"]', Decimal(0)),
]

TEXTS = {name: FRONT + found["item"] for name, found in answered(ENGLISH).items()}
CASE = next(text for kind, text in examples(ENGLISH) if kind is Kind.CASE)
QUIZ = next(text for kind, text in examples(ENGLISH) if kind is Kind.QUIZ and not text.startswith(FRONT))


def read_item(text):
    """Return the only item of a text, and what it is worth."""
    quiz = read(text, Kind.QUIZ)
    assert isinstance(quiz, Quiz)
    (group,) = quiz.groups
    (item,) = group.items
    return item, points_of(item, group)


ITEMS = {name: read_item(text) for name, text in TEXTS.items()}


@pytest.fixture
def score_text(tmp_path):
    """Score responses to a quiz on the command line, with the guide's case in its course."""

    def run(text, responses, *options) -> Result:
        quiz, case = tmp_path / "quizzes/demo/example.md", tmp_path / "cases/demo/late-guest.md"
        for path, content in ((quiz, text), (case, CASE)):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        file = tmp_path / "responses.json"
        file.write_text(responses, encoding="utf-8")
        return CliRunner().invoke(score, [str(quiz), str(file), *options])

    return run


def scored(result, name):
    return json.loads(result.output, parse_float=Decimal)["items"][name]


def test_every_item_type_has_an_example_with_answers():
    asked = set(ItemType) - {ItemType.INFO}

    assert {ITEMS[name][0].type for name, *_ in SCORES} == asked
    assert {ITEMS[name][0].type for name, _ in said_notes(ENGLISH, 1)} == asked
    assert {ITEMS[name][0].type for name, _ in said_notes(ENGLISH, 2)} == asked


@pytest.mark.parametrize("guide", GUIDES.values(), ids=GUIDES)
def test_each_guide_says_what_is_proven_here(guide):
    assert said_scores(guide) == SCORES
    assert len(READING.findall(guide)) == 14
    assert READING.findall(guide) == READING.findall(ENGLISH)
    assert [said_notes(guide, part) for part in (1, 2)] == [said_notes(ENGLISH, part) for part in (1, 2)]


def test_every_item_type_is_scored_in_full_and_with_nothing():
    earned = {(ITEMS[name][0].type, points, ITEMS[name][1]) for name, _, _, points in SCORES}
    by_key = {item.type for item, _ in ITEMS.values() if not item.is_marked_by_person}

    assert {kind for kind, points, worth in earned if points == worth} == by_key
    assert {kind for kind, points, _ in earned if points == 0} == by_key


def test_every_rule_is_scored_for_every_type_that_it_fits():
    shown = {(ITEMS[name][0].type, rule.partition(":")[0]) for name, rule, _, _ in SCORES}

    assert shown >= {(kind, name) for name, rule in RULES.items() for kind in rule.types}


@pytest.mark.parametrize(("name", "rule", "answer", "points"), SCORES)
def test_an_answer_earns_what_the_guide_says(score_text, name, rule, answer, points):
    text = TEXTS[name] if rule == "points" else RULE.sub(f" 计分={rule}}}", TEXTS[name], count=1)

    result = scored(score_text(text, f'{{"{name}": {answer}}}', "--json"), name)

    assert (result["score"], result["max"], result["answered"]) == (points, ITEMS[name][1], True)


@pytest.mark.parametrize(("name", "answer"), said_notes(ENGLISH, 1))
def test_a_blank_answer_earns_nothing_and_is_not_answered(score_text, name, answer):
    result = scored(score_text(TEXTS[name], f'{{"{name}": {answer}}}', "--json"), name)

    assert (result["score"], result["answered"]) == (0, False)


@pytest.mark.parametrize(("name", "answer"), said_notes(ENGLISH, 2))
def test_an_answer_that_the_item_cannot_take_is_refused(score_text, name, answer):
    result = score_text(TEXTS[name], f'{{"{name}": {answer}}}')

    assert result.exit_code == 1
    assert f"{name}: " in result.output


@pytest.mark.parametrize(("key", "right", "wrong"), READING.findall(ENGLISH))
def test_short_answers_and_numbers_are_read_as_the_guide_says(score_text, key, right, wrong):
    written = key.replace(r"\|", "|")
    text = f"{FRONT}## 题 {{#q}}\n\n{written}\n"
    is_number = read_item(text)[0].type is ItemType.NUMERIC

    def earned(answer):
        response = json.dumps({"q": answer if is_number else [answer]})
        return scored(score_text(text, response, "--json"), "q")["score"]

    assert {answer: earned(answer) for answer in codes(right)} == dict.fromkeys(codes(right), 1)
    assert {answer: earned(answer) for answer in codes(wrong)} == dict.fromkeys(codes(wrong), 0)


@pytest.mark.parametrize("guide", GUIDES.values(), ids=GUIDES)
def test_the_quiz_to_copy_is_scored_as_the_guide_shows(score_text, guide):
    result = score_text(QUIZ, fenced(guide, "json"))

    assert result.output == fenced(guide, "text")
