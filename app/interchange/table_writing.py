"""Write questions as a table, XLSX or CSV, and the template to begin with."""

import csv
from collections.abc import Sequence
from decimal import Decimal
from io import StringIO

from app.domain.imported import Section, title_of
from app.domain.words import Sentence, marked
from app.interchange.cell_size import LONGEST_CELL, cell_size
from app.interchange.exporting import Export, Loss, Row
from app.interchange.question_cells import hidden
from app.interchange.questions import FIELDS
from app.interchange.workbook import Cell, Table, write_workbook

#: the columns before and behind the options
BEFORE = ("section", "type", "stem")
BEHIND = (
    *("answer", "points", "difficulty", "topic", "level", "objectives", "explanation", "criteria"),
    *("partial", "hint", "words", "files", "parent", "id"),
)
FEWEST_OPTIONS = 4
#: how a shared stem stands in a table: a row of its own that others name
MATERIAL = "材料题"
SHORT = 40


def write_xlsx(export: Export, language: str) -> bytes:
    """Return the questions as a workbook of one sheet."""
    return write_workbook([table_of(export, language)])


def table_of(export: Export, language: str) -> Table:
    """Return the questions as a sheet of a workbook."""
    heads, rows = _table(export, language)
    cells = [[_cell(head, text) for head, text in zip(heads, row, strict=True)] for row in rows]
    return Table(export.title or "Questions", heads, cells)


def cell_losses(export: Export) -> list[Loss]:
    """Return what a workbook cuts because no cell holds it."""
    said = Sentence(CELL_FULL)
    losses: list[Loss] = []
    for section, rows in export.parts:
        if _is_too_long((section.title, section.stem)):
            losses.append(Loss("", section.title[:SHORT], said))
        losses += [
            Loss(row.texts.get("id", ""), title_of(row.texts.get("stem", "")), said)
            for row in rows
            if _is_too_long((*row.texts.values(), *row.options))
        ]
    return losses


def _is_too_long(texts: Sequence[str]) -> bool:
    return any(cell_size(hidden(text)) > LONGEST_CELL for text in texts)


def write_csv(export: Export, language: str) -> bytes:
    """Return the questions as CSV in UTF-8, with the mark by which spreadsheets know it."""
    heads, rows = _table(export, language)
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(heads)
    writer.writerows([hidden(one) for one in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(head: str, text: str) -> Cell:
    if head in FIELDS["points"] and text:
        return Decimal(text)
    return hidden(text)


def _table(export: Export, language: str) -> tuple[list[str], list[list[str]]]:
    most = max([FEWEST_OPTIONS, *(len(row.options) for row in export.rows)])
    place = 0 if language.startswith("zh") else 1
    option = "选项" if place == 0 else "Option "
    heads = [
        *(FIELDS[name][place] for name in BEFORE),
        *(f"{option}{chr(ord('A') + number)}" for number in range(most)),
        *(FIELDS[name][place] for name in BEHIND),
    ]
    rows: list[list[str]] = []
    for number, (section, questions) in enumerate(export.parts, 1):
        parent = _parent(number, export) if section.stem else ""
        if parent:
            rows.append(_material(section, parent, most))
        rows += [_row(section, row, (parent, most)) for row in questions]
    return heads, rows


def _parent(number: int, export: Export) -> str:
    """Return a name for a shared stem that no question has."""
    name, taken = f"m{number}", {row.texts.get("id") for row in export.rows}
    while name in taken:
        name = f"{name}-m"
    return name


def _material(section: Section, name: str, most: int) -> list[str]:
    texts = {"section": section.title, "type": MATERIAL, "stem": section.stem, "id": name}
    return _line(texts, (), most)


def _row(section: Section, row: Row, about: tuple[str, int]) -> list[str]:
    parent, most = about
    texts = {**row.texts, "section": section.title, "parent": parent}
    return _line(texts, row.options, most)


def _line(texts: dict[str, str], options: Sequence[str], most: int) -> list[str]:
    return [
        *(texts.get(name, "") for name in BEFORE),
        *options,
        *[""] * (most - len(options)),
        *(texts.get(name, "") for name in BEHIND),
    ]


CELL_FULL = marked(
    "A cell of Excel holds 32,767 characters: the rest is left out there. Word, CSV and plain text hold all."
)
