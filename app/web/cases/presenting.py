"""What the case player shows: only what the walk has revealed leaves this module."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from app.domain.case import Case, Section, SectionKind, marking_total
from app.domain.walk import Commit, Walk
from app.models import SelfMark
from app.operations.walks import Journey, as_commit

Fragments = Mapping[str, Any]
#: half of it is the least that a dimension's scale shows
LEAST_SPAN = 4


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """An option of a decision. Feedback, points and effects are there once it was chosen."""

    number: int
    html: Markup
    chosen: bool = False
    feedback: Markup = field(default_factory=Markup)
    points: Decimal | None = None
    effects: Sequence[tuple[str, int]] = ()


@dataclass(frozen=True, slots=True)
class MarkingPointView:
    """A marking point of a written answer, for the learner's own judgement."""

    number: int
    points: Decimal
    html: Markup
    claimed: bool


@dataclass(frozen=True, slots=True)
class SectionView:
    """A revealed section; ``state`` is current (waits for a commit) or past."""

    id: str
    kind: SectionKind
    title: Markup
    body: Markup
    state: str
    choices: Sequence[ChoiceView] = ()
    reason_mode: str = "no"
    reason: str = ""
    answer_text: str = ""
    words: int | None = None
    marking_points: Sequence[MarkingPointView] = ()
    guidance: Sequence[Markup] = ()
    is_assessed: bool = False
    self_points: Decimal | None = None
    self_max: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Dimension:
    """The value of a dimension, and between which values it can lie on the drawn scale."""

    name: str
    value: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class WalkView:
    """One walk as the player shows it. ``remaining`` sections of a reading were not shown yet."""

    public_id: str
    sections: Sequence[SectionView]
    dimensions: Sequence[Dimension]
    state: Walk
    score: Decimal
    best: Decimal
    ended: bool
    done: bool
    remaining: int
    continues: str | None
    address: str = ""
    held: str = ""


@dataclass(frozen=True, slots=True)
class Walking:
    """A walk to be shown: one that is stored, or one that its author tries and nobody stores.

    ``shown`` counts the sections of a reading that were shown. Of a walk that is tried, ``address`` is
    where its forms go, and ``held`` what they carry along.
    """

    public_id: str
    state: Walk
    revealed: Sequence[str]
    commits: Sequence[Commit]
    shown: int
    address: str = ""
    held: str = ""


def walking_of(journey: Journey) -> Walking:
    """Return a stored walk as it is shown."""
    commits = [as_commit(row) for row in journey.commits]
    return Walking(journey.row.public_id, journey.state, journey.revealed, commits, journey.row.shown)


@dataclass(frozen=True, slots=True)
class _Player:
    walking: Walking
    shown: Case
    fragments: Fragments
    marks: Mapping[str, SelfMark]

    def html(self, name: str) -> Markup:
        return Markup(self.fragments.get(name, ""))

    def commit(self, section_id: str) -> Commit | None:
        return next((one for one in self.walking.commits if one.section == section_id), None)

    def section(self, section_id: str) -> SectionView:
        section, commit = self.shown.section(section_id), self.commit(section_id)
        view = SectionView(
            id=section.id,
            kind=section.kind,
            title=self.html(f"{section.id}.title"),
            body=self.html(f"{section.id}.body"),
            state="current" if section.id == self.walking.state.at else "past",
            choices=self.choices(section, commit),
            reason_mode=section.reason or "no",
            reason=commit.reason if commit else "",
            answer_text=commit.text if commit else "",
            words=section.words,
        )
        return self.assessed(view, section) if commit and section.kind is SectionKind.QUESTION else view

    def choices(self, section: Section, commit: Commit | None) -> Sequence[ChoiceView]:
        return [self.choice(section, number, commit) for number in range(1, len(section.choices) + 1)]

    def choice(self, section: Section, number: int, commit: Commit | None) -> ChoiceView:
        name = f"{section.id}.choice.{number}"
        if commit is None or commit.choice != number:
            return ChoiceView(number, self.html(name))
        choice = section.choices[number - 1]
        return ChoiceView(
            number,
            self.html(name),
            chosen=True,
            feedback=self.html(f"{name}.feedback"),
            points=choice.points,
            effects=[(effect.dimension, effect.change) for effect in choice.effects],
        )

    def assessed(self, view: SectionView, section: Section) -> SectionView:
        mark = self.marks.get(section.id)
        claimed = set(mark.claimed) if mark else set()
        points = [
            MarkingPointView(n, point.points, self.html(f"{section.id}.point.{n + 1}"), n in claimed)
            for n, point in enumerate(section.marking_points)
        ]
        guidance = [self.html(f"{section.id}.guidance.{n}") for n in range(1, len(section.guidance) + 1)]
        return replace(
            view,
            marking_points=points,
            guidance=guidance,
            is_assessed=mark is not None,
            self_points=mark.points if mark else None,
            self_max=marking_total(section),
        )

    def dimensions(self) -> Sequence[Dimension]:
        values = self.walking.state.dimensions.values()
        # by what was decided alone: a scale of what could be would tell the largest effect beforehand
        span = max([LEAST_SPAN, *(2 * abs(value) for value in values)])
        names = self.shown.dimensions
        return [Dimension(name, value, -span, span) for name, value in zip(names, values, strict=True)]


def show_walk(walking: Walking, shown: Case, fragments: Fragments, marks: Mapping[str, SelfMark]) -> WalkView:
    """Present a walk in the language of ``shown``, whose sections have the ids of the original."""
    state = walking.state
    player = _Player(walking, shown, fragments, marks)
    remaining = len(state.path) - walking.shown if shown.is_reading else 0
    return WalkView(
        public_id=walking.public_id,
        sections=[player.section(section_id) for section_id in walking.revealed],
        dimensions=player.dimensions(),
        state=state,
        score=state.score,
        best=state.best,
        ended=state.ended and remaining <= 0,
        done=state.done and remaining <= 0,
        remaining=remaining,
        continues=state.path[walking.shown - 1] if remaining > 0 else None,
        address=walking.address,
        held=walking.held,
    )
