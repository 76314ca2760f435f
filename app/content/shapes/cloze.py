"""Blanks inside the stem (完形填空, 选词填空): ``[[24 | 二十四]]`` and ``[[~先开前门 | 后开前门]]``.

The item's stem keeps ``[[1]]``, ``[[2]]`` … in their places: what fills them stands in the key alone.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from app.content.answers import Body, Entry, starts_quote
from app.content.fences import outside_fences
from app.content.marks import narrow
from app.content.scanner import Line
from app.content.shapes.blanks import BLANKS, split_wordings, write_wordings
from app.content.shapes.equals import count_blanks
from app.content.shapes.shape import OPTION_LIMIT, Answers
from app.domain.items import Item
from app.domain.keys import Blank, BlanksKey, Dropdown
from app.domain.scoring.normal import normal_form

_OPENING = re.compile(r"(?<!\\)\[\[")
_BLANK = re.compile(r"(?<!\\)\[\[((?:\\.|(?!\[\[)(?!\]\]).)*)\]\]")
PLACEHOLDER = re.compile(r"(?<!\\)\[\[([0-9]{1,3})\]\]")
_TILDE = re.compile(r"^[~～]\s*")


def _claims(answers: Answers) -> bool:
    texts = (answers.head.text, *(line.text for line in answers.body.plain_stem()))
    return any("[" in narrow(text) and _OPENING.search(narrow(text)) for text in texts)


def _accepts(entry: Entry) -> bool:
    return False


def _read(answers: Answers) -> BlanksKey | None:
    if answers.entries:
        message = "blanks [[…]] in the stem take no answer lines"
        answers.refuse("other-shape", message, "one item has one shape", answers.entries[0].line)
        return None
    if count_blanks(answers.body.plain_stem(), answers.head.text):
        answers.refuse("blanks-count", "____ and [[…]] stand in one stem", "write every blank as [[…]]")
    reader = _Reader(answers)
    answers.head.text = reader.take(answers.head.text, answers.head.line)
    body = answers.body
    body.stem_lines = [line if line.is_fenced else reader.take_line(line) for line in body.stem_lines]
    _part_explanation(body)
    if answers.attributes.get("any-order") and any(isinstance(one, Dropdown) for one in reader.blanks):
        answers.refuse("misplaced-key", "any-order has no place where a blank is chosen (~)")
    return BlanksKey(tuple(reader.blanks), is_cloze=True)


class _Reader:
    """Takes the blanks out of the stem, line by line, and numbers them."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.blanks: list[Blank] = []

    def take_line(self, line: Line) -> Line:
        return Line(line.number, self.take(line.text, line.number), line.is_fenced)

    def take(self, text: str, line: int) -> str:
        plain = narrow(text)
        found = list(_BLANK.finditer(plain))
        if len(found) < len(_OPENING.findall(plain)):
            fix = "close it on the same line by ]], or write \\[[ for text"
            self.answers.refuse("bad-blank", "this [[ is not closed", fix, line)
            return text
        done, place = "", 0
        for match in found:
            self.blanks.append(self._read(text[match.start(1) : match.end(1)], line))
            done += f"{text[place : match.start()]}[[{len(self.blanks)}]]"
            place = match.end()
            if plain[match.start() : match.end()] != text[match.start() : match.end()]:
                self.answers.sheet.wide.append(line)
        return done + text[place:]

    def _read(self, inside: str, line: int) -> Blank:
        wordings = split_wordings(inside)
        keys = [place for place, word in enumerate(wordings, 1) if _TILDE.match(word)]
        options = tuple(_unescaped(_TILDE.sub("", word, count=1)) for word in wordings)
        if not all(options):
            self.answers.refuse("empty-wording", "a wording is missing in this blank", line=line)
            return options
        if not keys:
            return options
        self._check_dropdown(options, keys, line)
        return Dropdown(options, keys[0])

    def _check_dropdown(self, options: tuple[str, ...], keys: list[int], line: int) -> None:
        if len(keys) > 1:
            self.answers.refuse("second-key", "this blank marks two options right", "one ~ only", line)
        if len(options) < 2:
            fix = "[[~先开前门 | 后开前门]]"
            self.answers.refuse("too-few-options", "a choice needs two options or more", fix, line)
        if len(options) > OPTION_LIMIT:
            self.answers.refuse("too-many-options", f"more than {OPTION_LIMIT} options", line=line)
        if len({normal_form(option) for option in options}) < len(options):
            self.answers.refuse("repeated-option", "two options of this blank are equal", line=line)


def _part_explanation(body: Body) -> None:
    """Move the last quotation behind the last blank to the explanation (解析)."""
    lines = body.stem_lines
    end = len(lines)
    while end and lines[end - 1].is_blank:
        end -= 1
    start = end
    while start and starts_quote(lines[start - 1]) and _follows(lines, start, end):
        start -= 1
    if start < end and not any(PLACEHOLDER.search(line.text) for line in lines[start:end]):
        body.quotes, body.stem_lines = lines[start:end], lines[:start]


def _follows(lines: list[Line], start: int, end: int) -> bool:
    return start == end or lines[start].number == lines[start - 1].number + 1


def _unescaped(word: str) -> str:
    return word.replace("\\]", "]").replace("\\[", "[").replace("\\~", "~").replace("\\～", "～")


def _escaped(word: str) -> str:
    word = word.replace("]", "\\]").replace("[", "\\[")
    return f"\\{word}" if _TILDE.match(word) else word


def write_blank(blank: Blank) -> str:
    """Write one blank with what fills it."""
    if isinstance(blank, Dropdown):
        options = [_escaped(option) for option in blank.options]
        options[blank.key - 1] = f"~{options[blank.key - 1]}"
        return f"[[{write_wordings(tuple(options))}]]"
    return f"[[{write_wordings(tuple(_escaped(word) for word in blank))}]]"


def write_stem(item: Item) -> Callable[[str], str]:
    """Return what writes the blanks of a cloze back into its texts; other texts keep their brackets text."""
    key = item.key
    if not isinstance(key, BlanksKey) or not key.is_cloze:
        return lambda text: outside_fences(text, lambda line: _OPENING.sub(r"\\[[", line))
    blanks = key.blanks
    return lambda text: outside_fences(
        text, lambda line: PLACEHOLDER.sub(lambda found: write_blank(blanks[int(found[1]) - 1]), line)
    )


#: read here; written and compared with the other blanks
CLOZE = replace(BLANKS, claims=_claims, accepts=_accepts, read=_read)
