"""Read questions from tables: one a row, columns by their heads in any order, XLSX or CSV."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.errors import BadTable
from app.domain.imported import Section
from app.domain.words import Sentence, marked
from app.interchange.finishing import hide_answer
from app.interchange.plain_text import MOST_QUESTIONS, TOO_MANY
from app.interchange.question_cells import shown
from app.interchange.questions import HEADS, Question, Sheet, fold
from app.interchange.table_file import Line, TableFile, read_tables
from app.interchange.type_words import MATERIAL, find_type, plain

#: rows in which the heads are looked for: titles stand above them
HEADS_WITHIN = 10
_OPTION = re.compile(r"(?:选项|备选答案|备选项|option|答案选项)?([a-z])")
_COUNTED = re.compile(r"(?:选项|备选答案|备选项|option)([0-9]{1,2}|[一二三四五六七八九])")
_NUMERALS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the fields and the options stand: places of cells."""

    fields: Mapping[str, int]
    options: Sequence[int]

    @property
    def used(self) -> set[int]:
        """The places that are read."""
        return {*self.fields.values(), *self.options}


def read_questions(data: bytes) -> Sheet:
    """Read questions from every sheet of a workbook that has heads, or from a CSV file.

    :raises BadTable: it is none of these, is broken, has no heads, no questions, or too many.
    """
    sheet = Sheet()
    tables = read_tables(data)
    found = [(table, heads) for table in tables if (heads := _find_heads(table))]
    if not any(table.lines for table in tables):
        raise BadTable(Sentence(NO_CONTENT))
    if not found:
        raise BadTable(Sentence(NO_HEADS, {"within": HEADS_WITHIN}))
    for table, (head, columns) in found:
        _read_table(table, head, (columns, len(found) > 1), sheet)
    if not sheet.questions:
        raise BadTable(Sentence(NO_ROWS))
    if len(sheet.questions) > MOST_QUESTIONS:
        raise BadTable(Sentence(TOO_MANY, {"n": len(sheet.questions), "most": MOST_QUESTIONS}))
    return sheet


def has_heads(data: bytes) -> bool:
    """Whether a text is a table of questions: a line among the first names the columns."""
    try:
        return any(_find_heads(table) for table in read_tables(data))
    except BadTable:
        return False


def _read_table(table: TableFile, head: Line, ways: tuple[Columns, bool], sheet: Sheet) -> None:
    columns, is_named = ways
    unused = [text for place, text in enumerate(head.cells) if text and place not in columns.used]
    if unused:
        sheet.note(head.number, Sentence(UNUSED, {"names": "、".join(unused)[:200]}))
    kind = table.name if "type" not in columns.fields and find_type(table.name) else ""
    questions = [_row(line, columns, kind) for line in table.lines if line.number > head.number]
    for question in questions:
        question.place = table.name if is_named else ""
    sheet.questions += _in_materials(questions)


def _find_heads(table: TableFile) -> tuple[Line, Columns] | None:
    for line in table.lines[:HEADS_WITHIN]:
        columns = _columns(line)
        if "stem" in columns.fields and (len(columns.fields) > 1 or columns.options):
            return line, columns
    return None


def _columns(line: Line) -> Columns:
    fields: dict[str, int] = {}
    options: dict[int, int] = {}
    for place, text in enumerate(line.cells):
        word = fold(text)
        key, option = HEADS.get(word), _option_place(word)
        if key == "id" and key in fields and word not in {"编号", "id"}:
            continue
        if key is not None and (key not in fields or key == "id"):
            fields[key] = place
        elif option is not None:
            options.setdefault(option, place)
    return Columns(fields, [options[place] for place in sorted(options)])


def _option_place(word: str) -> int | None:
    if found := _OPTION.fullmatch(word):
        return ord(found[1]) - ord("a")
    if found := _COUNTED.fullmatch(word):
        return int(found[1]) if found[1].isdecimal() else _NUMERALS.index(found[1])
    return None


def _row(line: Line, columns: Columns, kind: str) -> Question:
    def cell(place: int) -> str:
        return shown(line.cells[place]) if place < len(line.cells) else ""

    texts = {name: cell(place) for name, place in columns.fields.items()}
    if kind:
        texts["type"] = kind
    options = [cell(place) for place in columns.options]
    while options and not options[-1]:
        options.pop()
    question = Question(
        line=line.number,
        texts=texts,
        options=options,
        fault=_fault(line, columns),
        section=Section(texts.get("section", "")),
    )
    if question["answer"]:
        lines = question["stem"].split("\n")
        question.texts["stem"] = "\n".join(hide_answer(question, one) for one in lines)
    return question


def _fault(line: Line, columns: Columns) -> Sentence | None:
    formulas = sorted(columns.used & line.formulas)
    if formulas:
        return Sentence(FORMULA, {"cell": line.cells[formulas[0]][:40]})
    full = sorted(columns.used & line.full)
    return Sentence(FULL, {"cell": line.cells[full[0]][:40]}) if full else None


def _in_materials(questions: list[Question]) -> list[Question]:
    """Put the questions that name a material under it; the material is their shared stem, no question."""
    named = {plain(one["parent"]) for one in questions if one["parent"]}
    materials = {
        plain(one["id"]): one
        for one in questions
        if one["id"] and plain(one["id"]) in named and not one["parent"]
    }
    for one in questions:
        parent = materials.get(plain(one["parent"])) if one["parent"] else None
        if parent is not None:
            one.section = Section(parent["section"] or one["section"], parent["stem"])
            one.fault = one.fault or parent.fault
            if not one["type"]:
                one.texts["type"] = MATERIAL
        elif one["parent"]:
            one.fault = Sentence(NO_PARENT, {"parent": one["parent"][:40]})
    return [one for one in questions if plain(one["id"]) not in materials or one["parent"]]


NO_CONTENT = marked("This file is empty.")
NO_HEADS = marked(
    "No row among the first %(within)s names the columns. Write the heads 题型, 题干, 选项A, 选项B … and 答案"
    " above the questions, or begin with the template."
)
NO_ROWS = marked("Below the heads there are no questions.")
UNUSED = marked("Columns without a use here: %(names)s")
FORMULA = marked('A formula stands here ("%(cell)s"). Write the value itself.')
NO_PARENT = marked('There is no row with the number "%(parent)s" to belong to.')
FULL = marked(
    'A cell is full ("%(cell)s…"): 32,767 characters are as many as it can have, and what came after them is'
    " missing. Give this question in Word or as text."
)
