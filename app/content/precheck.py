"""One pass over a text, before any parser of Markdown sees it: is it of a form that stays cheap?"""

import re
from dataclasses import dataclass

MAX_NESTING = 20
MAX_RUN = 200

#: what a line begins with that may open quotations and lists
# Python below 3.11.5 goes wrong on (…)*+ (its issue 106052)
_LEAD = re.compile(r"(?>(?:[ \t]|>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$))*)")
_OPENER = re.compile(r">|[-*+]|\d+[.)]")
_RUN = re.compile(r"([\[\](){}<>])\1++")
_INDENT = 4


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a text is refused unread: a stable ``code``, the line (from 1) and a sentence."""

    line: int
    code: str
    message: str


def precheck(text: str) -> Problem | None:
    """Return the first thing that makes the text too costly to render, else None. Linear.

    >>> precheck("**重点**")
    >>> precheck("ok\\n" + "> " * 21)
    Problem(line=2, code='too-deep', message='more than 20 levels of lists and quotations')
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines, start=1):
        if any(len(run.group()) > MAX_RUN for run in _RUN.finditer(line)):
            return Problem(number, "too-many-brackets", f"more than {MAX_RUN} equal brackets in a row")
        if _nesting(line) > MAX_NESTING:
            return Problem(number, "too-deep", f"more than {MAX_NESTING} levels of lists and quotations")
    return None


def _nesting(line: str) -> int:
    """Count the quotations and lists a line may stand in: its openers, and the indent around them."""
    found = _LEAD.match(line)
    lead = found.group().expandtabs(_INDENT) if found else ""
    openers = len(_OPENER.findall(lead))
    indent = lead.count(" ") - openers  # a space after each opener belongs to it
    return openers + max(0, indent) // _INDENT if openers else 0
