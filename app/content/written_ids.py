"""Write down the ids of parts that have none, and leave everything else in a text as it is."""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from app.content.headings import LABEL
from app.content.parse import Document, Parsed, parse_text
from app.content.tokens import split_block
from app.content.writer import format_document

_ID = re.compile(r"#([a-z0-9][a-z0-9.-]*)")


def ids_in(text: str) -> set[str]:
    """Return the ids that a text writes or names.

    >>> sorted(ids_in("## 问 {#q1 2分}\\n- ( ) 甲 -> #end"))
    ['end', 'q1']
    """
    return set(_ID.findall(text))


def with_ids(text: str, parsed: Parsed, used: frozenset[str]) -> str:
    """Return a sound text in which every part says its id.

    Only the headings change; where that is not enough the text is written in canonical form.

    :param used: ids that other parts of this text had before: none of them is given again.
    """
    assert parsed.document is not None
    if not parsed.unwritten:
        return text
    names = _names(text, parsed, used)
    document = _renamed(parsed.document, names)
    made = _insert(text, {parsed.lines[old]: new for old, new in names.items()})
    again = parse_text(made, parsed.kind, parsed.path)
    return made if again.document == document and not again.unwritten else format_document(document)


def _names(text: str, parsed: Parsed, used: frozenset[str]) -> Mapping[str, str]:
    """Return a new id for each that was given by place; one that the text itself names stays."""
    named = ids_in(text)
    taken = named | used | (set(parsed.lines) - parsed.unwritten)
    found: dict[str, str] = {}
    for old in sorted(parsed.unwritten, key=parsed.lines.__getitem__):
        new = old if old in named else _free(old, taken)
        taken.add(new)
        found[old] = new
    return found


def _free(old: str, taken: set[str]) -> str:
    prefix, number = old.rstrip("0123456789"), 1
    while f"{prefix}{number}" in taken:
        number += 1
    return f"{prefix}{number}"


def _insert(text: str, ids: Mapping[int, str]) -> str:
    lines = text.split("\n")
    for number, name in ids.items():
        lines[number - 1] = _with_id(lines[number - 1], name)
    return "\n".join(lines)


def _with_id(line: str, name: str) -> str:
    if label := LABEL.match(line):
        rest = line[label.end() :]
        return f"## {label[1]} {{#{name}}}" + (f"\n{rest}" if rest else "")
    plain = line.rstrip()
    inside = split_block(plain)[1]
    if inside is None:
        return f"{plain} {{#{name}}}"
    opening = len(plain) - len(inside) - 1
    return f"{plain[:opening]}#{name} {plain[opening:]}"


def _renamed(document: Document, names: Mapping[str, str]) -> Document:
    """Return the document with other ids, also where they are named."""
    renamed = _change(document, names)
    assert isinstance(renamed, type(document))
    return renamed


def _change(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, tuple):
        return tuple(_change(one, names) for one in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {spec.name: _change(getattr(value, spec.name), names) for spec in fields(value)}
    if "id" in changed:
        changed["id"] = names.get(changed["id"], changed["id"])
    return replace(value, **changed)
