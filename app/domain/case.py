"""A case: scenes, decisions with consequences, endings, and questions around them."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.domain.options import ConstructedKind, MarkingPoint


class SectionKind(StrEnum):
    """Kinds of sections, by their keyword in English."""

    SCENE = "scene"
    DECISION = "decision"
    OUTCOME = "outcome"
    ENDING = "ending"
    EXHIBIT = "exhibit"
    QUESTION = "question"
    HINT = "hint"
    MODEL_ANSWER = "model-answer"


#: entered by an arrow only
ARRIVALS = frozenset({SectionKind.OUTCOME, SectionKind.ENDING})
#: the learner commits something here
GATES = frozenset({SectionKind.DECISION, SectionKind.QUESTION})
#: sent only after the nearest gate above was committed
GATED = frozenset({SectionKind.HINT, SectionKind.MODEL_ANSWER})


@dataclass(frozen=True, slots=True)
class Effect:
    """A change of one dimension (维度) by a whole number."""

    dimension: str
    change: int


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a decision: where it leads and what it earns."""

    text: str
    target: str | None = None
    points: Decimal | None = None
    effects: tuple[Effect, ...] = ()
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """``when``: the section is on the path only if the dimension compares so."""

    dimension: str
    operator: str
    value: int


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a case as written.

    ``reason`` is no, optional or required (decisions); ``reveal`` is commit or release (hints and
    model answers); None where the file says nothing.
    """

    id: str
    kind: SectionKind
    title: str = ""
    body: str = ""
    choices: tuple[Choice, ...] = ()
    next: str | None = None
    when: Condition | None = None
    reason: str | None = None
    reveal: str | None = None
    points: Decimal | None = None
    words: int | None = None
    marking_points: tuple[MarkingPoint, ...] = ()
    guidance: tuple[str, ...] = ()
    was: str | None = None
    #: what kind of written answer a question (思考题) asks for
    question_kind: ConstructedKind | None = None

    @property
    def is_gate(self) -> bool:
        """Whether the learner commits something here."""
        return self.kind in GATES


@dataclass(frozen=True, slots=True)
class Case:
    """A case as written. ``kind`` is "case" or "reading" (scenes and exhibits only)."""

    title: str
    sections: tuple[Section, ...] = ()
    language: str = "zh"
    source: str = ""
    use: str = "practice"
    kind: str = "case"
    minutes: int | None = None
    module: str | None = None
    objectives: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = ()
    quiz: str | None = None
    syntax: str = ""
    format: str = ""

    @property
    def is_reading(self) -> bool:
        """Whether this is a reading: nothing to decide, nothing to answer."""
        return self.kind == "reading"

    def section(self, section_id: str) -> Section:
        """Return the section of this id.

        :raises KeyError: the case has no such section.
        """
        for section in self.sections:
            if section.id == section_id:
                return section
        raise KeyError(section_id)


def marking_total(section: Section) -> Decimal:
    """Return what a question is worth: its own points, else the sum of its marking points."""
    if section.points is not None:
        return section.points
    return sum((point.points for point in section.marking_points), Decimal(0))
