"""Walking a case: a pure fold of what the learner committed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from app.domain.case import Case, Choice, Section, SectionKind
from app.domain.errors import (
    AlreadyCommitted,
    AnswerRequired,
    CaseCycle,
    NoEnding,
    NotNext,
    ReasonRequired,
    TooLong,
    UnknownChoice,
    WalkEnded,
)
from app.domain.reach import ZERO, explore
from app.domain.route import Route, Values, affected, after, holds, route_of, settle, shown_with, start_values
from app.domain.written import as_typed, says_nothing

#: characters of a reason or of a written answer
MOST_WORDS = 20_000


@dataclass(frozen=True, slots=True)
class Commit:
    """What the learner settled at one gate: an option's number (from 1), or a written answer."""

    section: str
    choice: int | None = None
    reason: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Walk:
    """Where a walk stands.

    ``at`` is the gate that waits for a commit, None when nothing does. ``path`` are the sections
    entered, in order. ``revealed`` is everything that may leave the server, as the learner meets it:
    the path, exhibits shown with it, and the hints and model answers whose gate was committed.
    ``ended`` says that an ending was reached (or a reading's last section); ``done`` that its
    questions were answered too. Score, best and worst count decisions only.
    """

    at: str | None
    path: tuple[str, ...]
    revealed: tuple[str, ...]
    dimensions: dict[str, int]
    score: Decimal
    best: Decimal
    worst: Decimal
    ending: str | None
    ended: bool
    done: bool

    @property
    def position(self) -> str | None:
        """The section at which the walk stands: the waiting gate, or the ending once it is reached."""
        if self.ended:
            return self.ending or (self.path[-1] if self.path else None)
        return self.at


@dataclass(slots=True)
class _Steps:
    """The fold's accumulator; lives only inside ``walk``."""

    route: Route
    values: Values
    at: int | None = None
    score: Decimal = ZERO
    ended: bool = False
    ending: str | None = None
    path: list[int] = field(default_factory=list)
    exhibits: dict[int, tuple[int, ...]] = field(default_factory=dict)
    committed: dict[int, Commit] = field(default_factory=dict)

    def enter(self, index: int | None) -> None:
        """Go on from ``index`` until a gate waits or the path is over."""
        while index is not None:
            if index in self.path:
                raise CaseCycle(self.route.section(index).id)
            self._pass(index)
            section = self.route.section(index)
            if section.is_gate:
                self.at = index
                return
            if section.kind is SectionKind.ENDING:
                self.ending = section.id
                break
            index = after(self.route, index, None, self.values)
        if self.ending is None and self.route.has_decisions:
            raise NoEnding()
        self.ended = True
        self.close()

    def close(self) -> None:
        """Stand at the next question that comes after every ending, if one is left."""
        left = (i for i in self.route.closing if i not in self.committed and self._holds(i))
        self.at = next(left, None)
        if self.at is not None:
            self._pass(self.at)

    def commit(self, commit: Commit) -> None:
        """Settle the waiting gate and go on."""
        if self.at is None or self.route.section(self.at).id != commit.section:
            raise NotNext(commit.section)
        index, self.at = self.at, None
        self.committed[index] = commit
        choice = self._chosen(index, commit)
        for member in self.route.gated.get(index, ()):
            self.exhibits[member] = shown_with(self.route, member, self.values)
        if self.ended:
            self.close()
        else:
            self.enter(after(self.route, index, choice, self.values))

    def _pass(self, index: int) -> None:
        self.path.append(index)
        self.exhibits[index] = shown_with(self.route, index, self.values)

    def _holds(self, index: int) -> bool:
        return holds(self.route, self.route.section(index).when, self.values)

    def _chosen(self, index: int, commit: Commit) -> Choice | None:
        section = self.route.section(index)
        if section.kind is not SectionKind.DECISION:
            return None
        choice = choice_of(section.choices, commit.choice)
        self.score += choice.points or ZERO
        self.values = affected(self.route, self.values, choice)
        return choice


def choice_of(choices: Sequence[Choice], number: int | None) -> Choice:
    """Return the option of this number, counted from 1.

    :raises UnknownChoice: the decision has no such option.
    """
    if number is None or not 1 <= number <= len(choices):
        raise UnknownChoice(str(number))
    return choices[number - 1]


def walk(case: Case, commits: Iterable[Commit], *, released: bool = False) -> Walk:
    """Fold commits into the state of a walk.

    :param released: whether model answers kept until release may be shown.
    :raises NotNext: a commit names another section than the waiting gate.
    :raises UnknownChoice: a commit names an option that its decision has not.
    :raises CaseCycle, NoEnding: the case is broken; its check says where.
    """
    route = route_of(case)
    steps = _Steps(route, start_values(route))
    steps.enter(settle(route, route.first, steps.values))
    for commit in commits:
        steps.commit(commit)
    reach = explore(case)
    return Walk(
        at=None if steps.at is None else route.section(steps.at).id,
        path=tuple(route.section(i).id for i in steps.path),
        revealed=tuple(case.sections[i].id for i in _revealed(steps, released)),
        dimensions=dict(zip(case.dimensions, steps.values, strict=True)),
        score=steps.score,
        best=reach.best,
        worst=reach.worst,
        ending=steps.ending,
        ended=steps.ended,
        done=steps.ended and steps.at is None,
    )


def walk_choices(case: Case, choices: Sequence[int]) -> Walk:
    """Walk a case by option numbers in the order of its decisions; questions on the way are passed.

    :raises WalkEnded: more choices were given than decisions came.
    """
    commits: list[Commit] = []
    pending = list(choices)
    state = walk(case, commits)
    while state.at is not None and not state.ended:
        if case.section(state.at).kind is SectionKind.DECISION:
            if not pending:
                return state
            commits.append(Commit(state.at, pending.pop(0)))
        else:
            commits.append(Commit(state.at))
        state = walk(case, commits)
    if pending:
        raise WalkEnded(state.position)
    return state


def asked_for(case: Case, commit: Commit) -> Commit:
    """Keep of a commit what its gate asks for: a reason only where one is asked, a text at questions."""
    section = next((one for one in case.sections if one.id == commit.section), None)
    if section is None or not section.is_gate:
        return commit
    if section.kind is SectionKind.QUESTION:
        return Commit(commit.section, text=as_typed(commit.text))
    reason = as_typed(commit.reason) if section.reason in {"optional", "required"} else ""
    return Commit(commit.section, commit.choice, reason)


def check_commit(case: Case, done: Sequence[Commit], commit: Commit) -> Walk:
    """Return the walk after one more commit, or refuse it by the rule it breaks.

    :raises AlreadyCommitted: this section was committed before.
    :raises WalkEnded: nothing waits for a commit any more.
    :raises NotNext: another section waits.
    :raises ReasonRequired, AnswerRequired: the gate asks for words and got none.
    :raises TooLong: the words are more than ``MOST_WORDS`` characters.
    :raises UnknownChoice: the decision has no such option.
    """
    if any(commit.section == earlier.section for earlier in done):
        raise AlreadyCommitted(commit.section)
    present = walk(case, done)
    if present.at is None:
        raise WalkEnded(commit.section)
    if present.at != commit.section:
        raise NotNext(commit.section)
    _check_words(case.section(commit.section), commit)
    return walk(case, [*done, commit])


def _check_words(section: Section, commit: Commit) -> None:
    if max(len(commit.reason), len(commit.text)) > MOST_WORDS:
        raise TooLong(commit.section)
    if section.kind is SectionKind.DECISION:
        choice_of(section.choices, commit.choice)
        if section.reason == "required" and says_nothing(commit.reason):
            raise ReasonRequired(commit.section)
    elif says_nothing(commit.text):
        raise AnswerRequired(commit.section)


def _revealed(steps: _Steps, released: bool) -> Iterator[int]:
    """Give the sections that may be sent, in the order in which the learner meets them."""
    route = steps.route
    for index in steps.path:
        yield index
        yield from steps.exhibits[index]
        gated = route.gated.get(index, ()) if index in steps.committed else ()
        for member in gated:
            if released or route.section(member).reveal != "release":
                yield member
                yield from steps.exhibits[member]
