"""What can be reached: best and worst against brute force, and every kind of broken path."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.case import Case
from app.domain.errors import CaseCycle, NoEnding
from app.domain.reach import STATE_LIMIT, Reach, explore
from app.domain.walk import Commit, Walk, walk
from tests.domain.builders import (
    ENDING,
    EXHIBIT,
    HINT,
    OUTCOME,
    QUESTION,
    SCENE,
    make_car_door,
    make_case,
    make_choice,
    make_decision,
    make_section,
)

END = make_section(ENDING, "end")


def named(case: Case, indexes: set[int]) -> set[str]:
    return {case.sections[index].id for index in indexes}


def make_ladder(rungs: int, dimensions: int) -> Case:
    """Return decisions one after the other that each move one dimension up or down."""
    names = [f"d{number}" for number in range(dimensions)]
    decisions = [
        make_decision(
            f"q{rung}",
            make_choice(None, "1", **{names[rung % dimensions]: 1}),
            make_choice(None, "0", **{names[rung % dimensions]: -1}),
        )
        for rung in range(rungs)
    ]
    last = make_decision("last", make_choice("end"), make_choice("end"))
    return make_case(*decisions, last, END, dimensions=tuple(names))


def test_every_section_of_a_sound_case_is_reached():
    case = make_car_door()

    reach = explore(case)

    assert reach.is_sound
    assert named(case, reach.reached) == {section.id for section in case.sections}
    assert (reach.best, reach.worst, reach.states) == (Decimal(5), Decimal(-1), 7)


def test_what_no_arrow_leads_to_is_not_reached():
    case = make_case(
        make_decision("d", make_choice("end"), make_choice("end")),
        make_section(OUTCOME, "upset"),
        make_section(SCENE, "b"),
        make_section(QUESTION, "q"),
        make_section(HINT, "h"),
        END,
        make_section(SCENE, "late"),
    )

    assert named(case, explore(case).reached) == {"d", "end"}


def test_reaching_is_judged_on_the_values_not_on_the_arrows():
    case = make_case(
        make_decision("d", make_choice(None, 礼貌=1), make_choice(None, 礼貌=2)),
        make_section(SCENE, "insult", when=("礼貌", "<", 0)),
        make_section(SCENE, "praise", when=("礼貌", "=", 2)),
        make_section(SCENE, "always", when=("礼貌", ">", 0), then="end"),
        END,
        dimensions=("礼貌",),
    )

    reach = explore(case)

    assert named(case, reach.reached) == {"d", "praise", "always", "end"}
    assert named(case, reach.skipped) == {"insult", "praise"}


def test_exhibits_and_closing_questions_are_reached_if_their_condition_can_hold():
    case = make_case(
        make_decision("d", make_choice("end", 礼貌=1), make_choice("end")),
        END,
        make_section(EXHIBIT, "letter", when=("礼貌", ">", 0)),
        make_section(EXHIBIT, "never", when=("礼貌", ">", 1)),
        make_section(QUESTION, "why", when=("礼貌", "=", 0)),
        make_section(HINT, "h"),
        make_section(QUESTION, "how", when=("礼貌", "<", 0)),
        dimensions=("礼貌",),
    )

    reach = explore(case)

    assert named(case, reach.reached) == {"d", "end", "letter", "why", "h"}
    assert named(case, reach.skipped) == {"letter", "never", "why", "how"}


def test_a_path_that_leads_back_is_a_cycle():
    case = make_case(
        make_section(SCENE, "a"),
        make_decision("d", make_choice("a"), make_choice("end")),
        END,
    )

    reach = explore(case)

    assert reach.cycles == [(1, 0)]
    assert not reach.is_sound


def test_a_section_that_leads_to_itself_is_a_cycle():
    case = make_case(make_decision("d", make_choice("d"), make_choice("end")), END)

    assert explore(case).cycles == [(0, 0)]


def test_coming_back_with_other_values_is_a_cycle_too():
    case = make_case(
        make_decision("d", make_choice("d", 礼貌=1), make_choice("end")), END, dimensions=("礼貌",)
    )

    assert explore(case).cycles == [(0, 0)]


def test_two_paths_that_meet_again_are_no_cycle():
    case = make_case(
        make_decision("d", make_choice("a"), make_choice("b")),
        make_section(OUTCOME, "a"),
        make_section(OUTCOME, "b"),
        make_section(SCENE, "c", then="end"),
        END,
    )

    assert explore(case).is_sound


@pytest.mark.parametrize(
    "sections",
    [
        [make_decision("d", make_choice(), make_choice("end")), END],
        [make_decision("d", make_choice("b"), make_choice("end")), make_section(OUTCOME, "b"), END],
        [make_decision("d", make_choice("b"), make_choice("end")), END, make_section(SCENE, "b")],
    ],
    ids=["no arrow", "an outcome at the end", "a scene after the endings"],
)
def test_a_path_that_leads_nowhere_is_a_dead_end(sections):
    reach = explore(make_case(*sections))

    assert len(reach.dead_ends) == 1
    assert not reach.is_sound


def test_a_dead_end_that_opens_only_with_certain_values_is_found():
    case = make_case(
        make_decision("d", make_choice(None, 礼貌=1), make_choice(None)),
        make_section(SCENE, "polite", when=("礼貌", ">", 0), then="end"),
        END,
        dimensions=("礼貌",),
    )

    assert named(case, explore(case).dead_ends) == {"d"}


def test_a_case_whose_path_has_no_beginning_is_a_dead_end():
    case = make_case(END, make_decision("d", make_choice("end"), make_choice("end")))

    assert not explore(case).is_sound
    with pytest.raises(NoEnding):
        walk(case, [])


def test_a_reading_needs_no_ending():
    assert explore(make_case(make_section(SCENE, "a"), make_section(SCENE, "b"))).is_sound


def test_many_states_are_counted_once():
    reach = explore(make_ladder(rungs=100, dimensions=1))

    assert reach.is_sound
    # after n rungs there are n + 1 values; then the last decision's, then the ending's
    assert reach.states == sum(range(1, 101)) + 101 + 101
    assert (reach.best, reach.worst) == (Decimal(100), Decimal(0))


def test_too_many_states_are_given_up():
    reach = explore(make_ladder(rungs=40, dimensions=4))

    assert reach.too_many
    assert not reach.is_sound
    assert reach.states <= STATE_LIMIT


def test_a_long_case_needs_no_deep_stack():
    scenes = [make_section(SCENE, f"s{number}") for number in range(5000)]

    assert explore(make_case(*scenes)).states == 5000


def all_walks(case: Case, commits: tuple[Commit, ...] = ()) -> list[Walk]:
    """Walk every path of a case to its end; raises what a walk raises."""
    state = walk(case, commits)
    if state.ended or state.at is None:
        return [state]
    choices = range(1, len(case.section(state.at).choices) + 1)
    return [one for choice in choices for one in all_walks(case, (*commits, Commit(state.at, choice)))]


NUMBER = st.integers(-2, 2)


@st.composite
def small_cases(draw: st.DrawFn, forward: bool) -> Case:
    """Draw a case of a few sections; with ``forward`` arrows lead to later sections only."""
    count = draw(st.integers(1, 6))
    sections = []
    for place in range(count):
        later = [f"s{i}" for i in range(place + 1 if forward else 0, count)] + ["end", "other"]
        target = st.sampled_from(later)
        when = st.none() | st.tuples(st.just("礼貌"), st.sampled_from(["<", ">", "="]), NUMBER)
        condition = draw(when)
        if draw(st.booleans()):
            choice = st.builds(
                lambda to, points, change: make_choice(to, str(points), 礼貌=change),
                st.none() | target if not forward else target,
                NUMBER,
                NUMBER,
            )
            choices = draw(st.lists(choice, min_size=2, max_size=2))
            sections.append(make_decision(f"s{place}", *choices, when=condition))
        else:
            kind = draw(st.sampled_from([SCENE, OUTCOME, EXHIBIT]))
            sections.append(make_section(kind, f"s{place}", then=draw(st.none() | target), when=condition))
    return make_case(*sections, END, make_section(ENDING, "other"), dimensions=("礼貌",))


def walked(case: Case) -> tuple[list[Walk], type[Exception] | None]:
    try:
        return all_walks(case), None
    except (CaseCycle, NoEnding) as refusal:
        return [], type(refusal)


def agrees(case: Case, reach: Reach) -> bool:
    """Whether every path shows what was reached, and nothing else."""
    return {section for one in all_walks(case) for section in one.revealed} == named(case, reach.reached)


@given(small_cases(forward=True))
def test_best_and_worst_are_those_of_walking_every_path(case):
    walks, refusal = walked(case)
    reach = explore(case)

    assert reach.is_sound is (refusal is None)
    if refusal is None:
        assert reach.best == max(one.score for one in walks)
        assert reach.worst == min(one.score for one in walks)
        assert agrees(case, reach)


@given(small_cases(forward=False))
def test_a_case_is_sound_just_when_every_path_comes_to_an_end(case):
    _, refusal = walked(case)

    assert explore(case).is_sound is (refusal is None)
