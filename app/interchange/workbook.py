"""Tables as an XLSX workbook: texts stay texts, whatever they begin with; numbers stay numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any

from app.interchange.cell_size import fitted

#: what a spreadsheet, or a table made of one, may take for a formula
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
#: how wide a character of Chinese is, in columns of Latin ones
WIDE = 2
WIDTHS = (8, 40)
LONGEST_NAME = 31
FORBIDDEN_IN_NAME = str.maketrans("", "", "[]:*?/\\")

Cell = str | int | float | Decimal | None


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its name, the heads of its columns, its rows."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def write_workbook(tables: Sequence[Table]) -> bytes:
    """Return a workbook with a sheet for each table; its head stays in sight and can be filtered by."""
    # few ask for it, and a server starts sooner without
    from xlsxwriter import Workbook

    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(buffer, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        for table in tables:
            sheet = book.add_worksheet(sheet_name(table.name))
            _write(sheet, table, bold)
    return buffer.getvalue()


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula, also after it was saved as another format.

    >>> harmless("=1+1"), harmless("王-1")
    ("'=1+1", '王-1')
    """
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def sheet_name(name: str) -> str:
    """Return a name that a sheet may have."""
    return name.translate(FORBIDDEN_IN_NAME).strip("'")[:LONGEST_NAME].rstrip("'")


def _write(sheet: Any, table: Table, bold: Any) -> None:
    for column, head in enumerate(table.heads):
        sheet.write_string(0, column, harmless(head), bold)
        cells = [head, *(str(row[column] or "") for row in table.rows)]
        sheet.set_column(column, column, _width(cells))
    for number, row in enumerate(table.rows, 1):
        for column, cell in enumerate(row):
            _write_cell(sheet, number, column, cell)
    sheet.freeze_panes(1, 0)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.heads) - 1)


def _write_cell(sheet: Any, row: int, column: int, cell: Cell) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        sheet.write_string(row, column, fitted(harmless(cell)))
    else:
        sheet.write_number(row, column, float(cell))


def _width(cells: Sequence[str]) -> int:
    """Return how wide a column is for what stands in it."""
    longest = max(sum(1 if ord(sign) < 0x2E80 else WIDE for sign in cell) for cell in cells)
    return min(max(longest + 2, WIDTHS[0]), WIDTHS[1])
