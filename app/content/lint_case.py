"""Lint of cases: is every section reached, does every path come to an ending?"""

from app.content.findings import Findings
from app.domain.case import GATED, Case, Section, SectionKind
from app.domain.reach import STATE_LIMIT, Reach, explore
from app.domain.route import Route, route_of, ways_on


def lint_case(case: Case, found: Findings) -> None:
    """Note where the case is broken as a graph."""
    route = route_of(case)
    _check_hints(route, found)
    reach = explore(case)
    if reach.too_many:
        message = f"more than {STATE_LIMIT} states can be reached"
        found.error("---", "too-many-states", message, "use fewer dimensions (维度) or smaller effects")
        return
    for section, target in sorted(set(reach.cycles)):
        _refuse_cycle(case, (section, target), found)
    _check_endings(case, reach, found)
    if not reach.cycles:
        _check_reached(route, reach, found)
        _check_conditions(case, reach, found)


def _check_hints(route: Route, found: Findings) -> None:
    gated = {member for members in route.gated.values() for member in members}
    for index, section in enumerate(route.case.sections):
        if section.kind in GATED and index not in gated:
            message = f"this {section.kind} stands before any decision or question"
            found.error(section.id, "hint-without-gate", message, "move it below the one it belongs to")


def _refuse_cycle(case: Case, edge: tuple[int, int], found: Findings) -> None:
    section, target = (case.sections[index] for index in edge)
    places = (
        f"{section.id}/{n}" for n, choice in enumerate(section.choices, 1) if choice.target == target.id
    )
    message = f"this leads back to #{target.id}: the case never ends"
    found.error(next(places, section.id), "cycle", message, "a walk enters each section once")


def _check_endings(case: Case, reach: Reach, found: Findings) -> None:
    dead_ends = sorted(reach.dead_ends)
    has_endings = any(section.kind is SectionKind.ENDING for section in case.sections)
    for index in dead_ends if has_endings else dead_ends[:1]:
        fix = "give it an arrow to an ending (结局)" if has_endings else "write a section ## 结局:…"
        found.error(case.sections[index].id, "no-ending", "from here a path comes to no ending", fix)


def _check_reached(route: Route, reach: Reach, found: Findings) -> None:
    # what belongs to a section that nothing reaches follows from it
    lost = set(range(len(route.case.sections))) - reach.reached
    known = reach.reached | {one for owner in lost for one in route.attached.get(owner, ())}
    # which questions come after an ending shows only where every path has one
    if not reach.is_sound:
        known |= set(route.closing)
    unreached = [
        index
        for index, section in enumerate(route.case.sections)
        if index not in known and section.kind not in GATED and not _follows_dead_end(index, reach)
    ]
    for index in _roots(route, unreached):
        section = route.section(index)
        found.error(section.id, "unreachable", "no path leads to this section", _way_to(section))


def _roots(route: Route, unreached: list[int]) -> list[int]:
    """Leave out sections that only other unreached ones lead to; they follow from those."""
    followers = {onward for index in unreached for onward in ways_on(route, index) if onward != index}
    return [index for index in unreached if index not in followers] or unreached[:1]


def _follows_dead_end(index: int, reach: Reach) -> bool:
    """Whether the section is only unreached because the path breaks off above it."""
    return any(dead_end < index for dead_end in reach.dead_ends)


def _way_to(section: Section) -> str:
    if section.kind in (SectionKind.OUTCOME, SectionKind.ENDING):
        return f"write -> #{section.id} at an option"
    if section.when is not None:
        return "change its condition (条件): no path has such a value"
    return "move it up, or lead an arrow to it"


def _check_conditions(case: Case, reach: Reach, found: Findings) -> None:
    for index, section in enumerate(case.sections):
        if section.when is not None and index in reach.reached and index not in reach.skipped:
            found.warn(section.id, "condition-always", "this condition can never fail", "leave it out")
