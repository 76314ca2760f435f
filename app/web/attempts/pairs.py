"""How a matching looks: its sides, what was matched, what matches nothing."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from app.domain.keys import MatchingKey
from app.web.attempts.items import LeftView, RightView
from app.web.attempts.showing import Showing
from app.web.text import plain

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def matching(showing: Showing) -> dict[str, Any]:
    """Return both sides of a matching, and what matches nothing where that may be seen."""
    key = showing.item.key
    if not isinstance(key, MatchingKey):
        return {}
    rights = [_right(showing, position, number) for position, number in enumerate(showing.place.order, 1)]
    matched = [place for place, pair in enumerate(key.pairs, 1) if pair.left]
    lefts = [_left(showing, number, place, rights) for number, place in enumerate(matched, 1)]
    spare = [right for right in rights if _is_spare(key, right)] if showing.shows_key else []
    return {"rights": rights, "lefts": lefts, "spare": spare}


def _is_spare(key: MatchingKey, right: RightView) -> bool:
    """Whether a right side matches nothing; of equal ones the first is shown for all."""
    text = key.pairs[right.number - 1].right
    return not any(pair.left for pair in key.pairs if pair.right == text)


def _right(showing: Showing, position: int, number: int) -> RightView:
    html = showing.html(f"{showing.item.id}.right.{number}")
    letter = LETTERS[position - 1] if position <= len(LETTERS) else str(position)
    feedback = showing.feedback(f"{showing.item.id}.right.{number}.feedback", is_chosen=False)
    return RightView(position, letter, html, plain(str(html)), number, feedback)


def _left(showing: Showing, number: int, place: int, rights: Sequence[RightView]) -> LeftView:
    name, chosen = showing.item.id, showing.given(str(number)) or ""
    html = showing.html(f"{name}.left.{number}")
    if not showing.review.seen:
        return LeftView(number, html, chosen)
    taken = next((right for right in rights if str(right.position) == chosen), None)
    return LeftView(
        number,
        html,
        chosen,
        chosen_html=taken.html if taken else Markup(),
        key_html=showing.html(f"{name}.right.{place}") if showing.shows_key else Markup(),
        feedback=_paired(showing, place, taken),
        right=showing.right(str(number)),
    )


def _paired(showing: Showing, place: int, taken: RightView | None) -> Markup:
    """Return the feedback on a pair that was found, or on what was taken and matches nothing.

    That on another pair would tell where it belongs.
    """
    key, name = showing.item.key, f"{showing.item.id}.right"
    if not isinstance(key, MatchingKey):
        return Markup()
    is_found = taken is not None and key.pairs[taken.number - 1].right == key.pairs[place - 1].right
    own = showing.feedback(f"{name}.{place}.feedback", is_chosen=is_found)
    if taken is None or not _is_spare(key, taken):
        return own
    return own + showing.feedback(f"{name}.{taken.number}.feedback", is_chosen=True)
