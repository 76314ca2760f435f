"""The route: text order, arrows, what is shown beside what."""

import pytest

from app.domain.case import Case
from app.domain.route import holds, route_of, settle
from tests.domain.builders import (
    ENDING,
    EXHIBIT,
    HINT,
    MODEL_ANSWER,
    OUTCOME,
    QUESTION,
    SCENE,
    make_case,
    make_choice,
    make_decision,
    make_section,
)


def following(case: Case) -> dict[str, str | None]:
    route = route_of(case)
    return {
        section.id: None if onward is None else route.section(onward).id
        for section, onward in zip(case.sections, route.following, strict=True)
    }


def test_text_order_leads_from_section_to_section():
    case = make_case(make_section(SCENE, "a"), make_section(SCENE, "b"), make_section(QUESTION, "c"))

    assert following(case) == {"a": "b", "b": "c", "c": None}


@pytest.mark.parametrize("kind", [OUTCOME, ENDING])
def test_text_order_never_enters_an_outcome_or_ending(kind):
    case = make_case(make_section(SCENE, "a"), make_section(kind, "b"), make_section(SCENE, "c"))
    route = route_of(case)

    assert following(case)["a"] != "b"
    assert route.first == 0


def test_an_outcome_goes_on_at_the_next_section_that_is_neither_outcome_nor_ending():
    case = make_case(
        make_section(OUTCOME, "upset"),
        make_section(OUTCOME, "calm"),
        make_section(ENDING, "lost"),
        make_section(SCENE, "later"),
        make_section(ENDING, "saved"),
    )

    assert following(case) == {
        "upset": "later",
        "calm": "later",
        "lost": "later",
        "later": None,
        "saved": None,
    }


@pytest.mark.parametrize("kind", [HINT, MODEL_ANSWER])
def test_text_order_passes_hints_and_model_answers(kind):
    case = make_case(make_section(QUESTION, "why"), make_section(kind, "x"), make_section(SCENE, "b"))

    assert following(case)["why"] == "b"


def test_an_exhibit_without_an_arrow_is_shown_with_the_section_above():
    case = make_case(
        make_section(SCENE, "a"),
        make_section(EXHIBIT, "map"),
        make_section(EXHIBIT, "list"),
        make_section(SCENE, "b"),
    )
    route = route_of(case)

    assert dict(route.attached) == {0: (1, 2)}
    assert following(case)["a"] == "b"


@pytest.mark.parametrize("kind", [OUTCOME, ENDING, QUESTION, HINT, MODEL_ANSWER])
def test_an_exhibit_belongs_to_whatever_stands_above(kind):
    case = make_case(make_section(QUESTION, "why"), make_section(kind, "x"), make_section(EXHIBIT, "map"))

    assert dict(route_of(case).attached) == {1: (2,)}


def test_an_exhibit_that_comes_first_stands_on_the_path():
    case = make_case(make_section(EXHIBIT, "map"), make_section(EXHIBIT, "list"), make_section(SCENE, "a"))
    route = route_of(case)

    assert route.first == 0
    assert dict(route.attached) == {0: (1,)}
    assert following(case)["map"] == "a"


@pytest.mark.parametrize(
    "start",
    [make_section(SCENE, "a", then="map"), make_decision("a", make_choice("map"), make_choice("map"))],
    ids=["next", "choice"],
)
def test_an_exhibit_with_an_arrow_stands_on_the_path(start):
    case = make_case(start, make_section(SCENE, "b"), make_section(EXHIBIT, "map"), make_section(SCENE, "c"))

    assert dict(route_of(case).attached) == {}
    assert following(case)["b"] == "map"


def test_hints_belong_to_the_nearest_question_or_decision_above():
    case = make_case(
        make_section(HINT, "early"),
        make_decision("d", make_choice("q"), make_choice("q")),
        make_section(HINT, "h1"),
        make_section(SCENE, "a"),
        make_section(HINT, "h2"),
        make_section(QUESTION, "q"),
        make_section(MODEL_ANSWER, "m"),
    )

    assert dict(route_of(case).gated) == {1: (2, 4), 5: (6,)}


def test_questions_after_the_last_ending_close_the_case():
    case = make_case(
        make_section(SCENE, "a"),
        make_section(QUESTION, "early"),
        make_section(ENDING, "one"),
        make_section(QUESTION, "between"),
        make_section(ENDING, "two"),
        make_section(SCENE, "lost"),
        make_section(QUESTION, "why"),
        make_section(QUESTION, "how"),
    )
    route = route_of(case)

    assert route.closing == (6, 7)
    assert following(case)["early"] == "between"
    assert following(case)["between"] is None


def test_a_text_without_endings_has_no_closing_questions():
    case = make_case(make_section(SCENE, "a"), make_section(QUESTION, "why"))

    assert route_of(case).closing == ()
    assert not route_of(case).has_decisions


COMPARISONS = [
    ("<", -1, True),
    ("<", 0, False),
    ("<=", 0, True),
    ("<=", 1, False),
    (">", 1, True),
    (">", 0, False),
    (">=", 0, True),
    (">=", -1, False),
    ("=", 0, True),
    ("=", 1, False),
]


@pytest.mark.parametrize(("operator", "value", "is_met"), COMPARISONS)
def test_a_condition_compares_its_own_dimension(operator, value, is_met):
    section = make_section(SCENE, "a", when=("规范", operator, 0))
    route = route_of(make_case(section, dimensions=("礼貌", "规范")))

    assert holds(route, section.when, (99, value)) is is_met


def test_sections_whose_condition_fails_are_skipped_in_text_order():
    case = make_case(
        make_section(SCENE, "a", when=("礼貌", "<", 0)),
        make_section(SCENE, "b", when=("礼貌", ">", 3)),
        make_section(SCENE, "c"),
        dimensions=("礼貌",),
    )
    route = route_of(case)

    assert settle(route, 0, (-1,)) == 0
    assert settle(route, 0, (4,)) == 1
    assert settle(route, 0, (0,)) == 2


def test_nothing_is_left_when_every_condition_fails():
    case = make_case(make_section(SCENE, "a", when=("礼貌", "<", 0)), dimensions=("礼貌",))

    assert settle(route_of(case), 0, (0,)) is None
