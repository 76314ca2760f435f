"""Read a table from a file that somebody sent: XLSX or CSV, in UTF-8 or GB18030, whatever is in it."""

import csv
import lzma
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from app.domain.errors import BadTable
from app.domain.words import Sentence, marked
from app.interchange.cell_size import LONGEST_CELL, cell_size, fitted

ZIP = b"PK\x03\x04"
#: the format of Excel before 2007, and of workbooks with a password
OLD = b"\xd0\xcf\x11\xe0"
MOST_BYTES = 50 * 1024 * 1024
#: of an archive: its files, their bytes, and how much smaller they may be than what they hold
MOST_FILES, MOST_UNPACKED, MOST_RATIO = 1_000, 200 * 1024 * 1024, 200
#: lines and columns that are read of a sheet; there are rarely so many, and bounds may be forged
MOST_LINES, MOST_COLUMNS, MOST_SHEETS = 60_000, 200, 30
#: what a broken or forged archive makes of those who open it and of its decompressors; RuntimeError: a
#: password, or (NotImplementedError) a version or a method that there is not
ARCHIVE_FAULTS = (
    *(BadZipFile, EOFError, OSError, RuntimeError, ValueError),
    *(lzma.LZMAError, struct.error, zlib.error),
)
DELIMITERS = (",", "\t", ";", "，")


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its number in the file, its cells as text, the places of formulas and of what is full.

    What a program cuts fills its cell: more was written there than is.
    """

    number: int
    cells: Sequence[str]
    formulas: frozenset[int] = frozenset()
    full: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class TableFile:
    """The rows of a sheet that are not empty; a CSV file is a sheet without a name."""

    lines: Sequence[Line]
    name: str = ""


def read_table(data: bytes) -> TableFile:
    """Read the first sheet of a workbook, or a CSV file.

    :raises BadTable: it is neither, is broken, or is made to do harm.
    """
    first = read_tables(data, most=1)[0]
    if not first.lines:
        raise BadTable(Sentence(EMPTY))
    return first


def read_tables(data: bytes, most: int = MOST_SHEETS) -> list[TableFile]:
    """Read the sheets of a workbook, or a CSV file.

    :raises BadTable: it is neither, is broken, or is made to do harm.
    """
    if not data.strip():
        raise BadTable(Sentence(EMPTY))
    if len(data) > MOST_BYTES:
        raise BadTable(Sentence(TOO_LARGE, {"most": MOST_BYTES // (1024 * 1024)}))
    if data.startswith(OLD):
        raise BadTable(Sentence(OLD_FORMAT))
    if data.startswith(ZIP):
        return [_full(name, lines) for name, lines in _read_workbook(data, most)]
    return [_full("", _read_csv(data))]


def _full(name: str, lines: Iterable[Line]) -> TableFile:
    return TableFile([line for line in lines if any(line.cells)], name)


def _read_csv(data: bytes) -> Iterator[Line]:
    text = decode_text(data)
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for cells in reader:
            yield Line(reader.line_num, [cell.strip() for cell in cells])
    except csv.Error as fault:
        raise BadTable(Sentence(BROKEN_CSV, {"line": reader.line_num})) from fault


def decode_text(data: bytes) -> str:
    """Return the text of a file in UTF-8, in GB18030 as Chinese programs write it, or marked as UTF-16.

    :raises BadTable: it is no text.
    """
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise BadTable(Sentence(NO_TEXT))


def _delimiter(text: str) -> str:
    """Return the sign that stands most often in the first line that has any."""
    lines = (line for line in text.split("\n") if any(sign in line for sign in DELIMITERS))
    head = next(lines, "")
    return max(DELIMITERS, key=head.count)


def _read_workbook(data: bytes, most: int) -> list[tuple[str, list[Line]]]:
    # few ask for it, and a server starts sooner without
    from openpyxl import load_workbook

    check_archive(data, Sentence(BROKEN_WORKBOOK))
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
        return [(sheet.title, _read_sheet(sheet)) for sheet in book.worksheets[:most]]
    except Exception as fault:
        # openpyxl fails in whatever way a broken or forged file makes it fail
        raise BadTable(Sentence(BROKEN_WORKBOOK)) from fault


def _read_sheet(sheet: Any) -> list[Line]:
    # what a workbook says of its own size may be wrong
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=MOST_LINES, max_col=MOST_COLUMNS)
    return [_line(number, row) for number, row in enumerate(rows, 1)]


def check_archive(data: bytes, broken: Sentence) -> None:
    """Refuse an archive that would become too large, before anything of it is unpacked.

    :raises BadTable: it would, has a password, or is broken.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
    except ARCHIVE_FAULTS as fault:
        raise BadTable(broken) from fault
    unpacked = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    if len(members) > MOST_FILES or unpacked > MOST_UNPACKED or unpacked // packed > MOST_RATIO:
        raise BadTable(Sentence(BOMB))
    if any(member.flag_bits & 1 for member in members):
        raise BadTable(Sentence(OLD_FORMAT))


def _line(number: int, row: Sequence[Any]) -> Line:
    cells = [_text(cell) for cell in row]
    formulas = frozenset(place for place, cell in enumerate(row) if getattr(cell, "data_type", "") == "f")
    full = frozenset(place for place, cell in enumerate(row) if _is_full(cell.value))
    return Line(number, cells, formulas, full)


def _is_full(value: Any) -> bool:
    return isinstance(value, str) and cell_size(value) >= LONGEST_CELL - 1


def _text(cell: Any) -> str:
    """Return what a cell shows: a number without a needless fraction, with the zeros that its format adds."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int):
        shape = cell.number_format or ""
        return str(value).zfill(len(shape)) if shape and not shape.strip("0") else str(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    return fitted(str(value)).strip()


EMPTY = marked("This file is empty.")
TOO_LARGE = marked("This file is larger than %(most)s MB.")
OLD_FORMAT = marked(
    "This workbook is in the format of Excel before 2007, or has a password. Open it and save it as .xlsx"
    " without one."
)
BROKEN_WORKBOOK = marked("This file is broken, or no workbook. Open it and save it again as .xlsx.")
BROKEN_CSV = marked(
    "Line %(line)s: a quotation mark is opened and not closed, or stands in the middle of a cell; or a cell"
    " has more than 131,072 characters."
)
NO_TEXT = marked("This file is neither a workbook (.xlsx) nor a text of comma-separated values (.csv).")
BOMB = marked("This file would become far too large when it is unpacked. It is not read.")
