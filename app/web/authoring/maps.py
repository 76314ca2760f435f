"""A case as a map for its author: where each option leads, and the line of each part in the text."""

from collections.abc import Mapping

from flask_babel import gettext

from app.domain.case import Case, Choice, Section
from app.domain.route import Route, route_of, ways_on
from app.web.authoring.section_words import kind_name
from app.web.cases.drawing import Twig
from app.web.filters import gain, signed

#: a map goes so many decisions deep; what comes after is left to the text
DEEPEST = 24


def map_of(case: Case, lines: Mapping[str, int]) -> list[Twig]:
    """Return the sections of a case from its first one on, each once: what was met before is named only.

    :param lines: the line of each section, and of each option by ``id/n``.
    """
    route = route_of(case)
    return _Walker(route, lines).chain(route.first, 0)


class _Walker:
    """Follows the ways of a case, and remembers the sections that it came to."""

    def __init__(self, route: Route, lines: Mapping[str, int]) -> None:
        self._route = route
        self._lines = lines
        self._met: set[int] = set()

    def chain(self, index: int | None, depth: int) -> list[Twig]:
        """Return the sections from one on, to an ending, a decision, or one that was met before."""
        twigs: list[Twig] = []
        while index is not None:
            section = self._route.section(index)
            if index in self._met or depth > DEEPEST:
                twigs.append(self._twig(section, "open", gettext("goes on there")))
                break
            self._met.add(index)
            below = self._choices(index, section, depth) if section.choices else []
            twigs.append(self._twig(section, section.kind.value, condition_of(section), below))
            onward = [] if section.choices else ways_on(self._route, index)
            index = onward[0] if onward else None
        return twigs

    def _choices(self, index: int, section: Section, depth: int) -> list[Twig]:
        ways = zip(section.choices, ways_on(self._route, index), strict=True)
        return [
            Twig(
                choice.text,
                worth_of(choice),
                "option",
                self.chain(target, depth + 1),
                line=self._lines.get(f"{section.id}/{number}"),
            )
            for number, (choice, target) in enumerate(ways, 1)
        ]

    def _twig(self, section: Section, kind: str, note: str, below: list[Twig] | None = None) -> Twig:
        name = kind_name(section.kind)
        label = f"{name}{gettext(': ')}{section.title}" if section.title else f"{name} #{section.id}"
        return Twig(label, note, kind, below or (), line=self._lines.get(section.id))


def condition_of(section: Section) -> str:
    """Say where a section is shown only, empty where it always is."""
    when = section.when
    if when is None:
        return ""
    condition = f"{when.dimension} {when.operator} {when.value}"
    return gettext("Only where %(condition)s", condition=condition)


def worth_of(choice: Choice) -> str:
    """Write what an option earns and changes: +3 points · courtesy +1."""
    effects = [f"{effect.dimension} {signed(effect.change)}" for effect in choice.effects]
    return " · ".join([*([gain(choice.points)] if choice.points is not None else []), *effects])
