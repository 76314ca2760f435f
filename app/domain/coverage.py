"""Coverage: which objectives of a syllabus are practised and examined, and where the gaps are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from app.domain.quiz import Group, Quiz, points_of, with_inherited
from app.domain.syllabus import Module, Objective, Syllabus


@dataclass(frozen=True, slots=True)
class Cover:
    """How many items of a quiz or exam ask for an objective, and for how many points.

    ``is_drawn``: some of them are drawn, not everybody is asked them.
    """

    items: int = 0
    points: Decimal = Decimal(0)
    is_drawn: bool = False

    def __add__(self, other: "Cover") -> "Cover":
        return Cover(self.items + other.items, self.points + other.points, self.is_drawn or other.is_drawn)


@dataclass(frozen=True, slots=True)
class Line:
    """An objective with its cover by column; columns that do not ask for it are left out."""

    objective: Objective
    practice: Mapping[str, Cover]
    exams: Mapping[str, Cover]

    @property
    def is_practised(self) -> bool:
        """Whether a practice quiz asks for it."""
        return bool(self.practice)

    @property
    def is_examined(self) -> bool:
        """Whether an exam asks for it."""
        return bool(self.exams)

    @property
    def is_gap(self) -> bool:
        """Whether nothing asks for it."""
        return not (self.practice or self.exams)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Objectives by module against quizzes and exams. ``strays`` are items of no objective, by column."""

    modules: Sequence[tuple[Module, Sequence[Line]]]
    strays: Mapping[str, Cover] = field(default_factory=dict)

    @property
    def lines(self) -> list[Line]:
        """The lines of all modules."""
        return [line for _, lines in self.modules for line in lines]

    @property
    def practised(self) -> int:
        """How many objectives are practised."""
        return sum(line.is_practised for line in self.lines)

    @property
    def examined(self) -> int:
        """How many objectives are examined."""
        return sum(line.is_examined for line in self.lines)

    @property
    def gaps(self) -> list[str]:
        """The ids of the objectives that nothing asks for."""
        return [line.objective.id for line in self.lines if line.is_gap]


def coverage(syllabus: Syllabus, practice: Mapping[str, Quiz], exams: Mapping[str, Quiz]) -> Coverage:
    """Hold the objectives of a syllabus against practice quizzes and exams, each by its name.

    An item that asks for two objectives counts for both; names are told apart by the caller.
    """
    known = {one.id for module in syllabus.modules for one in module.objectives}
    asked = {name: _asked(quiz, known) for name, quiz in (*practice.items(), *exams.items())}

    def covers(objective: str, names: Mapping[str, Quiz]) -> dict[str, Cover]:
        return {name: asked[name][objective] for name in names if objective in asked[name]}

    return Coverage(
        modules=[
            (
                module,
                [Line(one, covers(one.id, practice), covers(one.id, exams)) for one in module.objectives],
            )
            for module in syllabus.modules
        ],
        strays={name: covered[""] for name, covered in asked.items() if "" in covered},
    )


def _asked(quiz: Quiz, known: set[str]) -> dict[str, Cover]:
    """Return what a quiz asks by objective, under "" what asks for none that is known."""
    found: dict[str, Cover] = {}
    for group in quiz.groups:
        for objective, cover in _covers(group, quiz, known):
            found[objective] = found.get(objective, Cover()) + cover
    return found


def _covers(group: Group, quiz: Quiz, known: set[str]) -> Iterator[tuple[str, Cover]]:
    scored = [item for item in group.items if item.is_scored]
    is_drawn = group.draw is not None and group.draw < len(scored)
    for item in scored:
        cover = Cover(1, points_of(item, group), is_drawn)
        objectives = [one for one in with_inherited(item, group, quiz).objectives if one in known]
        yield from ((one, cover) for one in objectives or [""])
