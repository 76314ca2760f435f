"""A paper: the frozen manifest of what is asked, from which revisions, for how many points."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from typing import Any

from app.domain.chain import canonical_json
from app.domain.items import Item, ItemType, Variable
from app.domain.keys import BlanksKey, Dropdown, MatchingKey
from app.domain.quiz import DEFAULT_PASS, Group, Quiz, with_inherited
from app.domain.scoring.normal import normal_form


@dataclass(frozen=True, slots=True)
class PaperItem:
    """One item of a paper by its key, which is unique in the paper.

    ``options`` counts its options or steps. ``shown_once`` are the rights of a matching, from 1,
    without those that say the same as an earlier one. ``blanks`` counts the options of each blank
    where one may be chosen (0: it is written in).
    """

    key: str
    type: ItemType
    points: Decimal
    scoring: str | None = None
    options: int = 0
    shown_once: tuple[int, ...] = ()
    blanks: tuple[int, ...] = ()
    variables: tuple[Variable, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperGroup:
    """A big question (大题): its items, and how many of them are drawn in which order."""

    items: tuple[PaperItem, ...]
    draw: int | None = None
    shuffle: bool = False

    @property
    def count(self) -> int:
        """How many scored items are drawn of it."""
        scored = sum(item.type is not ItemType.INFO for item in self.items)
        return scored if self.draw is None else min(self.draw, scored)

    @property
    def worth(self) -> Decimal:
        """What those are worth: of a draw all items weigh the same."""
        points = [item.points for item in self.items if item.type is not ItemType.INFO]
        return sum(points[: self.count], Decimal(0))


#: language -> revision id
Revisions = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Paper:
    """A frozen paper: attempts stay for ever on its ``revisions`` and those of the ``cases`` it shows."""

    groups: tuple[PaperGroup, ...]
    revisions: Revisions
    pass_mark: Decimal = DEFAULT_PASS
    cases: Mapping[str, Revisions] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many questions a learner gets."""
        return sum(group.count for group in self.groups)

    @property
    def worth(self) -> Decimal:
        """Full marks."""
        return sum((group.worth for group in self.groups), Decimal(0))


def freeze_quiz(quiz: Quiz, revisions: Revisions, cases: Mapping[str, Revisions] | None = None) -> Paper:
    """Freeze one quiz into a paper: its groups, points and rules, with the revisions they come from.

    :param cases: revisions of the cases that its groups show, by slug.
    """
    return Paper(
        groups=tuple(_freeze_group(group, quiz) for group in quiz.groups),
        revisions=dict(revisions),
        pass_mark=quiz.needed,
        cases=dict(cases or {}),
    )


def manifest_of(paper: Paper) -> str:
    """Return the paper's manifest as canonical JSON."""
    return canonical_json(
        {
            "v": 1,
            "pass": str(paper.pass_mark),
            "revisions": paper.revisions,
            "cases": paper.cases,
            "groups": [_group_json(group) for group in paper.groups],
        }
    )


def manifest_hash(manifest: str) -> str:
    """Return the SHA-256 by which a manifest is named (64 hex digits)."""
    return sha256(manifest.encode()).hexdigest()


def read_manifest(manifest: Mapping[str, Any]) -> Paper:
    """Read a manifest back into a paper."""
    return Paper(
        groups=tuple(_read_group(group) for group in manifest["groups"]),
        revisions=dict(manifest["revisions"]),
        pass_mark=Decimal(manifest["pass"]),
        cases=dict(manifest["cases"]),
    )


def freeze_item(item: Item) -> PaperItem:
    """Freeze an item that has its points and rule filled in."""
    return PaperItem(
        key=item.id,
        type=item.type,
        points=item.points or Decimal(0),
        scoring=item.scoring,
        options=len(item.options),
        shown_once=_different_rights(item),
        blanks=_dropdowns(item),
        variables=item.variables,
    )


def _different_rights(item: Item) -> tuple[int, ...]:
    if not isinstance(item.key, MatchingKey):
        return ()
    first: dict[str, int] = {}
    for number, right in enumerate(item.key.rights, 1):
        first.setdefault(normal_form(right), number)
    return tuple(first.values())


def _dropdowns(item: Item) -> tuple[int, ...]:
    if not isinstance(item.key, BlanksKey):
        return ()
    counts = tuple(len(blank.options) if isinstance(blank, Dropdown) else 0 for blank in item.key.blanks)
    return counts if any(counts) else ()


def _freeze_group(group: Group, quiz: Quiz) -> PaperGroup:
    items = tuple(freeze_item(with_inherited(item, group, quiz)) for item in group.items)
    return PaperGroup(items, group.draw, group.shuffle or quiz.shuffle)


def _group_json(group: PaperGroup) -> dict[str, Any]:
    items = [_item_json(item) for item in group.items]
    return {"draw": group.draw, "shuffle": group.shuffle, "items": items}


def _item_json(item: PaperItem) -> dict[str, Any]:
    return {
        "key": item.key,
        "type": item.type.value,
        "points": str(item.points),
        "scoring": item.scoring,
        "options": item.options,
        "shown_once": list(item.shown_once),
        "blanks": list(item.blanks),
        "variables": [[one.name, one.low, one.high, one.step] for one in item.variables],
    }


def _read_group(group: Mapping[str, Any]) -> PaperGroup:
    items = tuple(_read_item(item) for item in group["items"])
    return PaperGroup(items, group["draw"], group["shuffle"])


def _read_item(item: Mapping[str, Any]) -> PaperItem:
    return PaperItem(
        key=item["key"],
        type=ItemType(item["type"]),
        points=Decimal(item["points"]),
        scoring=item["scoring"],
        options=item["options"],
        shown_once=tuple(item.get("shown_once", ())),
        blanks=tuple(item.get("blanks", ())),
        variables=tuple(Variable(*one) for one in item.get("variables", ())),
    )
