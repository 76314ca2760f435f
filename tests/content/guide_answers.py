"""What the author's guide says of answers, in either language: what each earns, or why it earns nothing."""

import re
from decimal import Decimal

from tests.content.guides import blocks

#: a key, the answers that it takes, and those that it does not
READING = re.compile(r"^\| `(= .*?)` \| (`.*`) \| (`.*`) \|$", re.MULTILINE)
#: an example, the table of its answers, and the notes up to the next example or heading
_EXAMPLE = re.compile(
    r"^```item\n(?P<item>(?:(?!```).*\n)+)```\n\n(?P<table>(?:\|.*\n)+)(?P<notes>(?:(?!```|#).*\n)*)",
    re.MULTILINE,
)
_NOTES = re.compile(r"(?:Blank:\s|空白：)(.*?)(?:\.\s+Refused:\s|。拒绝：)(.*?)(?:\.|。)\n", re.DOTALL)
_CODE = re.compile(r"`(.*?)`")
_ID = re.compile(r"\{#([a-z-]+)")


def codes(text: str) -> list[str]:
    """Return what stands between backticks."""
    return _CODE.findall(text)


def answered(guide: str) -> dict[str, re.Match[str]]:
    """Return the examples that a table of answers follows, by the ids of their items."""
    return {_ID.findall(found["item"])[0]: found for found in _EXAMPLE.finditer(guide)}


def said_scores(guide: str) -> list[tuple[str, str, str, Decimal | None]]:
    """Return item, rule ("points": as written), answer and what it earns (None: a person marks it)."""
    rows = []
    for name, found in answered(guide).items():
        cells = [row.strip("|").split("|") for row in found["table"].splitlines()]
        (_, *answers), _, *lines = [[cell.strip() for cell in row] for row in cells]
        for first, *points in lines:
            rule = (codes(first) or ["points"])[0]
            for answer, earned in zip(answers, points, strict=True):
                rows.append((name, rule, answer.strip("`"), None if earned == "–" else Decimal(earned)))
    return rows


def said_notes(guide: str, part: int) -> list[tuple[str, str]]:
    """Return each answer that the notes of an example name as blank (1) or refused (2)."""
    notes = {name: _NOTES.search(found["notes"]) for name, found in answered(guide).items()}
    return [(name, one) for name, found in notes.items() if found for one in codes(found[part])]


def fenced(guide: str, language: str) -> str:
    """Return the first text of a language from where answers to a whole quiz are scored."""
    found = blocks(guide[guide.index("```json") :])
    return next(text for name, text in found if name == language)
