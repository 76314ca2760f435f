"""Read questions from a Word document: paragraphs with their automatic numbers, tables, pictures."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from app.interchange.docx_numbering import Numbering
from app.interchange.docx_package import W, open_package
from app.interchange.docx_runs import FORMAT_LOST, KeepPicture, Losses, Runs, summed
from app.interchange.plain_text import read_lines
from app.interchange.questions import Sheet, clean
from app.interchange.text_lines import mark_lines
from app.interchange.text_signs import read_option

_AROUND = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))


def read_docx(data: bytes, keep: KeepPicture) -> Sheet:
    """Read questions from a document; line numbers are those of its paragraphs that have text.

    :param keep: keeps a picture and returns its name.
    :raises BadTable: it is no document, is broken, too large, or has no questions.
    """
    document = _Document(data, keep)
    lines = mark_lines(document.lines())
    sheet = read_lines(lines)
    for number, said in summed(document.losses):
        question = next((one for one in reversed(sheet.questions) if one.line <= number), None)
        is_within = question is not None and number <= lines[-1].number
        if question is not None and is_within and said.text != FORMAT_LOST:
            question.losses.append(said)
        else:
            sheet.note(number, said)
    return sheet


class _Document:
    """Goes through a document and numbers its lines."""

    def __init__(self, data: bytes, keep: KeepPicture) -> None:
        package = open_package(data)
        self.losses = Losses()
        self.body = package.body
        self.numbering = Numbering(package.numbering, package.styles)
        self.runs = Runs(package, keep, self.losses)
        self.number = 0

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield the lines with their numbers."""
        return self._blocks(self.body)

    def _blocks(self, parent: Element) -> Iterator[tuple[int, str]]:
        for block in parent:
            if block.tag == f"{W}p":
                yield from self._paragraph(block)
            elif block.tag == f"{W}tbl":
                yield from self._table(block)
            elif block.tag in _AROUND:
                yield from self._blocks(block)

    def _paragraph(self, block: Element) -> Iterator[tuple[int, str]]:
        text = self._text(block)
        if text.strip():
            self.number += 1
        for line in text.split("\n"):
            yield self.number, line

    def _text(self, block: Element) -> str:
        text = clean(self.runs.text_of(block, self.number + 1))
        prefix = self.numbering.prefix(block) if text.strip() else ""
        return prefix + text

    def _table(self, table: Element) -> Iterator[tuple[int, str]]:
        rows = [
            [self._cell(cell) for cell in row.iter(f"{W}tc")]
            for row in table.iter(f"{W}tr")
            if row.find(f"{W}tc") is not None
        ]
        self.number += 1
        cells = [cell for row in rows for cell in row if any(line.strip() for line in cell)]
        if _is_layout(rows, cells):
            for cell in cells:
                for line in cell:
                    yield self.number, line
            return
        yield from ((self.number, line) for line in _markdown(rows))

    def _cell(self, cell: Element) -> list[str]:
        texts = [self._text(block) for block in cell.iter(f"{W}p")]
        return [line for text in texts for line in text.split("\n") if line.strip()]


def _is_layout(rows: list[list[list[str]]], cells: list[list[str]]) -> bool:
    """Whether a table only puts paragraphs or options beside each other."""
    if all(len(row) <= 1 for row in rows):
        return True
    return len(cells) > 1 and all(
        len(cell) == 1 and read_option(cell[0], place) is not None for place, cell in enumerate(cells)
    )


def _markdown(rows: list[list[list[str]]]) -> Iterator[str]:
    width = max(len(row) for row in rows)
    for number, row in enumerate(rows):
        texts = ["<br>".join(cell).replace("|", "\\|").replace("\t", " ") for cell in row]
        texts += [""] * (width - len(texts))
        yield f"| {' | '.join(texts)} |"
        if number == 0:
            yield f"|{' --- |' * width}"
