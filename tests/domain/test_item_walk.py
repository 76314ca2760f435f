"""A case inside a paper: nothing that belongs to a hint, a question or a later scene leaves with it."""

from dataclasses import replace

from app.domain.item_walk import opening, shown_sections, stand_of
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

END = make_section(ENDING, "end")


def make_which(target="end"):
    return make_decision("which", make_choice(target), make_choice("end"))


def ids(sections):
    return [section.id for section in sections]


def test_a_group_shows_the_scenes_before_the_first_decision():
    case = make_case(
        make_section(SCENE, "hall"),
        make_section(EXHIBIT, "plan"),
        make_section(SCENE, "door"),
        make_which(),
        END,
    )

    assert ids(opening(case)) == ["hall", "plan", "door"]


def test_a_group_shows_nothing_that_a_walk_does_not_show_at_its_beginning():
    case = make_case(
        make_section(SCENE, "hall", then="which"),
        make_section(SCENE, "later"),
        make_section(OUTCOME, "bad", then="later"),
        make_section(EXHIBIT, "letter"),
        make_which("bad"),
        make_section(EXHIBIT, "sheet"),
        END,
    )

    assert ids(opening(case)) == ["hall"]


def test_a_group_stops_at_a_question_and_keeps_its_hint_with_its_exhibit():
    case = make_case(
        make_section(SCENE, "hall"),
        make_section(QUESTION, "why"),
        make_section(HINT, "look"),
        make_section(EXHIBIT, "sheet"),
        make_section(SCENE, "then"),
        make_which(),
        END,
    )

    assert ids(opening(case)) == ["hall"]


def test_a_group_shows_the_whole_of_a_reading():
    case = make_case(make_section(SCENE, "one"), make_section(EXHIBIT, "map"), make_section(SCENE, "two"))

    assert ids(opening(replace(case, kind="reading"))) == ["one", "map", "two"]


def test_an_item_keeps_the_exhibits_of_hints_questions_and_model_answers():
    case = make_case(
        make_section(SCENE, "hall"),
        make_section(EXHIBIT, "plan"),
        make_decision("which", make_choice("good"), make_choice("end")),
        make_section(HINT, "look"),
        make_section(EXHIBIT, "of-hint"),
        make_section(OUTCOME, "good"),
        make_section(EXHIBIT, "of-outcome"),
        make_section(QUESTION, "why"),
        make_section(EXHIBIT, "of-question"),
        make_section(MODEL_ANSWER, "model"),
        make_section(EXHIBIT, "of-model"),
        make_decision("then", make_choice("end"), make_choice("end")),
        END,
    )

    assert shown_sections(case, stand_of(case, [])) == ["hall", "plan", "which"]
    assert shown_sections(case, stand_of(case, ["1"])) == [
        "hall",
        "plan",
        "which",
        "good",
        "of-outcome",
        "then",
    ]
