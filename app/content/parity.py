"""Translations: what must be the same in an original and its translation."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from app.content.diagnostics import Diagnostic
from app.content.findings import Findings
from app.content.parity_parts import Part, parts_of, without_group
from app.content.parse import Parsed

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_CHINESE_NUMERAL = re.compile(r"[〇一二三四五六七八九十百千两半]")


def compare(original: Parsed, translation: Parsed) -> tuple[Diagnostic, ...]:
    """Return where the translation differs from its original; nothing where either is broken."""
    if original.document is None or translation.document is None:
        return ()
    found = Findings(translation.path, translation.lines)
    before = {part.id: part for part in parts_of(original.document)}
    after = {part.id: part for part in parts_of(translation.document)}
    if original.kind is not translation.kind:
        found.error("---", "other-kind", f"the original is a {original.kind}", f"see {original.path}")
        return tuple(found.noted)
    _compare_ids(list(before), list(after), original, found)
    is_whole = not found.noted
    for name in before.keys() & after.keys():
        there, here = (part if is_whole else without_group(part) for part in (before[name], after[name]))
        _compare_part(there, here, original.lines, found)
    return tuple(sorted(found.noted))


def _compare_ids(before: Sequence[str], after: Sequence[str], original: Parsed, found: Findings) -> None:
    for name in [name for name in before if name not in after]:
        message = f"{_said(name)} of the original's line {_line(name, original.lines)} is missing here"
        found.error("---", "translation-lacks", message, "translate it")
    for name in [name for name in after if name not in before]:
        found.error(name, "translation-adds", f"the original has no {_said(name)}", f"see {original.path}")
    common = [name for name in before if name in after]
    present = [name for name in after if name in before]
    moved = next((pair for pair in zip(present, common, strict=True) if pair[0] != pair[1]), None)
    if moved is not None:
        message = f"the original has {_said(moved[1])} here (line {_line(moved[1], original.lines)})"
        found.error(moved[0], "translation-order", message, "keep the order")


def _compare_part(before: Part, after: Part, lines: Mapping[str, int], found: Findings) -> None:
    line = _line(before.id, lines)
    differing = list(_differing(before.facts, after.facts))
    if "number of options" in differing:
        differing = [fact for fact in differing if fact != "key"]
    for fact in differing[:1] if "type" in differing else differing:
        fix = f"{before.facts.get(fact)} there, {after.facts.get(fact)} here"
        found.error(after.id, "translation-differs", f"{fact} differs from the original's line {line}", fix)
    if len(before.options) == len(after.options):
        for number, (there, here) in enumerate(zip(before.options, after.options, strict=True), 1):
            _compare_option((after.id, number), there, here, (lines, before.id, found))
    _compare_numbers(before, after, line, found)


def _compare_option(
    place: tuple[str, int],
    there: Mapping[str, object],
    here: Mapping[str, object],
    context: tuple[Mapping[str, int], str, Findings],
) -> None:
    lines, original_id, found = context
    name = f"{place[0]}/{place[1]}"
    line = lines.get(f"{original_id}/{place[1]}", _line(original_id, lines))
    for fact in _differing(there, here):
        fix = f"{there.get(fact)} there, {here.get(fact)} here"
        found.error(name, "translation-differs", f"{fact} differs from the original's line {line}", fix)


def _differing(there: Mapping[str, object], here: Mapping[str, object]) -> Iterator[str]:
    return (fact for fact in there if there[fact] != here.get(fact))


def _compare_numbers(before: Part, after: Part, line: int, found: Findings) -> None:
    """Warn of numbers in digits that the other wording lacks."""
    there, here = Counter(_NUMBER.findall(before.wording)), Counter(_NUMBER.findall(after.wording))
    lacking = sorted((there - here).keys())
    added = [] if _CHINESE_NUMERAL.search(before.wording) else sorted((here - there).keys())
    if lacking or added:
        numbers = ", ".join([*lacking, *added])
        message = f"numbers differ from the original's line {line}: {numbers}"
        found.warn(after.id, "translation-numbers", message, "check the wording")


def _line(name: str, lines: Mapping[str, int]) -> int:
    return lines.get(name) or lines.get("---", 1)


def _said(name: str) -> str:
    return f"group {name[1:]}" if name.startswith("#") else f"#{name}"
