"""Lay a paper out as it was drawn. Keys leave this module only where the mode lets them."""

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from markupsafe import Markup

from app.content.gaps import split_gaps
from app.domain.answers import is_blank
from app.domain.behaviour import Standing
from app.domain.case import Case
from app.domain.chain import canonical_json
from app.domain.errors import NotNext
from app.domain.events import Head
from app.domain.item_walk import opening
from app.domain.items import Item, ItemType
from app.domain.keys import ConstructedKey
from app.domain.layout import Place
from app.domain.question_types import question_type
from app.domain.quiz import Group, Quiz
from app.domain.review import EVERYTHING, Aspect, Review
from app.operations.files import KeptFile
from app.web.attempts.boxes import CLIENT, SEQ, Box, Boxes, box_of, filled, may_keep
from app.web.attempts.faces import face_of
from app.web.attempts.items import BlankView, ItemView, PointView, StepView
from app.web.attempts.presenting import ZERO, GroupView, PaperView
from app.web.attempts.showing import Showing
from app.web.attempts.verdicts import Verdict, judged
from app.web.attempts.walked import walk_steps
from app.web.courses.presenting import Fragments
from app.web.errors import refusal_message

#: their HTML names files of the attempt, or grows with each decision
NOT_KEPT = frozenset({ItemType.UPLOAD, ItemType.WALK})
NUMERAL = re.compile(r"^(?:[一二三四五六七八九十]{1,3}、|[IVX]{1,4}\.)\s*(?=.)")


class Nothing(Enum):
    """Stands where a draft says nothing of the answer itself."""

    SAID = "said"


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer that was sent and could not be kept: what it said, and why.

    Where the answer stands and something else was refused, the draft says nothing of the answer. The
    problem of a decision is one as long as its ``section`` waits.
    """

    answer: Any
    problem: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Presents one paper in one language.

    ``mode`` is that of every item but those with a verdict, which are in review; ``review`` is what may
    be seen there. ``cases`` are those shown and walked, by slug, each with its rendered text.
    """

    slug: str
    quiz: Quiz
    places: Sequence[Place]
    items: Mapping[str, Item]
    fragments: Fragments
    cases: Mapping[str, tuple[Case, Fragments]]
    revision_id: int = 0
    client: str = ""
    #: stands for the seq of each head in HTML that is kept
    mark: str = ""
    mode: str = "ask"
    review: Review = EVERYTHING
    heads: Mapping[str, Head] = field(default_factory=dict)
    #: answers of other windows that wait for the learner to choose
    rivals: Mapping[str, Sequence[Head]] = field(default_factory=dict)
    #: what the learner wants to look at again
    flags: Mapping[str, bool] = field(default_factory=dict)
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    standings: Mapping[str, Standing] = field(default_factory=dict)
    drafts: Mapping[str, Draft] = field(default_factory=dict)
    files: Sequence[KeptFile] = ()
    #: where the HTML of items that are asked is kept, and the text that it is kept by; None: nowhere
    kept: tuple[Boxes, Hashable] | None = None

    def paper(self) -> PaperView:
        """Return the paper: the groups that hold anything, in order, with the items as laid out."""
        return PaperView(self.client, self.slug, self.quiz.title, self.quiz.minutes, list(self._groups()))

    def _groups(self) -> Iterator[GroupView]:
        number = 0
        for index, group in enumerate(self.quiz.groups):
            places = [place for place in self.places if place.group == index]
            if not places:
                continue
            number += bool(group.title)
            yield self._group(index, group, number if group.title else None, places)

    def _group(self, index: int, group: Group, number: int | None, places: Sequence[Place]) -> GroupView:
        views = [self._kept(place) or self.item(place) for place in places]
        return GroupView(
            number=number,
            title=without_numeral(self.html(f"group.{index + 1}.title")),
            stem=self.opening(group) + self.html(f"group.{index + 1}.stem"),
            items=views,
            count=sum(view.number is not None for view in views),
            points=sum((view.points or ZERO for view in views), ZERO),
        )

    def opening(self, group: Group) -> Markup:
        """Return the scenes and exhibits, up to its first gate, of the case that a group shows."""
        if group.case is None or group.case not in self.cases:
            return Markup()
        case, fragments = self.cases[group.case]
        parts = [
            Markup("<h3>{}</h3>{}").format(
                Markup(fragments.get(f"{section.id}.title", "")),
                Markup(fragments.get(f"{section.id}.body", "")),
            )
            for section in opening(case)
        ]
        return Markup().join(parts)

    def html(self, name: str) -> Markup:
        """Return a rendered fragment."""
        return Markup(self.fragments.get(name, ""))

    def _kept(self, place: Place) -> Box | None:
        """Return the item's HTML as it was made for whoever was asked the same."""
        key, head = place.key, self.heads.get(place.key)
        if self.kept is None or place.type in NOT_KEPT or key in self.verdicts or key in self.drafts:
            return None
        shown = canonical_json(head.answer if head else None)
        if not may_keep(shown):
            return None
        boxes, text = self.kept
        values = tuple(place.values.items())
        laid_out = (key, place.number, place.order, place.blanks, values, self.items[key].points)
        name = (text, laid_out, shown, self.standings.get(key), self.flags.get(key, False))
        box = box_of(boxes, name, lambda: replace(self, client=CLIENT, mark=SEQ).item(place))
        return filled(box, self.client, head.seq if head else 0)

    def item(self, place: Place) -> ItemView:
        """Present one item as laid out, with its answer and what may be told of it."""
        item, head, draft = self.items[place.key], self.heads.get(place.key), self.drafts.get(place.key)
        verdict = self.verdicts.get(item.id)
        mode = "review" if verdict and item.is_scored else self.mode
        review = {"review": self.review, "key": EVERYTHING}.get(mode, Review())
        shows_answer = mode != "review" or review.shows(Aspect.ANSWERS)
        answer = head.answer if head and shows_answer else None
        said = draft.answer if draft and draft.answer is not Nothing.SAID else answer
        face = self._face(place, said, review, verdict if shows_answer else None)
        standing, steps = self.standings.get(item.id, Standing()), self._steps(item, answer, mode, review)
        return ItemView(
            key=item.id,
            number=place.number,
            type=item.type.value,
            asked_as=question_type(item),
            mode=mode,
            points=item.points if item.is_scored else None,
            stem=self._filled(f"{item.id}.stem", place, face),
            seq=self.mark or (head.seq if head else 0),
            event_id=f"{self.client}-{place.number or 0}",
            shown=canonical_json(answer),
            answered=not is_blank(answer),
            flagged=self.flags.get(item.id, False),
            problem=_problem(draft, steps),
            typed=draft.answer if draft and isinstance(draft.answer, dict) else {},
            standing=standing,
            hints=[self._joined(f"{item.id}.hint.{n}", place) for n in range(1, standing.hints + 1)],
            shows_answer=shows_answer,
            **face,
            steps=steps,
            **self._told(place, review, verdict),
            **judged(verdict, review),
        )

    def _face(self, place: Place, answer: Any, review: Review, verdict: Verdict | None) -> dict[str, Any]:
        parts = verdict.parts if verdict else {}
        showing = Showing(self.items[place.key], place, answer, self.html, review, parts, self.files)
        return face_of(showing)

    def _steps(self, item: Item, answer: Any, mode: str, review: Review) -> Sequence[StepView]:
        if item.walk is None or item.walk not in self.cases:
            return ()
        return walk_steps(self.cases[item.walk], answer or [], mode, review)

    def _filled(self, name: str, place: Place, face: Mapping[str, Any]) -> list[Markup | BlankView]:
        """Return a rendered text with the blanks of a cloze in their places, and values put in."""
        blanks = {blank.index: blank for blank in face.get("blanks", ())}
        parts = split_gaps(self.html(name), place.values)
        return [Markup(part) if isinstance(part, str) else blanks[part] for part in parts]

    def _joined(self, name: str, place: Place) -> Markup:
        """Return a rendered text with values put in; blanks that it names stand empty."""
        parts = split_gaps(self.html(name), place.values)
        return Markup("".join("____" if isinstance(part, int) else part for part in parts))

    def _told(self, place: Place, review: Review, verdict: Verdict | None) -> dict[str, Any]:
        """Return what may be told beside the answer."""
        item = self.items[place.key]
        told: dict[str, Any] = {}
        if review.shows(Aspect.EXPLANATION):
            told["explanation"] = self._joined(f"{item.id}.explanation", place)
        if review.shows(Aspect.KEY) and isinstance(item.key, ConstructedKey):
            told["guidance"] = [
                self.html(f"{item.id}.guidance.{n}") for n in range(1, len(item.key.guidance) + 1)
            ]
            awarded = (verdict.awarded or None) if verdict and review.shows(Aspect.MARKS) else None
            told["points_list"] = [
                PointView(
                    point.points, self.html(f"{item.id}.point.{n}"), None if awarded is None else n in awarded
                )
                for n, point in enumerate(item.key.points, 1)
            ]
        return told


def _problem(draft: Draft | None, steps: Sequence[StepView]) -> str:
    """Say why a draft could not be kept; of a decision that waits no more, that."""
    if draft is None:
        return ""
    if draft.section and draft.section not in {step.id for step in steps if step.is_current}:
        return refusal_message(NotNext())
    return draft.problem


def without_numeral(title: Markup) -> Markup:
    """Return a group's title without the numeral that an author wrote: a drawn paper counts anew.

    >>> without_numeral(Markup("一、单项选择题"))
    Markup('单项选择题')
    >>> without_numeral(Markup("II. True or false"))
    Markup('True or false')
    """
    return Markup(NUMERAL.sub("", title, count=1))
