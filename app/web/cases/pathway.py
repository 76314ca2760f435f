"""The learner's own path as a picture: what was decided, what else could have been, where it led."""

from collections.abc import Iterator, Sequence

from app.domain.case import Case, Section, SectionKind
from app.domain.walk import Commit, Walk
from app.web.cases.drawing import Twig
from app.web.cases.presenting import Fragments
from app.web.filters import gain, signed
from app.web.text import plain


def own_twigs(case: Case, state: Walk, commits: Sequence[Commit], fragments: Fragments) -> list[Twig]:
    """Return the walk as a tree: each decision with the options that were open, the chosen one marked.

    Where the other options would have led stays untold.
    """
    chosen = {commit.section: commit.choice for commit in commits}
    return [
        twig
        for section_id in state.path
        for twig in _section_twigs(case.section(section_id), chosen, fragments)
    ]


def _section_twigs(section: Section, chosen: dict[str, int | None], fragments: Fragments) -> Iterator[Twig]:
    title = plain(str(fragments.get(f"{section.id}.title", "")))
    if section.kind is SectionKind.DECISION:
        yield Twig(title, kind="decision", twigs=list(_choices(section, chosen.get(section.id), fragments)))
    elif section.kind in {SectionKind.OUTCOME, SectionKind.ENDING}:
        yield Twig(title, kind=section.kind.value)


def _choices(section: Section, taken: int | None, fragments: Fragments) -> Iterator[Twig]:
    for number, choice in enumerate(section.choices, 1):
        label = plain(str(fragments.get(f"{section.id}.choice.{number}", "")))
        if number != taken:
            yield Twig(label, kind="open")
            continue
        effects = [f"{effect.dimension} {signed(effect.change)}" for effect in choice.effects]
        yield Twig(label, " · ".join([gain(choice.points), *effects]), kind="taken")
