"""Answers: when one is blank, and which forms an item takes.

Answers have the JSON forms of the interface; positions are strings and count here in the order of
the file: "1", "2", …
"""

from collections.abc import Callable, Iterator, Mapping

from app.domain.errors import BadAnswer
from app.domain.items import BlanksKey, Item, ItemType

#: bytes of all text in one answer
SIZE_LIMIT = 256 * 1024


def is_blank(answer: object) -> bool:
    """Whether an answer says nothing: null, white space, or a container of blanks.

    >>> [is_blank(answer) for answer in (None, " ", [], {"1": ""}, [None, "　"])]
    [True, True, True, True, True]
    >>> [is_blank(answer) for answer in (False, 0, "-", ["", "a"])]
    [False, False, False, False]
    """
    return all(leaf is None or (isinstance(leaf, str) and not leaf.strip()) for leaf in _leaves(answer))


def check_answer(item: Item, answer: object) -> None:
    """Refuse an answer that its item cannot take; None always clears. Free text may say anything.

    :raises BadAnswer: with a short reason.
    """
    if answer is not None:
        _check_texts(answer)
        CHECKS[item.type](item, answer)


def _leaves(answer: object) -> Iterator[object]:
    """Yield what stands in an answer's lists and objects, however deep, without recursion."""
    pending = [answer]
    while pending:
        part = pending.pop()
        if isinstance(part, Mapping):
            pending.extend(part.values())
        elif isinstance(part, list | tuple):
            pending.extend(part)
        else:
            yield part


def _check_texts(answer: object) -> None:
    size = 0
    for leaf in _leaves(answer):
        if isinstance(leaf, str):
            size += _size(leaf)
        if size > SIZE_LIMIT:
            raise BadAnswer("the text is longer than 256 KiB")


def _size(text: str) -> int:
    if "\0" in text:
        raise BadAnswer("the text holds a NUL character")
    try:
        return len(text.encode())
    except UnicodeEncodeError:
        raise BadAnswer("the text holds half a character") from None


def _check_text(_item: Item, answer: object) -> None:
    if not isinstance(answer, str):
        raise BadAnswer("the answer must be a text")


def _check_truth(_item: Item, answer: object) -> None:
    if not isinstance(answer, bool):
        raise BadAnswer("the answer must be true or false")


def _check_single(item: Item, answer: object) -> None:
    if not isinstance(answer, str):
        raise BadAnswer("the answer must be the position of an option, as a text")
    if answer.strip():
        _check_position(item, answer)


def _check_multiple(item: Item, answer: object) -> None:
    if not isinstance(answer, list):
        raise BadAnswer("the answer must be a list of positions")
    for position in answer:
        _check_position(item, position)
    if len(set(answer)) < len(answer):
        raise BadAnswer("the answer names an option twice")


def _check_position(item: Item, position: object) -> None:
    if not isinstance(position, str):
        raise BadAnswer("a position must be a text")
    if position not in {str(number) for number in range(1, len(item.options) + 1)}:
        raise BadAnswer(f"the item has no option {position[:10]!r}")


def _check_blanks(item: Item, answer: object) -> None:
    if not isinstance(answer, list):
        raise BadAnswer("the answer must be a list of texts, one a blank")
    if not all(text is None or isinstance(text, str) for text in answer):
        raise BadAnswer("what stands in a blank must be a text")
    blanks = len(item.key.blanks) if isinstance(item.key, BlanksKey) else 0
    if len(answer) > blanks:
        raise BadAnswer(f"the item has {blanks} blanks, the answer {len(answer)}")


def _check_info(_item: Item, _answer: object) -> None:
    raise BadAnswer("this item takes no answer")


#: one line an item type: the form that its answers have
CHECKS: Mapping[ItemType, Callable[[Item, object], None]] = {
    ItemType.SINGLE: _check_single,
    ItemType.MULTIPLE: _check_multiple,
    ItemType.TRUE_FALSE: _check_truth,
    ItemType.BLANKS: _check_blanks,
    ItemType.NUMERIC: _check_text,
    ItemType.CONSTRUCTED: _check_text,
    ItemType.INFO: _check_info,
}
