"""What learners may see of an exam, and when: the review matrix, and the phase that an attempt is in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.exam import ExamKind, ExamState
from app.domain.timing import Timing

#: how long after handing in an attempt counts as just handed in
JUST_AFTER = timedelta(minutes=2)


class Aspect(StrEnum):
    """What there is to see of an attempt after it was handed in."""

    ANSWERS = "answers"
    MARKS = "marks"
    CORRECTNESS = "correctness"
    KEY = "key"
    FEEDBACK = "feedback"
    EXPLANATION = "explanation"
    STATISTICS = "statistics"


class Phase(StrEnum):
    """When somebody looks, as seen from the attempt and its exam."""

    DURING = "during"
    JUST_AFTER = "just_after"
    WHILE_OPEN = "while_open"
    CLOSED = "closed"
    RELEASED = "released"


#: before the release the bytes that a learner gets are the same for marked and unmarked attempts, so
#: only one's own answers can be shown earlier
EARLY = frozenset({Aspect.ANSWERS})
#: the phases after handing in, as they follow one another
AFTERWARDS = (Phase.JUST_AFTER, Phase.WHILE_OPEN, Phase.CLOSED, Phase.RELEASED)
Matrix = Mapping[Aspect, frozenset[Phase]]


def read_matrix(stored: Mapping[str, Iterable[str]]) -> Matrix:
    """Read a stored matrix, aspects to phases; what it does not name is never shown."""
    return {
        aspect: frozenset(Phase(phase) for phase in stored.get(aspect.value, ())) & open_phases(aspect)
        for aspect in Aspect
    }


def open_phases(aspect: Aspect) -> frozenset[Phase]:
    """Return the phases in which an aspect may be shown at all."""
    return frozenset(AFTERWARDS) if aspect in EARLY else frozenset({Phase.RELEASED})


def matrix_json(matrix: Matrix) -> dict[str, list[str]]:
    """Return a matrix as it is stored."""
    return {
        aspect.value: [phase.value for phase in AFTERWARDS if phase in matrix.get(aspect, ())]
        for aspect in Aspect
        if matrix.get(aspect)
    }


def tells_marks(stored: Mapping[str, Iterable[str]]) -> bool:
    """Whether a stored matrix shows the points once the results are released."""
    return Phase.RELEASED in read_matrix(stored)[Aspect.MARKS]


def default_matrix(kind: ExamKind) -> dict[str, list[str]]:
    """Return what is shown unless somebody decides otherwise; an exam keeps its keys and explanations."""
    shown = set(Aspect) - {Aspect.STATISTICS}
    if kind is ExamKind.EXAM:
        shown -= {Aspect.KEY, Aspect.FEEDBACK, Aspect.EXPLANATION}
    return {aspect.value: [Phase.RELEASED.value] for aspect in Aspect if aspect in shown}


@dataclass(frozen=True, slots=True)
class Review:
    """What somebody may see now."""

    seen: frozenset[Aspect] = frozenset()

    def shows(self, aspect: Aspect) -> bool:
        """Whether this may be seen."""
        return aspect in self.seen

    @property
    def shows_items(self) -> bool:
        """Whether there is anything to see of the single items."""
        return bool(self.seen - {Aspect.MARKS, Aspect.STATISTICS})


#: what authors see, and learners of their own practice
EVERYTHING = Review(frozenset(Aspect))


def phase_of(timing: Timing, submitted_at: datetime | None, state: ExamState, now: datetime) -> Phase:
    """Tell in which phase a learner looks at an attempt."""
    if timing.is_open(now):
        return Phase.DURING
    if state is ExamState.RELEASED:
        return Phase.RELEASED
    ended = submitted_at or timing.closes_at
    if ended is not None and now < ended + JUST_AFTER:
        return Phase.JUST_AFTER
    return Phase.CLOSED if state is ExamState.CLOSED else Phase.WHILE_OPEN


def review_of(matrix: Matrix, phase: Phase) -> Review:
    """Return what the matrix shows in a phase; during an attempt nothing but the paper itself."""
    if phase is Phase.DURING:
        return Review()
    return Review(frozenset(aspect for aspect, phases in matrix.items() if phase in phases))
