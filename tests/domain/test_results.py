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


#: of each column a lower value and a higher one
VALUES = {
    "login": ("a", "b"),
    "name": ("林", "贺"),
    "cohort": ("1班", "2班"),
    "objective": (Decimal(9), Decimal(10)),
    "subjective": (Decimal(0), Decimal("0.5")),
    "total": (Decimal("9.5"), Decimal(10)),
    "state": (ResultState.COMPLETE, ResultState.VOIDED),
    "minutes": (Decimal(9), Decimal("43.5")),
    # who passed stands before who did not
    "passed": (True, False),
}
ALWAYS_KNOWN = ("login", "name", "state")


@pytest.mark.parametrize("column", COLUMNS)
def test_results_stand_by_the_column_up_and_down(column):
    low, high = VALUES[column]
    # by login they would stand the other way
    lines = [replace(result("m"), **{column: high}), replace(result("n"), **{column: low})]

    for downwards in (False, True):
        order = [getattr(one, column) for one in sort_results(lines, column, downwards=downwards)]
        assert order == ([high, low] if downwards else [low, high])


def test_a_column_that_there_is_not_is_the_login():
    lines = [result("b", "1"), result("a", "2")]

    assert [one.login for one in sort_results(lines, "size", downwards=False)] == ["a", "b"]


@pytest.mark.parametrize("column", [name for name in COLUMNS if name not in ALWAYS_KNOWN])
@pytest.mark.parametrize("downwards", [True, False])
def test_what_is_unknown_stands_last_whichever_way(column, downwards):
    known = Result("b", "b", "x", ResultState.COMPLETE, *(Decimal(1),) * 5, passed=True)
    unknown = Result("a", "a", "", ResultState.COMPLETE)

    order = [one.login for one in sort_results([unknown, known], column, downwards=downwards)]

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
