"""What is right in an item, in a line: letters as the options stand in the file, words as written."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from app.content.key_marks import Marks
from app.content.values import plain_number
from app.content.vocabulary import is_chinese
from app.domain.keys import Blank, BlanksKey, Dropdown, NumericKey, TruthKey

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SIGNS: Mapping[object, str] = {"best": "+", "worst": "−"}


def write_key(key: object, language: str) -> str | None:
    """Write what is right, None where that is no line.

    >>> write_key(TruthKey(False), "zh"), write_key(Marks(((1, True), (3, True)), (), ()), "en")
    ('错', 'AC')
    """
    match key:
        case TruthKey():
            return _truth(key, language)
        case NumericKey():
            return _number(key)
        case BlanksKey():
            return "; ".join(_blank(one) for one in key.blanks)
        case Marks(places=tuple() as places):
            return _places(places)
    return None


def _truth(key: TruthKey, language: str) -> str:
    if is_chinese(language):
        return "对" if key.value else "错"
    return "true" if key.value else "false"


def _number(key: NumericKey) -> str:
    if key.low is not None and key.high is not None:
        written = f"{key.low}..{key.high}"
    else:
        written = f"{key.value or ''}" + (f" ± {key.tolerance}" if key.tolerance else "")
    return f"{written} {key.unit}".strip()


def _blank(blank: Blank) -> str:
    return blank.options[blank.key - 1] if isinstance(blank, Dropdown) else " | ".join(blank)


def _places(places: tuple[object, ...]) -> str | None:
    """Write marked options by their letters; of an order or of pairs there is nothing short to say."""
    written: list[str] = []
    for one in places:
        match one:
            case (int() as place, mark) if 0 < place <= len(LETTERS):
                write = next((write for kind, write in MARKED.items() if isinstance(mark, kind)), None)
                if write is None:
                    return None
                written.append(write(LETTERS[place - 1], mark))
            case _:
                return None
    return "".join(written) if all(len(one) == 1 for one in written) else ", ".join(written)


#: one line a kind of mark: that it is right, best or worst, a mean with its scale, points
MARKED: Mapping[type, Callable[[str, object], str]] = {
    bool: lambda letter, _: letter,
    str: lambda letter, mark: f"{SIGNS.get(mark, '')}{letter}",
    Decimal: lambda letter, mark: f"{letter} {plain_number(Decimal(str(mark)))}",
}
