"""A paper: the frozen manifest of what is asked, from which revisions, for how many points."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from typing import Any

from app.domain.chain import canonical_json
from app.domain.items import ItemType
from app.domain.quiz import DEFAULT_PASS, Group, Quiz, with_inherited


@dataclass(frozen=True, slots=True)
class PaperItem:
    """One item of a paper by its key, which is unique in the paper. ``options`` counts its options."""

    key: str
    type: ItemType
    points: Decimal
    scoring: str | None = None
    options: int = 0


@dataclass(frozen=True, slots=True)
class PaperGroup:
    """A big question (大题): its items, and how many of them are drawn in which order."""

    items: tuple[PaperItem, ...]
    draw: int | None = None
    shuffle: bool = False


#: language -> revision id
Revisions = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Paper:
    """A frozen paper: attempts stay for ever on its ``revisions`` and those of the ``cases`` it shows."""

    groups: tuple[PaperGroup, ...]
    revisions: Revisions
    pass_mark: Decimal = DEFAULT_PASS
    cases: Mapping[str, Revisions] = field(default_factory=dict)


def freeze_quiz(quiz: Quiz, revisions: Revisions, cases: Mapping[str, Revisions] | None = None) -> Paper:
    """Freeze one quiz into a paper: its groups, points and rules, with the revisions they come from.

    :param cases: revisions of the cases that its groups show, by slug.
    """
    return Paper(
        groups=tuple(_freeze_group(group, quiz) for group in quiz.groups),
        revisions=dict(revisions),
        pass_mark=DEFAULT_PASS if quiz.pass_mark is None else quiz.pass_mark,
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


def _freeze_group(group: Group, quiz: Quiz) -> PaperGroup:
    filled = [with_inherited(item, group, quiz) for item in group.items]
    items = tuple(
        PaperItem(item.id, item.type, item.points or Decimal(0), item.scoring, len(item.options))
        for item in filled
    )
    return PaperGroup(items, group.draw, group.shuffle or quiz.shuffle)


def _group_json(group: PaperGroup) -> dict[str, Any]:
    items = [
        {
            "key": item.key,
            "type": item.type.value,
            "points": str(item.points),
            "scoring": item.scoring,
            "options": item.options,
        }
        for item in group.items
    ]
    return {"draw": group.draw, "shuffle": group.shuffle, "items": items}


def _read_group(group: Mapping[str, Any]) -> PaperGroup:
    items = tuple(
        PaperItem(
            item["key"],
            ItemType(item["type"]),
            Decimal(item["points"]),
            item["scoring"],
            item["options"],
        )
        for item in group["items"]
    )
    return PaperGroup(items, group["draw"], group["shuffle"])
