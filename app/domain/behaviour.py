"""How a paper answers its learner: after handing in, at once, or in several tries. Apart from item types."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from app.domain.items import Item, ItemType

MOST_TRIES = 3


class Behaviour(StrEnum):
    """The behaviours by name; graded exams are deferred."""

    DEFERRED = "deferred"
    IMMEDIATE = "immediate"
    TRIES = "tries"


@dataclass(frozen=True, slots=True)
class Rules:
    """What a behaviour does: how many tries an item gets (0: it cannot be checked), and whether it hints."""

    tries: Callable[[Item], int]
    gives_hints: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an item stands after its checks.

    ``wrong`` counts the tries that did not earn full marks and were followed, or may be, by another
    answer. A settled item takes no further answer and shows its key.
    """

    tries_left: int = 0
    wrong: int = 0
    hints: int = 0
    is_settled: bool = False

    @property
    def may_check(self) -> bool:
        """Whether the answer can be checked now."""
        return self.tries_left > 0 and not self.is_settled


def _never(_item: Item) -> int:
    return 0


def _once(item: Item) -> int:
    return 0 if item.type in {ItemType.INFO, ItemType.WALK} else 1


def _tries(item: Item) -> int:
    """Give as many tries as there is something left to think about."""
    if item.is_marked_by_person or item.type in {ItemType.TRUE_FALSE, ItemType.RATING}:
        return 1
    if item.type in {ItemType.SINGLE, ItemType.WEIGHTED}:
        return min(MOST_TRIES, len(item.options) - 1)
    return MOST_TRIES * _once(item)


BEHAVIOURS: Mapping[Behaviour, Rules] = {
    Behaviour.DEFERRED: Rules(_never),
    Behaviour.IMMEDIATE: Rules(_once),
    Behaviour.TRIES: Rules(_tries, gives_hints=True),
}


def standing(behaviour: Behaviour, item: Item, earned_all: Sequence[bool]) -> Standing:
    """Tell where an item stands.

    :param earned_all: of each check in order, whether its answer earned full marks.
    """
    rules = BEHAVIOURS[behaviour]
    tries = rules.tries(item)
    left = max(0, tries - len(earned_all))
    settled = bool(earned_all) and (earned_all[-1] or left == 0)
    failed = sum(not one for one in earned_all)
    hints = min(failed, len(item.hints)) if rules.gives_hints else 0
    return Standing(left, failed, hints, settled)


def penalised(points: Decimal, wrong: int) -> Decimal:
    """Return what an answer earns after wrong tries: each takes a third away (not rounded).

    >>> penalised(Decimal(3), 1), penalised(Decimal(3), 5)
    (Decimal('2'), Decimal('0'))
    """
    return points * max(0, MOST_TRIES - wrong) / MOST_TRIES


def wrong_before(answers: Sequence[Any], earned_all: Sequence[bool], final: Any) -> int:
    """Count the failed tries before the final answer; the check of the final answer itself costs nothing.

    >>> wrong_before(["1", "2"], [False, True], "2"), wrong_before(["1"], [False], "1")
    (1, 0)
    """
    failed = [answer for answer, all_of_it in zip(answers, earned_all, strict=True) if not all_of_it]
    return len(failed[:-1] if failed and failed[-1] == final else failed)
