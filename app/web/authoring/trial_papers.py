"""Answer a quiz that is not published, and see what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from flask import request

from app.content.parse import Kind
from app.domain.answers import check_answer
from app.domain.case import Case
from app.domain.errors import Refusal
from app.domain.events import COMMIT, Head
from app.domain.ids import public_id
from app.domain.item_walk import check_decision
from app.domain.items import Item
from app.domain.keys import WalkKey
from app.domain.layout import Place, draw_layout
from app.domain.paper import freeze_quiz
from app.domain.quiz import Quiz
from app.domain.scoring import best_score, rounded
from app.domain.shown import to_file_order
from app.operations.documents import case_of, find_fragments, find_text
from app.operations.writings import Target
from app.web.attempts.forms import Sent, read_form, shown_answer
from app.web.attempts.sheet import Sheet
from app.web.attempts.verdicts import Verdict, of_check
from app.web.authoring.pages import address
from app.web.clock import chance, clock
from app.web.courses.presenting import Fragments
from app.web.database import reading
from app.web.teach.laid_out import filled, inherited_items

LAST_DRAW = 99
ZERO = Decimal(0)
Cases = Mapping[str, tuple[Case, Fragments]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The points of a paper that was tried, and how many answers a person would have to mark."""

    score: Decimal
    max: Decimal
    to_mark: int


def about_paper(target: Target, quiz: Quiz, html: Fragments) -> dict[str, Any]:
    """Return what the page of a tried quiz shows: the paper, or what comes of the answers."""
    draw = min(max(request.values.get("draw", default=1, type=int), 1), LAST_DRAW)
    sheet = _blank(target, quiz, html, draw)
    outcome = None
    if request.method == "POST":
        sent = read_form(request.form, sheet.items.values(), {})
        sheet = replace(sheet, heads=_heads(sheet, sent), drafts=sent.drafts)
        if "commit" not in request.form and not sent.drafts:
            sheet = replace(sheet, verdicts={one.key: _verdict(sheet, one) for one in _scored(sheet)})
            outcome = _outcome(sheet)
    return {
        "paper": sheet.paper(),
        "outcome": outcome,
        "draw": draw,
        "next_draw": draw % LAST_DRAW + 1,
        "address": address("authoring.go_on", target),
    }


def _blank(target: Target, quiz: Quiz, html: Fragments, draw: int) -> Sheet:
    """Lay the quiz out as one student would get it."""
    layout, cases, items = draw_layout(freeze_quiz(quiz, {}), f"try/{draw}"), _cases(target, quiz), {}
    inherited, read = inherited_items(quiz), {slug: case for slug, (case, _) in cases.items()}
    for place in layout.places:
        items[place.key] = filled(inherited[place.key], place, read)
    name = target.name.slug
    return Sheet(name, quiz, layout.places, items, html, cases, client=public_id(clock(), chance()))


def _cases(target: Target, quiz: Quiz) -> Cases:
    """Return the published cases that the quiz shows and walks."""
    session, language = reading(), target.name.language
    slugs = {group.case for group in quiz.groups} | {item.walk for item in quiz.items}
    found = {slug: find_text(session, target.place.course.id, Kind.CASE, slug) for slug in slugs if slug}
    pinned = {slug: text.revision(language) for slug, text in found.items() if text}
    html = find_fragments(session, list(pinned.values()))
    return {slug: (case_of(one), html[one.id]) for slug, one in pinned.items()}


def _heads(sheet: Sheet, sent: Sent) -> dict[str, Head]:
    """Return the answers: as the page showed them, and as they were changed."""
    answers = {place.key: _shown(sheet, place) for place in sheet.places}
    for event in sent.events:
        if event.kind == COMMIT:
            before = answers[event.item] or []
            _check(sheet.items[event.item], before, event.answer)
            answers[event.item] = [*before, event.answer["choice"]]
        else:
            answers[event.item] = event.answer
    return {key: Head(0, None, None, answer) for key, answer in answers.items() if answer is not None}


def _shown(sheet: Sheet, place: Place) -> Any:
    """Return the answer that the form carries on; one that its item cannot take is none."""
    answer = shown_answer(request.form, place.key)
    try:
        check_answer(sheet.items[place.key], to_file_order(place, answer))
    except Refusal:
        return None
    return answer


def _check(item: Item, before: list[str], decision: Any) -> None:
    if isinstance(item.key, WalkKey):
        check_decision(item.key.case, before, decision)


def _scored(sheet: Sheet) -> list[Place]:
    return [place for place in sheet.places if place.number is not None]


def _verdict(sheet: Sheet, place: Place) -> Verdict:
    head = sheet.heads.get(place.key)
    score = best_score([sheet.items[place.key]], to_file_order(place, head.answer if head else None))
    return of_check(score, None if score.points is None else rounded(score.points), 0)


def _outcome(sheet: Sheet) -> Outcome:
    judged = [one for one in sheet.verdicts.values() if one.score is not None]
    scored = sum((one.score or ZERO for one in judged), ZERO)
    return Outcome(scored, sum((one.max for one in judged), ZERO), len(sheet.verdicts) - len(judged))
