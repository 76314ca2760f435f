"""What became of an answer: of a response that was handed in, or of an item checked on the way."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from app.domain.review import Aspect, Review
from app.domain.scoring import Score
from app.models import Mark, Response


@dataclass(frozen=True, slots=True)
class Verdict:
    """The points of an answer (None: a person marks it), and which of its parts were right, by name."""

    score: Decimal | None
    max: Decimal
    answered: bool
    parts: Mapping[str, bool | None]
    wrong: int = 0
    #: the answer earns full marks; what earlier tries cost does not make it less right
    is_full: bool = False
    #: what a marker wrote, and the numbers of the marking points that were awarded; None: nobody marked it
    comment: str = ""
    #: nobody marks it: in practice learners judge their written answers themselves
    is_own: bool = False
    awarded: Collection[int] | None = None

    @property
    def state(self) -> str:
        """right, partly, wrong, unanswered, to-judge or to-mark."""
        if not self.answered:
            return "unanswered"
        if self.score is None:
            return "to-judge" if self.is_own else "to-mark"
        if self.is_full:
            return "right"
        return "partly" if self.score > 0 else "wrong"


def of_response(response: Response, mark: Mark | None = None) -> Verdict:
    """Return the verdict on a response that was handed in, with the mark of a person that counts."""
    detail = response.detail
    parts = {part["name"]: part["right"] for part in detail.get("parts", [])}
    wrong = detail.get("wrong", 0)
    is_full = detail.get("full", response.score == response.max)
    found = Verdict(response.score, response.max, response.answered, parts, wrong, is_full)
    return found if mark is None else replace(found, comment=mark.comment, awarded=mark.awarded)


def of_practice(response: Response) -> Verdict:
    """Return the verdict on a response to practice, which nobody marks."""
    return replace(of_response(response), is_own=True)


def of_check(score: Score, points: Decimal | None, wrong: int) -> Verdict:
    """Return the verdict on a checked answer; ``points`` are what is left of the score after its tries."""
    parts = {part.name: part.right for part in score.parts}
    is_full = score.points == score.maximum
    return Verdict(points, score.maximum, score.answered, parts, wrong, is_full, is_own=True)


def judged(verdict: Verdict | None, review: Review) -> dict[str, Any]:
    """Return what may be told of a verdict."""
    if verdict is None:
        return {}
    told: dict[str, Any] = {"state": verdict.state} if review.shows(Aspect.CORRECTNESS) else {}
    if review.shows(Aspect.MARKS):
        told |= {"score": verdict.score, "max": verdict.max, "wrong_tries": verdict.wrong}
        told["comment"] = verdict.comment
    return told
