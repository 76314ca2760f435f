"""Add groups of items to a quiz: to groups that are there under the same title, or behind them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.domain.imported import with_ids
from app.domain.question_types import question_type, type_title
from app.domain.quiz import Group, Quiz, points_of


def add_groups(quiz: Quiz, groups: Sequence[Group], used: Iterable[str]) -> tuple[Group, ...]:
    """Return the groups of a quiz with others added; their items get ids that were never used."""
    done = list(quiz.groups)
    for group in with_ids(groups, used):
        titled = group if group.title else replace(group, title=_title(group, quiz))
        place = next((at for at, one in enumerate(done) if _takes(one, titled)), None)
        if place is None:
            done.append(titled)
        else:
            done[place] = _joined(done[place], titled)
    return tuple(done)


def _title(group: Group, quiz: Quiz) -> str:
    return type_title(question_type(group.items[0]), quiz.language)


def _takes(group: Group, other: Group) -> bool:
    """Whether a group can have the items of another without a change of what they are."""
    plain = replace(group, items=(), each=None, shuffle=False)
    return bool(group.title) and plain == Group(title=other.title) and not other.stem


def _joined(group: Group, other: Group) -> Group:
    items = other.items
    if group.each != other.each:
        items = tuple(
            replace(item, points=points_of(item, other)) if item.is_scored else item for item in items
        )
    return replace(group, items=(*group.items, *items))
