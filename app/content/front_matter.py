"""Front matter: ``key: value`` lines between two ``---`` lines."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.content.hints import Hint, naming
from app.content.marks import narrow
from app.content.scanner import Line
from app.content.sheet import Sheet
from app.content.values import (
    BadValue,
    Reader,
    read_dimensions,
    read_from,
    read_hours,
    read_id,
    read_language,
    read_list,
    read_minutes,
    read_multiple,
    read_objectives,
    read_percent,
    read_syntax,
    read_text,
    read_yes,
)
from app.content.vocabulary import (
    CASE_KINDS,
    DIFFICULTIES,
    FRONT_KEYS,
    ORDERINGS,
    USES,
    Kind,
    key_of,
    nearest_key,
)

COMMON_READERS: Mapping[str, Reader] = {
    "title": read_text,
    "language": read_language,
    "syntax": read_syntax,
    "format": str,
    "source": read_text,
    "use": read_from(USES),
}
READERS: Mapping[Kind, Mapping[str, Reader]] = {
    Kind.QUIZ: {
        "minutes": read_minutes,
        "pass": read_percent,
        "module": read_id,
        "objectives": read_objectives,
        "topic": read_list,
        "difficulty": read_from(DIFFICULTIES),
        "shuffle": read_yes,
        "multiple": read_multiple,
        "ordering": read_from(ORDERINGS),
    },
    Kind.CASE: {
        "kind": read_from(CASE_KINDS),
        "minutes": read_minutes,
        "module": read_id,
        "objectives": read_objectives,
        "dimensions": read_dimensions,
        "quiz": read_id,
    },
    Kind.SYLLABUS: {
        "hours": read_hours,
        "code": read_text,
        "credits": read_text,
        "type": read_text,
        "prerequisites": read_list,
        "department": read_text,
        "term": read_text,
        "audience": read_text,
        "assessment": read_text,
        "pass": read_percent,
        "public": read_yes,
    },
}
#: no front matter has more lines before its title
MOST_KEYS = 40
REQUIRED: Mapping[Kind, tuple[str, ...]] = {
    Kind.QUIZ: ("title",),
    Kind.CASE: ("title",),
    Kind.SYLLABUS: ("title", "hours"),
}


def split_front_matter(lines: Sequence[Line], sheet: Sheet) -> tuple[list[Line] | None, list[Line]]:
    """Cut the front matter off; None where it is missing or unclosed. The rest is the body."""
    first = next((i for i, line in enumerate(lines) if line.text), 0)
    if not lines or not _is_rule(lines[first]):
        message = "the file does not begin with front matter"
        sheet.error(1, "no-front-matter", message, "begin with --- and title: … and ---")
        return None, list(lines)
    sheet.places["---"] = lines[first].number
    if lines[first].text != "---":
        sheet.wide.append(lines[first].number)
    for index in range(first + 1, len(lines)):
        if _is_rule(lines[index]):
            return list(lines[first + 1 : index]), list(lines[index + 1 :])
        if lines[index].text.startswith(("# ", "## ")):
            break
    message = "the front matter is never closed"
    sheet.error(lines[first].number, "unclosed-front-matter", message, "close it with ---")
    return None, list(lines[index:] if len(lines) > first + 1 else [])


def _is_rule(line: Line) -> bool:
    plain = narrow(line.text)
    return len(plain) >= 3 and not plain.strip("-") and not line.is_fenced


def written_title(text: str) -> str:
    """Return the title that a text gives itself, whatever else is wrong with it; empty where it has none.

    >>> written_title("---\\ntitle: Doors\\n---\\n"), written_title("title: Doors")
    ('Doors', '')
    """
    lines = [line.strip() for line in text.lstrip("\ufeff\r\n ").split("\n", MOST_KEYS)[:MOST_KEYS]]
    if not _is_rule(Line(1, lines[0])):
        return ""
    for line in lines[1:]:
        if _is_rule(Line(1, line)):
            break
        position = max(narrow(line).find(":"), 0)
        if key_of(line[:position].strip(), FRONT_KEYS[Kind.QUIZ]) == "title":
            return line[position + 1 :].strip()
    return ""


def read_front_matter(lines: Sequence[Line], kind: Kind, sheet: Sheet) -> dict[str, Any]:
    """Read the values by the names of the document's fields."""
    written: set[str] = set()
    values: dict[str, Any] = {}
    for line in lines:
        if line.text:
            _read_line(line, kind, (written, values), sheet)
    for key in REQUIRED[kind]:
        if key not in written:
            fix = f"write {key}: … ({FRONT_KEYS[kind][key]})"
            sheet.error(sheet.places["---"], f"no-{key}", f"the front matter has no {key}", fix)
    if "pass" in values:
        values["pass_mark"] = values.pop("pass")
    return values


def _read_line(line: Line, kind: Kind, found: tuple[set[str], dict[str, Any]], sheet: Sheet) -> None:
    written, values = found
    plain = narrow(line.text)
    position = plain.find(":")
    if position < 0:
        sheet.broken.add("dimensions")
        message = "a line of the front matter is no “key: value”"
        sheet.error(line.number, "bad-line", message, naming(line.text, ""))
        return
    name, value = line.text[:position].strip(), line.text[position + 1 :].strip()
    key = key_of(name, FRONT_KEYS[kind])
    if key is None:
        sheet.broken.add("dimensions")
        fix = nearest_key(name, FRONT_KEYS[kind])
        sheet.error(line.number, "unknown-key", f"{name} is no key of a {kind}", fix)
        return
    if key in written:
        sheet.error(
            line.number, "repeated-key", f"{name} stands before in the front matter", naming(name, "")
        )
        return
    written.add(key)
    sheet.places[f"key:{key}"] = line.number
    if line.text[position] != ":":
        sheet.wide.append(line.number)
    _read_value(line.number, (kind, key), value, values, sheet)


def _read_value(line: int, where: tuple[Kind, str], value: str, values: dict[str, Any], sheet: Sheet) -> None:
    kind, key = where
    reader = COMMON_READERS.get(key) or READERS[kind][key]
    try:
        values[key] = reader(value)
        _check_value(kind, key, values[key])
    except BadValue as bad:
        sheet.broken.add(key)
        sheet.error(line, "bad-value", f"{key}: {bad.message}", naming(value, bad.fix))


def _check_value(kind: Kind, key: str, value: Any) -> None:
    if key == "format" and value != kind:
        fix = Hint(f"write {kind} or leave it out", known=(kind,))
        raise BadValue(f"{value or 'nothing'} is not what this file is", fix)


def peek_format(data: bytes) -> Kind | None:
    """Return the kind that ``format:`` in the front matter names, before the file is read."""
    head = data[:4096].decode("utf-8", "replace").removeprefix("\ufeff").lstrip()
    lines = head.splitlines()
    if not lines or lines[0].rstrip() != "---":
        return None
    for line in lines[1:]:
        name, colon, value = narrow(line).partition(":")
        if colon and name.strip() == "format" and value.strip() in list(Kind):
            return Kind(value.strip())
        if line.rstrip() == "---":
            return None
    return None
