"""The states of an attempt: one table of transitions."""

from collections.abc import Mapping
from enum import StrEnum

from app.domain.errors import BadTransition


class AttemptState(StrEnum):
    """Where an attempt stands. Whether it takes answers is told by its timing, not by this alone."""

    OPEN = "open"
    SUBMITTED = "submitted"
    SCORED = "scored"
    VOIDED = "voided"


class Act(StrEnum):
    """What is done to an attempt."""

    CLOSE = "close"
    SCORE = "score"
    REOPEN = "reopen"
    VOID = "void"


S = AttemptState
TRANSITIONS: Mapping[tuple[AttemptState, Act], AttemptState] = {
    (S.OPEN, Act.CLOSE): S.SUBMITTED,
    (S.SUBMITTED, Act.SCORE): S.SCORED,
    (S.SUBMITTED, Act.REOPEN): S.OPEN,
    (S.SCORED, Act.REOPEN): S.OPEN,
    (S.OPEN, Act.VOID): S.VOIDED,
    (S.SUBMITTED, Act.VOID): S.VOIDED,
    (S.SCORED, Act.VOID): S.VOIDED,
}


def after(state: str, act: Act) -> AttemptState:
    """Return the state after an act.

    :raises BadTransition: an attempt in this state cannot do that.

    >>> str(after("open", Act.CLOSE))
    'submitted'
    """
    try:
        return TRANSITIONS[AttemptState(state), act]
    except KeyError:
        raise BadTransition(f"{state} {act}") from None
