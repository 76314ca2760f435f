"""Take questions of the bank into a text: with what they inherit, under ids that are free there."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from app.domain.items import Item
from app.domain.quiz import Group, Quiz, with_inherited

TITLES = {True: "选自题库", False: "From the bank"}


@dataclass(frozen=True, slots=True)
class Source:
    """A quiz that questions are taken from, and the ids of those that are, in the order of the text."""

    slug: str
    quiz: Quiz
    items: Sequence[str]


def picked_groups(sources: Iterable[Source], taken: Set[str]) -> list[Group]:
    """Return the questions as groups: those that share a text or a case with it, all others first.

    :param taken: ids that the text has already.
    """
    alone: list[Item] = []
    shared: list[Group] = []
    used = set(taken)
    for source in sources:
        for group in source.quiz.groups:
            items = _take(source, group, used)
            if group.stem or group.case:
                shared += [Group(group.title, group.stem, items, case=group.case)] if items else []
            else:
                alone += items
    return [*([Group(items=tuple(alone))] if alone else []), *shared]


def placed(groups: Sequence[Group], quiz: Quiz | None, language: str) -> list[Group]:
    """Give the questions that stand alone a title where the last group of a text cannot take them."""
    last = quiz.groups[-1] if quiz is not None and quiz.groups else None
    is_free = last is not None and not (last.draw or last.stem or last.case)
    title = "" if is_free else TITLES[language.startswith("zh")]
    return [replace(group, title=title) if not (group.stem or group.case) else group for group in groups]


def _take(source: Source, group: Group, used: set[str]) -> tuple[Item, ...]:
    found = []
    for item in group.items:
        if item.id in source.items:
            name = free_id(item.id, source.slug, used)
            used.add(name)
            found.append(replace(with_inherited(item, group, source.quiz), id=name, was=None))
    return tuple(found)


def free_id(name: str, slug: str, used: Set[str]) -> str:
    """Return an id that is not used: its own, with its quiz's slug before it, or with a number too.

    >>> free_id("q1", "smile", {"q1"}), free_id("q1", "smile", {"q1", "smile-q1"})
    ('smile-q1', 'smile-q1-2')
    """
    long, number = f"{slug}-{name}", 2
    for free in (name, long):
        if free not in used:
            return free
    while f"{long}-{number}" in used:
        number += 1
    return f"{long}-{number}"


def origin_note(names: Mapping[str, Sequence[str]], language: str) -> str:
    """Say for the history of a text which questions were taken from where.

    >>> origin_note({"smile": ["q1", "q2"]}, "en")
    'From the bank: smile q1, q2'
    """
    is_chinese = language.startswith("zh")
    return f"{TITLES[is_chinese]}{'：' if is_chinese else ': '}{list_questions(names)}"


def list_questions(names: Mapping[str, Sequence[str]]) -> str:
    """List questions by quiz.

    >>> list_questions({"smile": ["q1", "q2"], "bow": ["q1"]})
    'smile q1, q2; bow q1'
    """
    return "; ".join(f"{slug} {', '.join(items)}" for slug, items in names.items())
