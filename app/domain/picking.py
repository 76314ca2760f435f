"""Take questions of the bank into a text: with what they inherit, under ids that are free there."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from app.domain.ids import free_name
from app.domain.imported import gather_points
from app.domain.items import Item
from app.domain.question_types import TYPE_ORDER, question_type, type_title
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


def placed(groups: Sequence[Group], quiz: Quiz, language: str) -> list[Group]:
    """Lay picked groups out below a quiz: what its last group can take first, then a group a type.

    A quiz without titles takes all questions that stand alone; a group with a title those of its type.
    """
    last = quiz.groups[-1] if quiz.groups else None
    if last is None or last.draw or last.stem or last.case:
        return by_type(groups, language)
    if not last.title:
        return [replace(group, title="") for group in groups]
    types = {question_type(item) for item in last.items if item.is_scored}
    alone, shared = _alone(groups), [group for group in groups if group.stem or group.case]
    fitting = tuple(item for item in alone if {question_type(item)} == types)
    rest = Group(items=tuple(item for item in alone if item not in fitting))
    joined = [Group(items=fitting)] if fitting else []
    return [*joined, *by_type([rest, *shared], language)]


def by_type(groups: Sequence[Group], language: str, *, shuffle: bool = False) -> list[Group]:
    """Make a big question (大题) of each type of the questions that stand alone, in the order of papers."""
    alone = _alone(groups)
    runs = [[item for item in alone if question_type(item) == name] for name in TYPE_ORDER]
    other = [item for item in alone if question_type(item) not in TYPE_ORDER]
    made = [
        gather_points(Group(title=_title(items, language), items=tuple(items), shuffle=shuffle))
        for items in (*runs, other)
        if items
    ]
    return [*made, *(group for group in groups if group.stem or group.case)]


def _alone(groups: Sequence[Group]) -> list[Item]:
    return [item for group in groups if not (group.stem or group.case) for item in group.items]


def _title(items: Sequence[Item], language: str) -> str:
    name = question_type(items[0])
    return type_title(name, language) if name in TYPE_ORDER else TITLES[language.startswith("zh")]


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
    return name if name not in used else free_name(f"{slug}-{name}", used)


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
