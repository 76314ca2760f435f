"""The route of a case: which section follows which, before anybody walks it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.domain.case import ARRIVALS, GATED, Case, Choice, Condition, Section, SectionKind
from app.domain.kept import kept_by_object

#: values of the dimensions, in the order in which the case declares them
Values = tuple[int, ...]

COMPARE = {
    "<": int.__lt__,
    "<=": int.__le__,
    ">": int.__gt__,
    ">=": int.__ge__,
    "=": int.__eq__,
}


@dataclass(frozen=True, slots=True)
class Route:
    """Text order and arrows of a case, by section index.

    ``following[i]`` is the section that text order leads to after section i (never an outcome, an
    ending, a hint, a model answer or an attached exhibit), None at the end of the path.
    ``attached[i]`` are the exhibits shown with section i; ``gated[i]`` the hints and model answers
    that the commit of gate i reveals; ``closing`` the questions that come after every ending.
    """

    case: Case
    index: Mapping[str, int]
    following: tuple[int | None, ...]
    first: int | None
    attached: Mapping[int, tuple[int, ...]]
    gated: Mapping[int, tuple[int, ...]]
    closing: tuple[int, ...]
    has_decisions: bool

    def section(self, index: int) -> Section:
        """Return the section at this place in the text."""
        return self.case.sections[index]


@kept_by_object(size=256)
def route_of(case: Case) -> Route:
    """Work out the route of a case. Unknown targets are left to the check of the text."""
    sections = case.sections
    apart = _attached_exhibits(case)
    tail = _first_after_endings(sections)
    on_path = [i for i in range(tail) if _stands_on_path(sections[i]) and i not in apart]
    return Route(
        case=case,
        index={section.id: i for i, section in enumerate(sections)},
        following=_following(len(sections), on_path),
        first=on_path[0] if on_path else None,
        attached=_collect(apart),
        gated=_collect(_gates_above(sections)),
        closing=tuple(i for i in range(tail, len(sections)) if sections[i].kind is SectionKind.QUESTION),
        has_decisions=any(section.kind is SectionKind.DECISION for section in sections),
    )


def ways_on(route: Route, index: int) -> list[int | None]:
    """Return where a section leads, one way an option, or one; None at the end of the path."""
    section = route.section(index)
    if section.kind is SectionKind.ENDING:
        return []
    targets = [choice.target for choice in section.choices] or [section.next]
    return [route.index[target] if target else route.following[index] for target in targets]


def settle(route: Route, index: int | None, values: Values) -> int | None:
    """Return the section that is entered at ``index``: those whose condition fails are skipped."""
    while index is not None and not holds(route, route.section(index).when, values):
        index = route.following[index]
    return index


def holds(route: Route, condition: Condition | None, values: Values) -> bool:
    """Whether a ``when`` condition holds; no condition always does."""
    if condition is None:
        return True
    value = values[route.case.dimensions.index(condition.dimension)]
    return COMPARE[condition.operator](value, condition.value)


@kept_by_object(size=256)
def owners_of(case: Case) -> Mapping[str, str]:
    """Return, by the ids of exhibits that no arrow leads to, the sections that they belong to."""
    return {
        case.sections[exhibit].id: case.sections[owner].id
        for owner, exhibits in route_of(case).attached.items()
        for exhibit in exhibits
    }


def shown_with(route: Route, index: int, values: Values) -> tuple[int, ...]:
    """Return the exhibits attached to a section whose condition holds."""
    attached = route.attached.get(index, ())
    return tuple(i for i in attached if holds(route, route.section(i).when, values))


def after(route: Route, index: int, choice: Choice | None, values: Values) -> int | None:
    """Return the section entered after ``index``: by the arrow if there is one, else in text order."""
    return settle(route, onward(route, index, choice), values)


def onward(route: Route, index: int, choice: Choice | None) -> int | None:
    """Return where the path leads after ``index`` before any condition is looked at."""
    target = choice.target if choice else route.section(index).next
    return route.index[target] if target else route.following[index]


def skipped(route: Route, index: int | None, values: Values) -> Iterator[int]:
    """Give the sections passed over from ``index`` on because their condition fails."""
    while index is not None and not holds(route, route.section(index).when, values):
        yield index
        index = route.following[index]


def affected(route: Route, values: Values, choice: Choice) -> Values:
    """Return the dimensions' values after the effects of a choice."""
    changes = dict.fromkeys(route.case.dimensions, 0)
    for effect in choice.effects:
        changes[effect.dimension] += effect.change
    return tuple(value + change for value, change in zip(values, changes.values(), strict=True))


def start_values(route: Route) -> Values:
    """Return the dimensions' values before the first decision: all 0."""
    return (0,) * len(route.case.dimensions)


def _stands_on_path(section: Section) -> bool:
    return section.kind not in ARRIVALS and section.kind not in GATED


def _first_after_endings(sections: tuple[Section, ...]) -> int:
    endings = [i for i, section in enumerate(sections) if section.kind is SectionKind.ENDING]
    return endings[-1] + 1 if endings else len(sections)


def _following(count: int, on_path: list[int]) -> tuple[int | None, ...]:
    following: list[int | None] = [None] * count
    onward = iter(reversed(on_path))
    nearest, candidate = None, next(onward, None)
    for i in range(count - 1, -1, -1):
        following[i] = nearest
        if i == candidate:
            nearest, candidate = i, next(onward, None)
    return tuple(following)


def _attached_exhibits(case: Case) -> dict[int, int]:
    """Map exhibits that no arrow leads to onto the section above them, be it a hint."""
    targets = {section.next for section in case.sections}
    targets |= {choice.target for section in case.sections for choice in section.choices}
    owner: int | None = None
    attached: dict[int, int] = {}
    for i, section in enumerate(case.sections):
        if section.kind is SectionKind.EXHIBIT and section.id not in targets and owner is not None:
            attached[i] = owner
        else:
            owner = i
    return attached


def _gates_above(sections: tuple[Section, ...]) -> dict[int, int]:
    gate: int | None = None
    gates: dict[int, int] = {}
    for i, section in enumerate(sections):
        if section.is_gate:
            gate = i
        elif section.kind in GATED and gate is not None:
            gates[i] = gate
    return gates


def _collect(owners: Mapping[int, int]) -> dict[int, tuple[int, ...]]:
    collected: dict[int, tuple[int, ...]] = {}
    for member, owner in owners.items():
        collected[owner] = (*collected.get(owner, ()), member)
    return collected
