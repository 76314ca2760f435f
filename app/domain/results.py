"""Results of an exam: where each person stands, who passes, the figures of all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from typing import Any

HUNDRED = Decimal(100)
HUNDREDTH = Decimal("0.01")


class ResultState(StrEnum):
    """Where somebody stands in an exam. Only what is complete has a result."""

    COMPLETE = "complete"
    TO_MARK = "to-mark"
    HANDED_IN = "handed-in"
    SITTING = "sitting"
    EXPECTED = "expected"
    ABSENT = "absent"
    VOIDED = "voided"


#: those who have sat, or still do
SAT = frozenset({ResultState.COMPLETE, ResultState.TO_MARK, ResultState.HANDED_IN, ResultState.SITTING})


@dataclass(frozen=True, slots=True)
class Result:
    """One person's result: that of the attempt that counts. What is not known is None.

    ``objective`` was scored by keys (客观题), ``subjective`` marked by people (主观题; None while
    something of it waits); ``minutes`` is the time used.
    """

    login: str
    name: str
    cohort: str
    state: ResultState
    objective: Decimal | None = None
    subjective: Decimal | None = None
    total: Decimal | None = None
    max: Decimal | None = None
    minutes: Decimal | None = None
    passed: bool | None = None
    to_mark: int = 0
    #: public id of the attempt that counts, and how many there are
    attempt: str = ""
    attempts: int = 0
    is_expected: bool = True


@dataclass(frozen=True, slots=True)
class Figures:
    """What is told of all: head counts, and points of the ``n`` results that are complete."""

    expected: int
    sat: int
    absent: int
    n: int
    mean: float | None = None
    highest: Decimal | None = None
    lowest: Decimal | None = None
    pass_rate: float | None = None


def figures_of(results: Sequence[Result]) -> Figures:
    """Return the figures of an exam."""
    complete = [one for one in results if one.state is ResultState.COMPLETE and one.total is not None]
    totals = [one.total for one in complete if one.total is not None]
    heads = Figures(
        expected=sum(one.is_expected for one in results),
        sat=sum(one.state in SAT for one in results),
        absent=sum(one.state is ResultState.ABSENT for one in results),
        n=len(totals),
    )
    if not totals:
        return heads
    return Figures(
        heads.expected,
        heads.sat,
        heads.absent,
        heads.n,
        mean=float(sum(totals) / len(totals)),
        highest=max(totals),
        lowest=min(totals),
        pass_rate=sum(one.passed is True for one in complete) / len(complete),
    )


def reached_share(score: Decimal | None, maximum: Decimal | None) -> Decimal | None:
    """Return points as a percentage with two decimals, None where there is nothing to reach.

    Rounded down: 59.999 % is not the 60 % that pass.
    """
    if score is None or not maximum:
        return None
    return (score * HUNDRED / maximum).quantize(HUNDREDTH, ROUND_DOWN)


#: column -> what it is sorted by; what is None stands last, whichever way
COLUMNS: Mapping[str, Callable[[Result], Any]] = {
    "login": lambda one: one.login,
    "name": lambda one: one.name,
    "cohort": lambda one: one.cohort or None,
    "objective": lambda one: one.objective,
    "subjective": lambda one: one.subjective,
    "total": lambda one: one.total,
    "state": lambda one: list(ResultState).index(one.state),
    "minutes": lambda one: one.minutes,
    "passed": lambda one: None if one.passed is None else not one.passed,
}


def sort_results(results: Sequence[Result], column: str, *, downwards: bool) -> list[Result]:
    """Sort results by a column, equal ones by login; a column that does not exist is the login's."""
    key = COLUMNS.get(column, COLUMNS["login"])
    by_login = sorted(results, key=lambda one: one.login)
    known = [one for one in by_login if key(one) is not None]
    rest = [one for one in by_login if key(one) is None]
    ordered = sorted(known, key=key, reverse=downwards)
    return ordered + rest
