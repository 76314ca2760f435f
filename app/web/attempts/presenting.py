"""What the paper and the result show of each item. Keys leave this module only for the result."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from app.domain.answers import is_blank
from app.domain.chain import canonical_json
from app.domain.events import Head
from app.domain.items import BlanksKey, ConstructedKey, Item, NumericKey, TruthKey
from app.domain.layout import Place
from app.domain.quiz import Group, Quiz
from app.models import Response
from app.operations.attempts import Sitting
from app.web.courses.presenting import Fragments


@dataclass(frozen=True, slots=True)
class OptionView:
    """An option at the position shown. Key and feedback are None and empty before the result."""

    position: int
    html: Markup
    checked: bool
    is_key: bool | None = None
    feedback: Markup = field(default_factory=Markup)


@dataclass(frozen=True, slots=True)
class BlankView:
    """One blank with what was written in it. The rest is for the result."""

    index: int
    value: str
    right: bool | None = None
    wordings: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class PointView:
    """A marking point of a constructed item, for the result."""

    points: Decimal
    html: Markup


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the result tells of an item; ``state`` is right, partly, wrong, unanswered or to-mark."""

    score: Decimal | None
    max: Decimal
    state: str
    explanation: Markup
    key_text: str
    marking_points: Sequence[PointView]
    guidance: Sequence[Markup]


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item of a paper. ``number`` is None for an info item; ``outcome`` is None before the result."""

    key: str
    number: int | None
    type: str
    points: Decimal
    stem: Markup
    options: Sequence[OptionView]
    blanks: Sequence[BlankView]
    value: str
    truth: bool | None
    unit: str
    words: int | None
    seq: int
    event_id: str
    shown: str
    answered: bool
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class GroupView:
    """A big question (大题) as drawn; ``number`` counts the groups that have a title."""

    number: int | None
    title: Markup
    stem: Markup
    items: Sequence[ItemView]
    points: Decimal


@dataclass(frozen=True, slots=True)
class Sheet:
    """Presents one attempt in one language. ``responses`` are there for the result only."""

    sitting: Sitting
    quiz: Quiz
    items: Mapping[str, Item]
    fragments: Fragments
    heads: Mapping[str, Head]
    client: str
    responses: Mapping[str, Response] | None = None

    def groups(self) -> list[GroupView]:
        """Return the groups that hold anything, in order, with the items as laid out."""
        return list(self._groups())

    def _groups(self) -> Iterator[GroupView]:
        number = 0
        for index, group in enumerate(self.quiz.groups):
            places = [place for place in self.sitting.layout.places if place.group == index]
            if not places:
                continue
            number += bool(group.title)
            yield self._group(index, group, number if group.title else None, places)

    def _group(self, index: int, group: Group, number: int | None, places: Sequence[Place]) -> GroupView:
        views = [self._item(place) for place in places]
        return GroupView(
            number=number,
            title=self.html(f"group.{index + 1}.title"),
            stem=self.html(f"group.{index + 1}.stem"),
            items=views,
            points=sum((view.points for view in views), Decimal(0)),
        )

    def html(self, name: str) -> Markup:
        """Return a rendered fragment."""
        return Markup(self.fragments.get(name, ""))

    def _item(self, place: Place) -> ItemView:
        item, head = self.items[place.key], self.heads.get(place.key)
        answer = head.answer if head else None
        return ItemView(
            key=item.id,
            number=place.number,
            type=item.type.value,
            points=item.points or Decimal(0),
            stem=self.html(f"{item.id}.stem"),
            options=[self._option(place, item, shown, answer) for shown in range(1, len(place.order) + 1)],
            blanks=self._blanks(item, answer),
            value=answer if isinstance(answer, str) else "",
            truth=answer if isinstance(answer, bool) else None,
            unit=item.key.unit if isinstance(item.key, NumericKey) else "",
            words=item.words,
            seq=head.seq if head else 0,
            event_id=f"{self.client}-{place.number or 0}",
            shown=canonical_json(answer),
            answered=not is_blank(answer),
            outcome=self._outcome(item),
        )

    def _option(self, place: Place, item: Item, shown: int, answer: Any) -> OptionView:
        file_place = place.order[shown - 1]
        name = f"{item.id}.option.{file_place}"
        checked = str(shown) in (answer if isinstance(answer, list) else [answer])
        if self.responses is None:
            return OptionView(shown, self.html(name), checked)
        is_key = item.options[file_place - 1].is_key
        return OptionView(shown, self.html(name), checked, is_key, self.html(f"{name}.feedback"))

    def _blanks(self, item: Item, answer: Any) -> list[BlankView]:
        if not isinstance(item.key, BlanksKey):
            return []
        values = answer if isinstance(answer, list) else [""] * len(item.key.blanks)
        if self.responses is None:
            return [BlankView(n, value) for n, value in enumerate(values, 1)]
        parts = self.responses[item.id].detail.get("parts", [])
        right = [part["right"] for part in parts] or [None] * len(values)
        keys = item.key.blanks
        rows = zip(values, right, keys, strict=True)
        return [BlankView(n, value, ok, words) for n, (value, ok, words) in enumerate(rows, 1)]

    def _outcome(self, item: Item) -> Outcome | None:
        if self.responses is None or item.id not in self.responses:
            return None
        response, key = self.responses[item.id], item.key
        points = key.points if isinstance(key, ConstructedKey) else ()
        guidance = key.guidance if isinstance(key, ConstructedKey) else ()
        return Outcome(
            score=response.score,
            max=response.max,
            state=_state(response),
            explanation=self.html(f"{item.id}.explanation"),
            key_text=key_text(item),
            marking_points=[
                PointView(point.points, self.html(f"{item.id}.point.{n}"))
                for n, point in enumerate(points, 1)
            ],
            guidance=[self.html(f"{item.id}.guidance.{n}") for n in range(1, len(guidance) + 1)],
        )


def key_text(item: Item) -> str:
    """Return a numeric or true-false key as text; other types show their key in place."""
    key = item.key
    if isinstance(key, TruthKey):
        return "true" if key.value else "false"
    if not isinstance(key, NumericKey):
        return ""
    if key.low is not None:
        return f"{key.low}–{key.high} {key.unit}".strip()
    spread = f" ± {key.tolerance}" if key.tolerance else ""
    return f"{key.value}{spread} {key.unit}".strip()


def _state(response: Response) -> str:
    if not response.answered:
        return "unanswered"
    if response.score is None:
        return "to-mark"
    if response.score == response.max:
        return "right"
    return "partly" if response.score > 0 else "wrong"
