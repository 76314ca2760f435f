"""A case inside a paper: its decisions are committed one by one, and it shows no hints or questions."""

from collections.abc import Sequence
from typing import Any

from app.domain.case import Case, Section, SectionKind
from app.domain.errors import AlreadyCommitted, BadAnswer, NotNext, ReasonRequired, TooLong, WalkEnded
from app.domain.kept import kept_by_object
from app.domain.route import owners_of
from app.domain.walk import MOST_WORDS, Walk, choice_of, walk, walk_choices
from app.domain.written import says_nothing

#: what a paper shows of a case; the rest helps or is answered elsewhere
SHOWN = frozenset(
    {
        SectionKind.SCENE,
        SectionKind.EXHIBIT,
        SectionKind.DECISION,
        SectionKind.OUTCOME,
        SectionKind.ENDING,
    }
)
_OPENING = frozenset({SectionKind.SCENE, SectionKind.EXHIBIT})
#: ways through one case that are kept
STANDS_LIMIT = 4096
_FIELDS = {"section", "choice", "reason"}


def stand_of(case: Case, choices: Sequence[str]) -> Walk:
    """Return where a walk stands after these options, each named by its number.

    :raises UnknownChoice, WalkEnded: the case has no such way.
    """
    stands, taken = _stands(case), tuple(choices)
    found = stands.get(taken)
    if found is None:
        found = walk_choices(case, [int(choice) for choice in taken])
        if len(stands) >= STANDS_LIMIT:
            stands.clear()
        stands[taken] = found
    return found


@kept_by_object(size=64)
def _stands(case: Case) -> dict[tuple[str, ...], Walk]:
    """Return the stands of a case that were worked out before, by the options that lead there."""
    return {}


def shown_sections(case: Case, state: Walk) -> list[str]:
    """Return the sections that may leave the server, as the learner meets them.

    An exhibit goes with what it belongs to: that of a hint or a model answer stays behind with it.
    """
    owners = owners_of(case)
    return [name for name in state.revealed if case.section(owners.get(name, name)).kind in SHOWN]


def opening(case: Case) -> tuple[Section, ...]:
    """Return the scenes and exhibits up to the first gate: what a paper may show of a case.

    They are those that a walk shows before anything is committed, all of them in a reading.
    """
    if case.is_reading:
        return tuple(one for one in case.sections if one.kind in _OPENING and one.when is None)
    owners = owners_of(case)
    met = walk(case, ()).revealed
    return tuple(case.section(name) for name in met if case.section(owners.get(name, name)).kind in _OPENING)


def check_decision(case: Case, before: Sequence[str], decision: Any) -> None:
    """Refuse a decision that the walk cannot take now.

    :param decision: ``{"section", "choice", "reason"}``, the choice as the number of an option.
    :raises BadAnswer: it has another form.
    :raises AlreadyCommitted, NotNext, WalkEnded: another section waits, or none.
    :raises UnknownChoice, ReasonRequired, TooLong: the decision has no such option, or asks for a reason.
    """
    if not isinstance(decision, dict) or not decision.keys() <= _FIELDS:
        raise BadAnswer("a commit is an object with section, choice and reason")
    section, choice, reason = (decision.get(name, "") for name in ("section", "choice", "reason"))
    if not all(isinstance(value, str) for value in (section, choice, reason)):
        raise BadAnswer("section, choice and reason are texts")
    state = stand_of(case, before)
    if section != state.at or state.ended:
        raise _misplaced(state, section)
    gate = case.section(section)
    choice_of(
        gate.choices, int(choice) if choice.isascii() and choice.isdecimal() and len(choice) < 4 else None
    )
    if len(reason) > MOST_WORDS:
        raise TooLong(section)
    if gate.reason == "required" and says_nothing(reason):
        raise ReasonRequired(section)


def _misplaced(state: Walk, section: str) -> Exception:
    if section in state.path:
        return AlreadyCommitted(section)
    return WalkEnded(section) if state.ended else NotNext(section)
