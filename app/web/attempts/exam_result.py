"""What a learner sees of an exam that is over: that it was handed in, and what the matrix shows by now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from app.domain.results import Figures, figures_of
from app.domain.review import Aspect, Phase, Review, phase_of, read_matrix, review_of
from app.domain.timing import ClosedBy
from app.models import Response
from app.operations.documents import quiz_of
from app.operations.halls import Hall
from app.operations.progress import percentage
from app.operations.results import list_results
from app.operations.scoring import list_responses
from app.operations.sittings import Sitting
from app.web.attempts.sheets import review_sheet
from app.web.clock import clock
from app.web.database import Session
from app.web.languages import current_language

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class HandedIn:
    """How an attempt ended. It is the same for attempts that are marked and those that are not."""

    at: datetime | None
    by_time: bool
    answered: int
    questions: int
    is_voided: bool
    has_receipt: bool


@dataclass(frozen=True, slots=True)
class ExamScore:
    """The points of an attempt: those that keys gave (客观题), those that people gave (主观题)."""

    score: Decimal | None
    max: Decimal | None
    passed: bool | None
    objective: tuple[Decimal, Decimal]
    subjective: tuple[Decimal, Decimal]


def about_result(session: Session, sitting: Sitting) -> dict[str, Any]:
    """Return what the page of a result shows: before the release no more than that it was handed in."""
    phase, review = look(sitting)
    is_told = phase is Phase.RELEASED
    responses = list_responses(session, sitting.attempt.id) if is_told else []
    return {
        "title": title_of(sitting),
        "handed": handed_in(sitting),
        "is_released": is_told,
        "paper": review_sheet(session, sitting, review).paper() if review.shows_items else None,
        "shows_record": is_told and review.shows(Aspect.ANSWERS),
        "shows_verdicts": review.shows(Aspect.CORRECTNESS),
        "score": show_score(sitting, responses) if is_told and review.shows(Aspect.MARKS) else None,
        "figures": show_figures(session, sitting) if review.shows(Aspect.STATISTICS) else None,
    }


def look(sitting: Sitting) -> tuple[Phase, Review]:
    """Return when somebody looks at an attempt, and what may be seen then; of a voided one nothing."""
    attempt, now = sitting.attempt, clock()
    phase = phase_of(attempt.timing, attempt.submitted_at, sitting.exam.state(now), now)
    if attempt.state == "voided":
        return Phase.CLOSED, Review()
    return phase, review_of(read_matrix(sitting.exam.review), phase)


def title_of(sitting: Sitting) -> str:
    """Return what the exam is called in the language of the page."""
    revision = sitting.revisions.get(current_language()) or sitting.revisions[sitting.document.language]
    return sitting.exam.title or quiz_of(revision).title


def handed_in(sitting: Sitting) -> HandedIn:
    """Tell how an attempt ended, also while its row waits to be closed by the time."""
    attempt = sitting.attempt
    return HandedIn(
        at=attempt.submitted_at or attempt.deadline_at,
        by_time=attempt.closed_by != ClosedBy.PERSON,
        answered=attempt.answered,
        questions=sum(place.number is not None for place in sitting.layout.places),
        is_voided=attempt.state == "voided",
        has_receipt=attempt.state != "open",
    )


def show_score(sitting: Sitting, responses: Sequence[Response]) -> ExamScore:
    """Present the points of an attempt whose results are released."""
    attempt, items = sitting.attempt, sitting.items()
    share = percentage(attempt)
    parts = {
        by_person: (
            sum((row.score or ZERO for row in rows), ZERO),
            sum((row.max for row in rows), ZERO),
        )
        for by_person in (False, True)
        for rows in [[row for row in responses if items[row.item].is_marked_by_person is by_person]]
    }
    return ExamScore(
        score=attempt.score,
        max=attempt.max,
        passed=None if share is None else share >= sitting.exam.pass_mark,
        objective=parts[False],
        subjective=parts[True],
    )


def show_figures(session: Session, sitting: Sitting) -> Figures:
    """Return the figures of everybody who sat the exam."""
    hall = Hall(sitting.exam, sitting.offering, sitting.course, sitting.document)
    return figures_of(list_results(session, hall, clock()))
