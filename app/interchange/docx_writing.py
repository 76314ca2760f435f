"""Write questions as a Word document: the lines of the paper, its tables and its pictures."""

import re
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from PIL import Image

from app.interchange.docx_parts import CONTENT_TYPES, DRAWING, NAMESPACES, ROOT_RELATIONS, STYLES
from app.interchange.exporting import Export
from app.interchange.text_signs import read_heading
from app.interchange.text_writing import write_lines

#: the bytes of a picture by its name in media/, None where there is none that Word can show
FindPicture = Callable[[str], bytes | None]

_PICTURE = re.compile(r"!\[([^\]]*)\]\((?:\./)?media/([^)\s]+)\)")
_RAISED = re.compile(r"<(sub|sup)>([^<>]+)</\1>")
_RULE = re.compile(r"\|(?:\s*:?-+:?\s*\|)+\s*$")
_CELL = re.compile(r"(?<!\\)\|")
_TYPES = {"PNG": "png", "JPEG": "jpeg", "GIF": "gif"}
_EMU = 9_525
_WIDEST = 5_400_000
#: the same questions make the same bytes
_MOMENT = (2000, 1, 1, 0, 0, 0)


def write_docx(export: Export, find: FindPicture) -> bytes:
    """Return the questions as a document, with its pictures in it."""
    writer = _Writer(find)
    body = "".join(writer.blocks(list(write_lines(export))))
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, data in writer.parts(body):
            archive.writestr(ZipInfo(name, _MOMENT), data, ZIP_DEFLATED)
    return buffer.getvalue()


class _Writer:
    """Writes lines and gathers the pictures that stand in them."""

    def __init__(self, find: FindPicture) -> None:
        self.find = find
        #: name -> relation, type and bytes
        self.pictures: dict[str, tuple[str, str, bytes]] = {}
        self.drawn = 0

    def parts(self, body: str) -> Iterator[tuple[str, bytes | str]]:
        """Yield the parts of the archive."""
        yield "[Content_Types].xml", CONTENT_TYPES
        yield "_rels/.rels", ROOT_RELATIONS
        yield "word/document.xml", f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
        yield "word/styles.xml", STYLES
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        links = f'<Relationship Id="rStyles" Type="{kind}/styles" Target="styles.xml"/>'
        for relation, ending, data in self.pictures.values():
            links += f'<Relationship Id="{relation}" Type="{kind}/image" Target="media/{relation}.{ending}"/>'
            yield f"word/media/{relation}.{ending}", data
        package = "http://schemas.openxmlformats.org/package/2006/relationships"
        yield "word/_rels/document.xml.rels", f'<Relationships xmlns="{package}">{links}</Relationships>'

    def blocks(self, lines: Sequence[str]) -> Iterator[str]:
        """Yield paragraphs and tables."""
        place = 0
        while place < len(lines):
            rows = _table_at(lines, place)
            if rows:
                yield self._table(lines[place], lines[place + 2 : place + rows])
                place += rows
            else:
                yield self._paragraph(lines[place], is_first=place == 0)
                place += 1

    def _paragraph(self, line: str, *, is_first: bool = False) -> str:
        style = "Title" if is_first else "Heading1" if read_heading(line) else ""
        looks = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        return f"<w:p>{looks}{self._runs(line)}</w:p>"

    def _table(self, head: str, rows: Sequence[str]) -> str:
        cells = "".join(f"<w:tr>{''.join(self._cells(row))}</w:tr>" for row in (head, *rows))
        return f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/></w:tblPr>{cells}</w:tbl>'

    def _cells(self, row: str) -> Iterator[str]:
        for cell in _cells(row):
            paragraphs = "".join(f"<w:p>{self._runs(part)}</w:p>" for part in cell.split("<br>"))
            yield f"<w:tc>{paragraphs}</w:tc>"

    def _runs(self, line: str) -> str:
        done, place = "", 0
        for found in _PICTURE.finditer(line):
            drawing = self._drawing(found[1], found[2])
            if drawing:
                done += self._plain(line[place : found.start()]) + drawing
                place = found.end()
        return done + self._plain(line[place:])

    def _plain(self, text: str) -> str:
        done, place = "", 0
        for found in _RAISED.finditer(text):
            look = "subscript" if found[1] == "sub" else "superscript"
            raised = f'<w:rPr><w:vertAlign w:val="{look}"/></w:rPr>'
            done += _run(text[place : found.start()]) + _run(found[2], raised)
            place = found.end()
        return done + _run(text[place:])

    def _drawing(self, alt: str, name: str) -> str:
        data = self.find(name)
        size = _size(data) if data else None
        if data is None or size is None:
            return ""
        ending, width, height = size
        relation, _, _ = self.pictures.setdefault(name, (f"rPicture{len(self.pictures)}", ending, data))
        self.drawn += 1
        scale = min(1.0, _WIDEST / (width * _EMU))
        x, y = int(width * _EMU * scale), int(height * _EMU * scale)
        return DRAWING.format(x=x, y=y, number=self.drawn, alt=quoteattr(alt or name), relation=relation)


def _run(text: str, looks: str = "") -> str:
    return f'<w:r>{looks}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def _size(data: bytes) -> tuple[str, int, int] | None:
    """Return ending, width and height of a picture that Word shows, None for others."""
    try:
        with Image.open(BytesIO(data), formats=list(_TYPES)) as picture:
            return _TYPES[str(picture.format)], picture.width, picture.height
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _table_at(lines: Sequence[str], place: int) -> int:
    """Return how many lines a table has that begins here, 0 where none does that Word can show."""
    if place + 1 >= len(lines) or not _RULE.match(lines[place + 1]) or not lines[place].startswith("|"):
        return 0
    width = len(_cells(lines[place]))
    end = place + 2
    while end < len(lines) and lines[end].startswith("|"):
        end += 1
    rows = [_cells(line) for line in lines[place:end]]
    is_even = all(len(row) == width for row in rows) and _RULE.match(lines[place + 1])
    return end - place if width > 1 and is_even and len(_cells(lines[place + 1])) == width else 0


def _cells(row: str) -> list[str]:
    inner = row.strip().removeprefix("|").removesuffix("|")
    return [cell.strip().replace("\\|", "|") for cell in _CELL.split(inner)]
