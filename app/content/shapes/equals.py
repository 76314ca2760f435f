"""The order in which a single ``=`` line is read: truth word, number, else wordings."""

import re

from app.content.answers import Entry
from app.content.diagnostics import count_of
from app.content.hints import naming
from app.content.marks import Mark, narrow
from app.content.scanner import Line
from app.content.shapes.shape import Answers

TRUTH = {
    "对": True,
    "错": False,
    "true": True,
    "false": False,
    "√": True,
    "×": False,
    "正确": True,
    "错误": False,
}
AMBIGUOUS_TRUTH = frozenset({"t", "f", "是", "否", "✓", "✔", "✗", "✘"})
_RUN = re.compile(r"(?<![\\_])_{4,}")


def is_answer(entry: Entry) -> bool:
    """Whether this is a ``=`` line."""
    return entry.marker.mark is Mark.ANSWER


def is_forced(answers: Answers) -> bool:
    """Whether the heading asks for blanks by ``type=blanks``."""
    return bool(answers.attributes.get("type") == "blanks")


def single_text(answers: Answers) -> str | None:
    """The text of the only ``=`` line, narrowed, where it is not forced to be wordings."""
    entries = [entry for entry in answers.entries if is_answer(entry)]
    if len(entries) != 1 or not is_answer(answers.entries[0]) or is_forced(answers):
        return None
    return narrow(entries[0].text)


def count_blanks(lines: list[Line], heading: str) -> int:
    """Count runs of four or more underscores outside fences."""
    return sum(len(_RUN.findall(narrow(text))) for text in (heading, *(line.text for line in lines)))


def check_answers(answers: Answers) -> None:
    """Refuse continued ``=`` lines, and stems with another number of ``____`` than ``=`` lines."""
    for entry in answers.entries:
        if entry.extra is not None:
            answers.refuse("stray-text", "an = line is not continued", line=entry.extra.number)
    runs = count_blanks(answers.body.plain_stem(), answers.head.text)
    lines = len(answers.entries)
    if runs not in (0, lines) or (runs == 0 and lines > 1):
        message = f"the stem has {runs} ____, the answer {count_of(lines, 'line')} with ="
        answers.refuse("blanks-count", message, naming(f"____ × {runs}, = × {lines}", "one = line a blank"))
