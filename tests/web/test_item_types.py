"""Every item type by its form alone: answered, shown again, refused with a sentence, reviewed."""

import pytest
from markupsafe import Markup

from app.domain.items import Item, ItemType
from app.domain.keys import MatchingKey, Pair
from app.domain.layout import Place
from app.domain.review import Aspect, Review
from app.web.attempts.pairs import matching
from app.web.attempts.showing import Showing
from tests.support.pages import Page, open_page, press
from tests.web.drills import alerts, begin, client, events_of, fields_of, layout_of, send, shown_at

__all__ = ["client"]


@pytest.fixture
def paper(client):
    return begin(client)


#: item, the fields of a form, the answer that is stored, in the order shown
ANSWERS = [
    ("order", {"answer-order.1": "2", "answer-order.2": "3", "answer-order.3": "1"}, ["3", "1", "2"]),
    ("match", {"answer-match.1": "2", "answer-match.3": "1"}, {"1": "2", "3": "1"}),
    ("judge", {"answer-judge.best": "1", "answer-judge.worst": "3"}, {"best": "1", "worst": "3"}),
    ("judge", {"answer-judge.worst": "2"}, {"worst": "2"}),
    ("rate", {"answer-rate.1": "7", "answer-rate.2": "1"}, {"1": 7, "2": 1}),
    ("rate", {"answer-rate.2": "4"}, {"2": 4}),
    ("weigh", {"answer-weigh": "3"}, "3"),
    ("cloze", {"answer-cloze.1": "问候", "answer-cloze.2": "1"}, ["问候", "1"]),
    ("sum", {"answer-sum": "十二件"}, "十二件"),
]


@pytest.mark.parametrize("case", ANSWERS, ids=str)
def test_an_answer_is_stored_and_shown_again(client, paper, app, case):
    item, fields, answer = case

    assert send(client, paper, fields).status_code == 303

    assert events_of(app) == {item: answer}
    assert fields_of(open_page(client, paper), item) == fields


@pytest.mark.parametrize("case", ANSWERS, ids=str)
def test_an_answer_shown_unchanged_becomes_no_second_event(client, paper, app, case):
    item, fields, _ = case
    send(client, paper, fields)
    send(client, paper, {})

    page = open_page(client, paper)
    assert page.items[item]["data-seq"] == "1"


@pytest.mark.parametrize("item", ["order", "match", "judge", "rate", "cloze"])
def test_an_answer_is_cleared_on_purpose(client, paper, app, item):
    fields = next(fields for name, fields, _ in ANSWERS if name == item)
    send(client, paper, fields)

    send(client, paper, dict.fromkeys(fields, ""))

    assert events_of(app)[item] is None


def test_a_paper_names_each_item_with_its_type(client, paper):
    items = open_page(client, paper).items

    assert {key: one["data-type"] for key, one in items.items()} == {
        "order": "ordering",
        "match": "matching",
        "judge": "best-worst",
        "rate": "rating",
        "weigh": "weighted",
        "cloze": "blanks",
        "sum": "numeric",
        "file": "upload",
        "way": "walk",
    }


def test_another_language_shows_the_same_order_values_and_answers(client, paper, app):
    for _, fields, _ in ANSWERS:
        send(client, paper, fields)

    chinese, english = (open_page(client, paper, language=language) for language in ("zh", "en"))

    assert chinese.form("/answers").filled(event_order=None) != []
    for item in ("order", "match", "judge", "rate", "weigh", "cloze", "sum"):
        assert fields_of(chinese, item) == fields_of(english, item)


def test_an_ordering_and_the_rights_of_a_matching_are_not_shown_as_the_file_has_them(client, paper, app):
    assert layout_of(app, "order")["order"] != [1, 2, 3]
    assert layout_of(app, "match")["order"] != [1, 2, 4]
    assert sorted(layout_of(app, "match")["order"]) == [1, 2, 4]  # equal rights are shown once


def test_the_values_of_variables_stand_in_the_stem_and_stay(client, paper, app):
    value = layout_of(app, "sum")["values"]["N"]

    for language in ("zh", "en"):
        assert f"{value} 位客人每人两件行李" in open_page(client, paper, language=language).text


PROBLEMS = [
    (
        {"answer-order.1": "1", "answer-order.2": "1", "answer-order.3": "2"},
        "Give every step a number of its own. This order is not saved yet.",
    ),
    (
        {"answer-order.1": "1", "answer-order.2": "", "answer-order.3": ""},
        "Give every step a number of its own. This order is not saved yet.",
    ),
    (
        {"answer-judge.best": "2", "answer-judge.worst": "2"},
        "One option cannot be best and worst. This answer is not saved yet.",
    ),
]


@pytest.mark.parametrize("case", PROBLEMS, ids=str)
def test_what_cannot_be_kept_is_said_at_its_item_and_everything_else_is_saved(client, paper, app, case):
    fields, sentence = case

    answer = send(client, paper, fields | {"answer-sum": "6"})

    assert answer.status_code == 422
    assert alerts(answer.text) == [sentence]
    assert "1 answer could not be saved" in Page(answer.text).text
    assert events_of(app) == {"sum": "6"}


def test_an_unfinished_order_is_shown_as_it_was_typed(client, paper):
    answer = send(client, paper, {"answer-order.1": "2", "answer-order.2": "", "answer-order.3": "1"})

    shown = fields_of(Page(answer.text), "order")
    assert shown == {"answer-order.1": "2", "answer-order.3": "1"}


TYPED = [
    {"answer-order.1": "1", "answer-order.2": "1", "answer-order.3": "2"},
    {"answer-judge.best": "2", "answer-judge.worst": "2"},
]


@pytest.mark.parametrize("typed", TYPED, ids=str)
def test_what_cannot_be_kept_is_shown_whole_as_it_was_given(client, paper, typed):
    answer = send(client, paper, typed)

    item = next(iter(typed)).partition(".")[0].removeprefix("answer-")
    assert fields_of(Page(answer.text), item) == typed


STRANGE: list[dict[str, str | list[str] | None]] = [
    {"answer-weigh": ["1", "2"]},
    {"answer-order.1": "1", "answer-order.2": "2", "answer-order.3": "9"},
    {"answer-weigh": "4"},
    {"answer-weigh": "x"},
    {"answer-match.1": "9"},
    {"answer-judge.best": "7"},
    {"answer-rate.1": "8"},
    {"answer-rate.1": "many"},
    {"answer-rate.1": "1.5"},
    {"answer-cloze.2": "3"},
    {"answer-file": "0" * 64},
    {"answer-file": "zz"},
]


@pytest.mark.parametrize("fields", STRANGE)
def test_what_an_item_cannot_take_is_refused_at_its_place_and_the_rest_is_saved(client, paper, app, fields):
    answer = send(client, paper, fields | {"answer-sum": "6"})

    assert answer.status_code == 422
    assert len(alerts(answer.text)) == 1
    assert events_of(app) == {"sum": "6"}


@pytest.mark.parametrize("aspect", Aspect)
def test_what_matches_nothing_is_told_with_the_key_alone(aspect):
    """A right side that belongs to no left one is part of the key."""
    key = MatchingKey((Pair("上车", "女宾先"), Pair("", "各走各的")))
    item, place = Item("m", ItemType.MATCHING, key=key), Place("m", 0, 1, (2, 1))

    face = matching(Showing(item, place, None, Markup, Review(frozenset({aspect})), {}))

    assert [one.letter for one in face["spare"]] == (["A"] if aspect is Aspect.KEY else [])


def hand_in(client, paper):
    return press(client, f"{paper}/review", "/submit").text


def test_a_right_paper_earns_everything_and_says_so(client, paper, app):
    value = int(layout_of(app, "sum")["values"]["N"])
    order = {f"answer-order.{shown_at(app, 'order', step)}": str(step) for step in (1, 2, 3)}
    rights = {1: 1, 2: 2, 3: 1}
    match = {f"answer-match.{left}": shown_at(app, "match", right) for left, right in rights.items()}
    judged = {"answer-judge.best": shown_at(app, "judge", 1), "answer-judge.worst": shown_at(app, "judge", 2)}
    rest = {
        "answer-weigh": shown_at(app, "weigh", 2),
        "answer-cloze.1": "問候",
        "answer-cloze.2": "1",
        "answer-sum": f"{value * 2}",
    }
    send(client, paper, order | match | judged | rest)

    result = hand_in(client, paper)

    for score in ("3 of 3", "4 of 4", "6.29 of 6.29", "2 of 2"):
        assert score in result
    assert result.count("Right") >= 6


def test_the_result_shows_key_and_own_answer_of_every_type(client, paper, app):
    for _, fields, _ in ANSWERS:
        send(client, paper, fields)

    result = hand_in(client, paper)

    for text in ("You put it at 2", "Expert panel: 4.87", "You: 7", "Key: Best", "Key: Worst", "Best answer"):
        assert text in result
    assert "Right answer: 女宾先" in result
    assert f"Key: {int(layout_of(app, 'sum')['values']['N']) * 2} 件" in result
