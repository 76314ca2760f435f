"""Students who do not exist, for demonstrations: how able and quick they are, and how they answer a paper.

Whether an item is answered right follows the three-parameter logistic model (Birnbaum, in Lord & Novick
1968, Statistical Theories of Mental Test Scores, ch. 17-20); how long it takes follows the lognormal model
of van der Linden (2006), Journal of Educational and Behavioral Statistics 31, 181-204.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp
from random import Random

from app.domain.items import Difficulty, Item, ItemType
from app.domain.keys import BlanksKey, MatchingKey, WalkKey
from app.domain.simulated_answers import attempted_answer
from app.domain.walk import walk_choices

#: where on the scale of abilities, whose standard deviation is 1, items of each estimate stand
DIFFICULTIES = {Difficulty.EASY: -1.4, Difficulty.MEDIUM: -0.5, Difficulty.HARD: 0.6, None: -0.5}
#: how far one item lies from the others of its estimate, and how much sharper one is than another
SPREAD, SHARPNESS = 0.5, 0.3
#: logarithms: how far students differ in pace, and one answer from another
PACES, PAUSES = 0.25, 0.35
#: characters that are read in a second, and the seconds that an answer takes beside reading, by type
READING = 6.0
SECONDS = {
    ItemType.SINGLE: 10,
    ItemType.WEIGHTED: 15,
    ItemType.MULTIPLE: 20,
    ItemType.TRUE_FALSE: 6,
    ItemType.BLANKS: 25,
    ItemType.NUMERIC: 60,
    ItemType.ORDERING: 30,
    ItemType.MATCHING: 30,
    ItemType.BEST_WORST: 25,
    ItemType.RATING: 30,
    ItemType.CONSTRUCTED: 150,
    ItemType.UPLOAD: 0,
    ItemType.WALK: 90,
}
#: chances to leave out an item for now, or for good, and to change an answer in the end
PASSED_OVER, CHANGED = 0.06, 0.05


@dataclass(frozen=True, slots=True)
class Student:
    """One simulated student: ability in standard deviations, pace as a factor on all times."""

    ability: float
    pace: float


@dataclass(frozen=True, slots=True)
class Traits:
    """An item in the model: difficulty, discrimination, guessing, and the mean seconds it takes."""

    difficulty: float
    discrimination: float
    guessing: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Step:
    """An answer, in file order, so many seconds after the start."""

    second: float
    key: str
    answer: object


def draw_student(seed: str) -> Student:
    """Draw a student: abilities are normal around 0, the logarithms of paces too."""
    chance = Random(f"{seed}/student")
    return Student(chance.gauss(0, 1), exp(chance.gauss(0, PACES)))


def traits_of(item: Item, seed: str) -> Traits:
    """Return the traits of an item: its author's estimate, moved a little by the seed."""
    chance = Random(f"{seed}/traits/{item.id}")
    return Traits(
        difficulty=DIFFICULTIES[item.difficulty] + chance.gauss(0, SPREAD),
        discrimination=exp(chance.gauss(0, SHARPNESS)),
        guessing=_guessing(item),
        seconds=_reading(item) / READING + SECONDS.get(item.type, 0),
    )


def chance_of_right(student: Student, traits: Traits) -> float:
    """Return the probability that a student answers an item right.

    >>> round(chance_of_right(Student(0, 1), Traits(0, 1, 0.25, 10)), 3)
    0.625
    """
    logit = traits.discrimination * (student.ability - traits.difficulty)
    return traits.guessing + (1 - traits.guessing) / (1 + exp(-logit))


def sit(items: Sequence[tuple[str, Item]], student: Student, seeds: tuple[str, str]) -> Iterator[Step]:
    """Answer items in the order given, then once more what was left out, and a few of the others.

    :param items: each with its key; variables and cases are filled in.
    :param seeds: of the exam, whose items have the same traits for all, and of this student.
    """
    chance = Random(f"{seeds[1]}/answers")
    asked = [(key, item, traits_of(item, seeds[0])) for key, item in items if item.is_scored]
    passed = {key for key, _, _ in asked if chance.random() < PASSED_OVER}
    second = 0.0
    for key, item, traits in asked:
        second += _spent(student, traits, chance) / (2 if key in passed else 1)
        if key not in passed:
            yield Step(second, key, _answer(item, student, traits, chance))
    for key, item, traits in asked:
        is_open = item.type is not ItemType.WALK and chance.random() < CHANGED
        # who knows less comes back to fewer of them
        if (key in passed or is_open) and chance.random() < chance_of_right(student, traits):
            second += _spent(student, traits, chance) / 2
            yield Step(second, key, _answer(item, student, traits, chance))


def _answer(item: Item, student: Student, traits: Traits, chance: Random) -> object:
    return attempted_answer(item, chance_of_right(student, traits), chance)


def _spent(student: Student, traits: Traits, chance: Random) -> float:
    return traits.seconds * student.pace * exp(chance.gauss(0, PAUSES))


def _guessing(item: Item) -> float:
    """Return the chance of who knows nothing: that of an option, none where words or numbers are asked."""
    if item.type is ItemType.TRUE_FALSE:
        return 0.5
    if item.type in {ItemType.SINGLE, ItemType.WEIGHTED}:
        return 1 / len(item.options)
    return 0.0


def _reading(item: Item) -> int:
    """Return how many characters are read before an item is answered."""
    texts = [item.stem, *(option.text for option in item.options)]
    if isinstance(item.key, MatchingKey):
        texts += [*item.key.lefts, *item.key.rights]
    if isinstance(item.key, BlanksKey):
        texts += [text for blank in item.key.blanks if not isinstance(blank, tuple) for text in blank.options]
    if isinstance(item.key, WalkKey):
        case = item.key.case
        texts += [case.section(name).body for name in walk_choices(case, []).revealed]
    return sum(map(len, texts))
