"""Lay an attempt out as it was drawn. Keys leave this module only for the result."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext
from markupsafe import Markup

from app.domain.answers import is_blank
from app.domain.case import opening
from app.domain.chain import canonical_json
from app.domain.events import Head
from app.domain.items import BlanksKey, ConstructedKey, Item, NumericKey, TruthKey
from app.domain.layout import Place
from app.domain.quiz import Group, Quiz
from app.models import Response, Revision
from app.operations.attempts import Sitting
from app.operations.documents import case_of
from app.web.attempts.presenting import (
    ZERO,
    BlankView,
    GroupView,
    ItemView,
    OptionView,
    PaperView,
    PointView,
)
from app.web.courses.presenting import Fragments

NUMERAL = re.compile(r"^(?:[一二三四五六七八九十]{1,3}、|[IVX]{1,4}\.)\s*(?=.)")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Presents one attempt in one language. ``responses`` are there for the result only."""

    sitting: Sitting
    quiz: Quiz
    items: Mapping[str, Item]
    fragments: Fragments
    heads: Mapping[str, Head]
    client: str
    language: str
    case_fragments: Mapping[str, Fragments]
    responses: Mapping[str, Response] | None = None

    def paper(self) -> PaperView:
        """Return the paper: the groups that hold anything, in order, with the items as laid out."""
        slug = self.sitting.document.slug
        return PaperView(self.client, slug, self.quiz.title, self.quiz.minutes, list(self._groups()))

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
            title=without_numeral(self.html(f"group.{index + 1}.title")),
            stem=self.opening(group) + self.html(f"group.{index + 1}.stem"),
            items=views,
            count=sum(view.number is not None for view in views),
            points=sum((view.points or ZERO for view in views), ZERO),
        )

    def opening(self, group: Group) -> Markup:
        """Return the scenes and exhibits, before its first decision, of the case that a group shows."""
        if group.case is None or group.case not in self.sitting.cases:
            return Markup()
        revision = in_language(self.sitting.cases[group.case], self.language)
        fragments = self.case_fragments[group.case]
        parts = [
            Markup("<h3>{}</h3>{}").format(
                Markup(fragments.get(f"{section.id}.title", "")),
                Markup(fragments.get(f"{section.id}.body", "")),
            )
            for section in opening(case_of(revision))
        ]
        return Markup().join(parts)

    def html(self, name: str) -> Markup:
        """Return a rendered fragment."""
        return Markup(self.fragments.get(name, ""))

    def _item(self, place: Place) -> ItemView:
        item, head = self.items[place.key], self.heads.get(place.key)
        answer = head.answer if head else None
        view = ItemView(
            key=item.id,
            number=place.number,
            type=item.type.value,
            points=item.points if item.is_scored else None,
            stem=self.html(f"{item.id}.stem"),
            options=[self._option(place, item, shown, answer) for shown in range(1, len(place.order) + 1)],
            blanks=self._blanks(item, answer),
            value=answer if isinstance(answer, str | bool) else None,
            unit=item.key.unit if isinstance(item.key, NumericKey) else "",
            words=item.words,
            seq=head.seq if head else 0,
            event_id=f"{self.client}-{place.number or 0}",
            shown=canonical_json(answer),
            answered=not is_blank(answer),
        )
        response = (self.responses or {}).get(item.id)
        return self._reviewed(view, item, response) if response else view

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

    def _reviewed(self, view: ItemView, item: Item, response: Response) -> ItemView:
        key = item.key if isinstance(item.key, ConstructedKey) else ConstructedKey()
        points = [
            PointView(point.points, self.html(f"{item.id}.point.{n}"))
            for n, point in enumerate(key.points, 1)
        ]
        return replace(
            view,
            state=_state(response),
            score=response.score,
            max=response.max,
            explanation=self.html(f"{item.id}.explanation"),
            key_text=key_text(item),
            points_list=points,
            guidance=[self.html(f"{item.id}.guidance.{n}") for n in range(1, len(key.guidance) + 1)],
        )


def without_numeral(title: Markup) -> Markup:
    """Return a group's title without the numeral that an author wrote: a drawn paper counts anew.

    >>> without_numeral(Markup("一、单项选择题"))
    Markup('单项选择题')
    >>> without_numeral(Markup("II. True or false"))
    Markup('True or false')
    """
    return Markup(NUMERAL.sub("", title, count=1))


def in_language(revisions: Mapping[str, Revision], language: str) -> Revision:
    """Return the revision in the language, else in any that there is."""
    return revisions.get(language) or next(iter(revisions.values()))


def key_text(item: Item) -> str:
    """Return a numeric or true-false key as text; other types show their key in place."""
    key = item.key
    if isinstance(key, TruthKey):
        return gettext("True") if key.value else gettext("False")
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
