"""Read a roster (名单) from XLSX or CSV: columns by their heads, numbers of students as text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.errors import BadTable
from app.domain.roster import RosterRow
from app.domain.words import Sentence, marked
from app.interchange.table_file import Line, TableFile, read_table

#: what a column may be called, folded and without blanks
HEADS: Mapping[str, str] = {
    head: column
    for column, heads in {
        "login": (
            "学号",
            "账号",
            "帐号",
            "考号",
            "登录名",
            "studentnumber",
            "studentno",
            "studentid",
            "login",
        ),
        "name": ("姓名", "名字", "学生姓名", "name", "fullname"),
        "class_name": ("班级", "班别", "行政班", "行政班级", "class", "classname"),
        "cohort": ("教学班", "教学班级", "分组", "cohort", "group"),
    }.items()
    for head in heads
}
NEEDED = ("login", "name")
#: rows in which the heads are looked for: titles stand above them
HEADS_WITHIN = 10
MOST_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Roster:
    """The rows of a roster, and the heads of its columns that were not used."""

    rows: Sequence[RosterRow]
    unused: Sequence[str]


def read_roster(data: bytes) -> Roster:
    """Read a roster; empty rows are passed over.

    :raises BadTable: the file is no table, has no heads that name number and name, or too many rows.
    """
    table = read_table(data)
    head, columns = _find_heads(table)
    used = set(columns.values())
    rows = [_row(line, columns) for line in table.lines if line.number > head.number and any(line.cells)]
    if len(rows) > MOST_ROWS:
        raise BadTable(Sentence(TOO_MANY, {"n": len(rows), "most": MOST_ROWS}))
    if not rows:
        raise BadTable(Sentence(NO_ROWS, {"line": head.number}))
    unused = [text for place, text in enumerate(head.cells) if text and place not in used]
    return Roster(rows, unused)


def _find_heads(table: TableFile) -> tuple[Line, dict[str, int]]:
    for line in table.lines[:HEADS_WITHIN]:
        found: dict[str, int] = {}
        for place, text in enumerate(line.cells):
            column = HEADS.get("".join(text.casefold().split()))
            if column is not None:
                if column in found:
                    raise BadTable(Sentence(TWO_COLUMNS, {"head": text, "line": line.number}))
                found[column] = place
        if all(column in found for column in NEEDED):
            return line, found
    raise BadTable(Sentence(NO_HEADS, {"within": HEADS_WITHIN}))


def _row(line: Line, columns: Mapping[str, int]) -> RosterRow:
    def cell(column: str) -> str:
        place = columns.get(column, len(line.cells))
        return " ".join(line.cells[place].split()) if place < len(line.cells) else ""

    formulas = [column for column, place in columns.items() if place in line.formulas]
    return RosterRow(
        line=line.number,
        login=cell("login"),
        name=cell("name"),
        class_name=cell("class_name"),
        cohort=cell("cohort"),
        fault=Sentence(FORMULA, {"cell": cell(formulas[0])}) if formulas else None,
    )


NO_HEADS = marked(
    "No row among the first %(within)s names the columns. Write the heads 学号 and 姓名 above them, or"
    " Student number and Name."
)
TWO_COLUMNS = marked('Line %(line)s has two columns for the same: see "%(head)s". Take one away.')
NO_ROWS = marked("Below the heads in line %(line)s there is nobody.")
TOO_MANY = marked("These are %(n)s rows; %(most)s at most in one file. Divide it.")
FORMULA = marked('A formula stands here ("%(cell)s"). Write the value itself.')
