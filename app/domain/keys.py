"""Keys: what counts as right in an item, one class a family of answer lines."""

from dataclasses import dataclass
from decimal import Decimal

from app.domain.case import Case
from app.domain.options import MarkingPoint, Option


@dataclass(frozen=True, slots=True)
class ChoiceKey:
    """Options of a single or multiple item, in file order."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class TruthKey:
    """Whether the statement of a true-false item is true."""

    value: bool


@dataclass(frozen=True, slots=True)
class Dropdown:
    """A blank that is filled by choosing one of its options; ``key`` is the right one, from 1."""

    options: tuple[str, ...]
    key: int


#: the accepted wordings of a blank that is written in, or a blank to choose in
Blank = tuple[str, ...] | Dropdown


@dataclass(frozen=True, slots=True)
class BlanksKey:
    """What fills the blanks, in their order.

    Those of a cloze stand inside the stem, which holds ``[[1]]``, ``[[2]]`` … in their places and
    nothing of what fills them.
    """

    blanks: tuple[Blank, ...]
    is_cloze: bool = False


@dataclass(frozen=True, slots=True)
class NumericKey:
    """An inclusive range low..high of accepted values in ``unit``.

    ``value`` and ``tolerance``, ``low`` and ``high``, or ``value`` and ``places`` (rounded to so
    many decimals) are written; what is not written is None. Each is a number or arithmetic with
    numbers and the item's variables, kept as typed in the file.
    """

    value: str | None = None
    tolerance: str | None = None
    low: str | None = None
    high: str | None = None
    places: int | None = None
    unit: str = ""

    @property
    def expressions(self) -> tuple[str, ...]:
        """What is written of value, tolerance, low and high."""
        return tuple(one for one in (self.value, self.tolerance, self.low, self.high) if one is not None)


@dataclass(frozen=True, slots=True)
class OrderingKey:
    """Steps from top to bottom in the right order."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A left side with its right side; a distractor has no left."""

    left: str
    right: str
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class MatchingKey:
    """Pairs in file order. Lefts and rights are numbered separately from top to bottom."""

    pairs: tuple[Pair, ...]

    @property
    def lefts(self) -> tuple[str, ...]:
        """The left sides, without those that distractors lack."""
        return tuple(pair.left for pair in self.pairs if pair.left)

    @property
    def rights(self) -> tuple[str, ...]:
        """The right sides, distractors too."""
        return tuple(pair.right for pair in self.pairs)


@dataclass(frozen=True, slots=True)
class BestWorstKey:
    """Options of a situational judgement; ``best`` and ``worst`` are positions from 1."""

    options: tuple[Option, ...]
    best: int
    worst: int


@dataclass(frozen=True, slots=True)
class RatingKey:
    """Options with the mean that an expert panel gave each, on a scale of whole numbers low..high."""

    options: tuple[Option, ...]
    means: tuple[Decimal, ...]
    low: int = 1
    high: int = 5


@dataclass(frozen=True, slots=True)
class WeightedKey:
    """Options of which each earns its own points."""

    options: tuple[Option, ...]
    weights: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class ConstructedKey:
    """What a marker looks for in a constructed answer or an uploaded file."""

    points: tuple[MarkingPoint, ...] = ()
    guidance: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WalkKey:
    """The case that is walked. The text names it by its slug; it is put in when the item is used."""

    case: Case


OptionsKey = ChoiceKey | OrderingKey | BestWorstKey | RatingKey | WeightedKey
Key = OptionsKey | TruthKey | BlanksKey | NumericKey | MatchingKey | ConstructedKey | WalkKey | None
