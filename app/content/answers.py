"""The lines under a heading: stem, answer lines with their continuations, hints, explanation."""

from dataclasses import dataclass, field

from app.content.hints import naming
from app.content.marks import BACKSLASH, Mark, Marker, read_marker
from app.content.pasted import read_pair, read_pasted
from app.content.scanner import Line, tidy
from app.content.sheet import Sheet


@dataclass(slots=True)
class Entry:
    """One answer line or hint with its indented continuation and feedback."""

    marker: Marker
    line: int
    first: str
    more: list[Line] = field(default_factory=list)
    feedback: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text after the marker; continuation lines lose their common indent."""
        return tidy([self.first, *dedent(self.more)])

    @property
    def extra(self) -> Line | None:
        """The first continuation line that says something."""
        return next((line for line in self.more if not line.is_blank), None)

    @property
    def remark(self) -> str:
        """The feedback under an option."""
        return tidy(self.feedback).strip("\n")


@dataclass(slots=True)
class Body:
    """What stands under one heading."""

    stem_lines: list[Line] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    hints: list[Entry] = field(default_factory=list)
    quotes: list[Line] = field(default_factory=list)

    @property
    def stem(self) -> str:
        """The text before the first answer line."""
        return plain_text(self.stem_lines)

    @property
    def explanation(self) -> str:
        """The quotation after the answer lines (解析)."""
        return plain_text([Line(line.number, unquote(line.text)) for line in self.quotes])

    def plain_stem(self) -> list[Line]:
        """The stem's lines outside fences."""
        return [line for line in self.stem_lines if not line.is_fenced]


@dataclass(frozen=True, slots=True)
class Room:
    """What may stand under a heading: which marks, and what to say of others."""

    marks: frozenset[Mark] = frozenset()
    takes_hints: bool = False
    takes_explanation: bool = False
    is_item: bool = False
    code: str = "misplaced-marker"
    reason: str = "answer lines stand in items only"


def plain_text(lines: list[Line]) -> str:
    """Join text lines; blank ones before and after go."""
    start = next((i for i, line in enumerate(lines) if line.text or line.is_fenced), len(lines))
    return tidy([line.text for line in lines[start:]])


def unquote(text: str) -> str:
    """Take the quotation mark and one space away."""
    rest = text.lstrip()[1:]
    return rest[1:] if rest[:1].isspace() else rest


def dedent(lines: list[Line]) -> list[str]:
    """Take the common indent of the lines away."""
    texts = [line.text for line in lines]
    indents = [len(text) - len(text.lstrip()) for text in texts if text.strip()]
    width = min(indents, default=0)
    return [text[min(width, len(text) - len(text.lstrip())) :] for text in texts]


def starts_quote(line: Line) -> bool:
    """Whether a line outside fences is one of a quotation."""
    return not line.is_fenced and line.text.lstrip()[:1] in (">", "＞")


def read_body(lines: list[Line], room: Room, sheet: Sheet) -> Body:
    """Read the lines under a heading; lines that have no place there are errors."""
    reader = _BodyReader(room, sheet)
    for line in lines:
        reader.take(line)
    return reader.body


class _BodyReader:
    """Goes from line to line and knows what stood before."""

    def __init__(self, room: Room, sheet: Sheet) -> None:
        self.room = room
        self.sheet = sheet
        self.body = Body()
        self.current: Entry | None = None
        #: an error was noted and the lines that follow it are kept back
        self.is_stray = False
        self.is_pasted = False

    def take(self, line: Line) -> None:
        marker = None if line.is_fenced else self._marker(line)
        if marker is None:
            self._take_text(line)
        elif marker.mark is Mark.FAILED:
            self._take_failed(line, marker)
        elif marker.mark is Mark.QUOTE:
            self._take_quote(line, marker)
        else:
            self._take_marker(line, marker)

    def _take_failed(self, line: Line, marker: Marker) -> None:
        is_repeated = marker.code == "pasted-option" and self.is_pasted
        self.is_pasted = self.is_pasted or marker.code == "pasted-option"
        if not is_repeated:
            self.sheet.error(
                line.number, marker.code, marker.problem, naming(line.text.strip(), marker.fix), _column(line)
            )

    def _marker(self, line: Line) -> Marker | None:
        marker = read_marker(line.text)
        if marker is None and self.room.is_item:
            marker = read_pair(line.text) or read_pasted(line.text)
        return marker

    def _take_text(self, line: Line) -> None:
        if self.current is not None and _continues(line, self.current):
            self._continue(line, self.current)
        elif not self.body.entries:
            self.current = None
            self.body.stem_lines.append(line)
        elif line.is_blank:
            self.body.quotes += [line] if self.body.quotes else []
        elif not self.is_stray:
            self.is_stray = True
            message = "text stands after the answer lines"
            self.sheet.error(
                line.number, "stray-text", message, "indent it to continue the line above, or move it up"
            )

    def _continue(self, line: Line, current: Entry) -> None:
        if current.feedback and not line.is_blank:
            message = "text stands after the feedback of an option"
            self.sheet.error(
                line.number, "stray-text", message, "write > before it, or move it above the feedback"
            )
        elif not current.feedback:
            current.more.append(line)

    def _take_quote(self, line: Line, marker: Marker) -> None:
        if not self.body.entries:
            self.body.stem_lines.append(line)
            return
        if marker.is_wide:
            self.sheet.wide.append(line.number)
        if marker.is_indented:
            self._take_feedback(line)
        elif self.room.takes_explanation:
            self.current = None
            self.body.quotes.append(line)
        elif not self.is_stray:
            self.is_stray = True
            message = "a quotation has no place after the options of a case"
            self.sheet.error(
                line.number, "stray-quote", message, "indent it as feedback, or write ## 分析提示"
            )

    def _take_feedback(self, line: Line) -> None:
        if self.current is not None and self.current.marker.mark in (Mark.OPTION, Mark.PAIR):
            self.current.feedback.append(unquote(line.text))
        else:
            message = "an indented quotation is feedback and stands under an option"
            self.sheet.error(
                line.number, "stray-quote", message, "take the spaces away for an explanation (解析)"
            )

    def _take_marker(self, line: Line, marker: Marker) -> None:
        if not self._has_place(marker):
            self._refuse(line)
            return
        self.is_stray = False
        if marker.is_wide:
            self.sheet.wide.append(line.number)
        entry = Entry(marker, line.number, line.text[marker.start :])
        self.current = entry
        if marker.mark is Mark.HINT:
            self.body.hints.append(entry)
            return
        if self.body.quotes:
            message = "a quotation stands between two answer lines"
            fix = "indent it as feedback, or move it to the end as explanation (解析)"
            self.sheet.error(self.body.quotes[0].number, "stray-quote", message, fix)
            self.body.quotes.clear()
        self.body.entries.append(entry)

    def _has_place(self, marker: Marker) -> bool:
        return self.room.takes_hints if marker.mark is Mark.HINT else marker.mark in self.room.marks

    def _refuse(self, line: Line) -> None:
        if not self.is_stray:
            self.is_stray = True
            code, reason = self.room.code, self.room.reason
            self.sheet.error(line.number, code, f"this line is a marker, and {reason}", BACKSLASH)


def _continues(line: Line, current: Entry) -> bool:
    in_fence = line.is_fenced and bool(current.more) and current.more[-1].is_fenced
    return line.is_indented or line.is_blank or in_fence


def _column(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip()) + 1
