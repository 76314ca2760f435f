"""The ways of many people through one case, as a tree."""

from decimal import Decimal

import pytest

from app.domain.paths import Way, path_tree
from app.domain.walk import Commit
from tests.domain.builders import make_car_door

CASE = make_car_door()


def way(*choices, reason="因为"):
    """Return a way by the options taken at which-door and repair."""
    sections = ("which-door", "repair")
    made = [Commit(s, c, reason if s == "repair" else "") for s, c in zip(sections, choices, strict=False)]
    return Way(tuple(made))


def branch(tree, *choices):
    for choice in choices:
        tree = next(one for one in tree.branches if one.choice == choice)
    return tree


def test_nobody_walked():
    tree = path_tree(CASE, [])

    assert (tree.n, tree.mean, tree.branches, tree.endings) == (0, None, [], {})


@pytest.fixture
def tree():
    return path_tree(
        CASE, [way(2), way(1, 1), way(1, 2), way(1, 2, reason="补救"), way(1, 2, reason=""), way(1), way()]
    )


def test_each_option_counts_who_took_it(tree):
    assert tree.n == 7
    assert branch(tree, 1).n == 5
    assert branch(tree, 2).n == 1
    assert branch(tree, 1, 2).n == 3


def test_shares_are_of_those_who_decided_there(tree):
    assert branch(tree, 1).share == pytest.approx(100 * 5 / 6)
    assert branch(tree, 2).share == pytest.approx(100 / 6)
    assert branch(tree, 1, 1).share == 25
    assert branch(tree, 1, 2).share == 75


def test_mean_scores_are_of_those_who_came_to_an_ending(tree):
    assert branch(tree, 2).mean == 5
    assert branch(tree, 1, 1).mean == -1
    assert branch(tree, 1).mean == pytest.approx((-1 + 3 * 3) / 4)
    assert tree.mean == pytest.approx((5 - 1 + 3 * 3) / 5)
    assert branch(path_tree(CASE, [way(1)]), 1).mean is None


def test_endings_stand_at_the_last_decision(tree):
    assert branch(tree, 2).endings == {"pleased": 1}
    assert branch(tree, 1, 2).endings == {"saved": 3}
    assert branch(tree, 1).endings == {}


def test_reasons_stand_with_the_option_they_were_given_for(tree):
    assert branch(tree, 1, 2).reasons == ["因为", "补救"]
    assert branch(tree, 1).reasons == []


def test_options_stand_in_the_order_of_the_file():
    tree = path_tree(CASE, [way(2), way(1, 2), way(1, 1)])

    assert [one.choice for one in tree.branches] == [1, 2]
    assert [one.choice for one in branch(tree, 1).branches] == [1, 2]


def test_answers_to_questions_make_no_branch():
    answered = Way((*way(2).commits, Commit("why", text="因为次序")))

    tree = path_tree(CASE, [answered])

    assert branch(tree, 2).branches == []
    assert tree.scores == [Decimal(5)]


def test_options_that_nobody_took_stand_there_with_none():
    tree = path_tree(CASE, [way(1)])

    assert [(one.choice, one.n, one.share, one.mean) for one in tree.branches][1:] == [(2, 0, 0, None)]
    assert branch(tree, 1).branches == []
