"""Figures of an exam, and the order of its results."""

from dataclasses import replace
from decimal import Decimal

import pytest

from app.domain.results import COLUMNS, Figures, Result, ResultState, figures_of, reached_share, sort_results


def result(login, total=None, **more):
    state = ResultState.ABSENT if total is None else ResultState.COMPLETE
    points = None if total is None else Decimal(total)
    return replace(Result(login, login.upper(), "", state, total=points, passed=None), **more)


def test_the_figures_of_nobody_are_undefined():
    assert figures_of([]) == Figures(0, 0, 0, 0)


def test_the_figures_are_those_of_complete_results():
    found = figures_of(
        [
            result("a", "10", passed=True),
            result("b", "5.5", passed=False),
            result("c", "3", state=ResultState.TO_MARK),
            result("d"),
            result("e", state=ResultState.VOIDED, is_expected=False),
        ]
    )

    assert (found.expected, found.sat, found.absent, found.n) == (4, 3, 1, 2)
    assert (found.mean, found.highest, found.lowest) == (7.75, Decimal(10), Decimal("5.5"))
    assert found.pass_rate == 0.5


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("downwards", [True, False])
def test_what_is_unknown_stands_last_whichever_way(column, downwards):
    known = Result("b", "b", "x", ResultState.COMPLETE, *(Decimal(1),) * 5, passed=True)
    unknown = Result("a", "a", "", ResultState.COMPLETE)

    order = [one.login for one in sort_results([unknown, known], column, downwards=downwards)]

    if column in {"login", "name", "state"}:
        assert sorted(order) == ["a", "b"]
    else:
        assert order == ["b", "a"]


def test_equal_results_stand_by_login():
    lines = [result("c", "1"), result("a", "2"), result("b", "2")]

    assert [one.login for one in sort_results(lines, "total", downwards=True)] == ["a", "b", "c"]
    assert [one.login for one in sort_results(lines, "total", downwards=False)] == ["c", "a", "b"]


@pytest.mark.parametrize(
    ("score", "maximum", "share"),
    [("59.999", "100", "59.99"), ("6", "10", "60.00"), (None, "10", None), ("1", "0", None)],
)
def test_a_share_is_rounded_down(score, maximum, share):
    points = None if score is None else Decimal(score)

    assert reached_share(points, Decimal(maximum)) == (None if share is None else Decimal(share))
