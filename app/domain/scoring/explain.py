"""Why an answer matched or did not, for the author's preview."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.answers import check_answer
from app.domain.items import Item
from app.domain.keys import Blank, BlanksKey, Dropdown, NumericKey
from app.domain.scoring.normal import normal_form
from app.domain.scoring.number import accepts, limits_of, read_quantity
from app.domain.scoring.text import matched_wordings, texts_of


@dataclass(frozen=True, slots=True)
class Explanation:
    """How one blank, or a number, was read and what it was compared with.

    ``wording`` is the accepted wording or range that it matched, as in the file, None if none did;
    ``read_as`` and ``compared_with`` are the forms that were compared ("" where nothing could be read).
    """

    name: str
    answer: str
    read_as: str
    wording: str | None
    compared_with: tuple[str, ...]


def explain_match(item: Item, answer: object) -> tuple[Explanation, ...]:
    """Explain a response to blanks or a numeric item, part by part; of other types nothing is said.

    :raises BadAnswer: the answer has a form that the item cannot take.
    """
    check_answer(item, answer)
    if isinstance(item.key, BlanksKey):
        return tuple(_explain_blanks(item, item.key, answer))
    if isinstance(item.key, NumericKey):
        return (_explain_number(item.key, answer if isinstance(answer, str) else ""),)
    return ()


def _explain_blanks(item: Item, key: BlanksKey, answer: object) -> Iterator[Explanation]:
    texts = texts_of(item, answer)
    anywhere = [wording for blank in key.blanks for wording in _wordings(blank)]
    matched = matched_wordings(item, texts)
    for place, (text, wordings, wording) in enumerate(zip(texts, key.blanks, matched, strict=True), 1):
        accepted = anywhere if item.any_order else _wordings(wordings)
        forms = tuple(normal_form(one) for one in accepted)
        yield Explanation(str(place), text, normal_form(text), wording, forms)


def _wordings(blank: Blank) -> tuple[str, ...]:
    """What a blank accepts as it is typed: a wording, or the number of its right option."""
    return (str(blank.key),) if isinstance(blank, Dropdown) else blank


def _explain_number(key: NumericKey, answer: str) -> Explanation:
    quantity = read_quantity(answer, key.unit)
    read_as = "" if quantity is None else f"{quantity.value:f} {quantity.unit}".strip()
    low, high = limits_of(key)
    span = f"{low:f}" if low == high else f"{low:f}..{high:f}"
    places = "" if key.places is None else f" ({key.places})"
    wording = f"{span}{places} {key.unit}".strip()
    return Explanation("1", answer, read_as, wording if accepts(key, answer) else None, (wording,))
