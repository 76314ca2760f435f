"""Pictures in a text: their addresses and alternative texts, found in linear time."""

import re
from collections.abc import Iterator, Mapping, Sequence

from app.content.fences import outside_fences
from app.content.scanner import Line
from app.content.sheet import Picture, Sheet

#: an address behind what opens it: ``](…``, ``]: …``
_ADDRESS = re.compile(r"(\](?:\(|:)\s*<?(?:\./)?(?:media/)?)([^\s<>()?#]+)")


def find_pictures(lines: Sequence[Line]) -> Iterator[Picture]:
    """Yield the pictures of the lines outside fences, those by reference and HTML ones too."""
    references = dict(_references(lines))
    for line in lines:
        if line.is_fenced:
            continue
        yield from _inline(line, references)
        yield from _html(line)


def check_pictures(lines: Sequence[Line], sheet: Sheet) -> list[Picture]:
    """Refuse pictures with an outside address, warn of those without alternative text."""
    pictures = list(find_pictures(lines))
    for picture in pictures:
        if picture.is_outside:
            message = f"the picture {picture.address[:60]} has an outside address"
            sheet.error(picture.line, "outside-picture", message, "put it into media/")
        elif not picture.alt.strip():
            message = "a picture has no alternative text"
            sheet.warn(picture.line, "no-alt", message, "write what it shows: ![…](media/…)")
    return pictures


def rename_pictures(text: str, names: Mapping[str, str]) -> str:
    """Give pictures, and links to them, other names; fenced code stays.

    >>> rename_pictures("![图](media/a.png) ![](b.png)\\n[x]: ./media/a.png", {"a.png": "c.png"})
    '![图](media/c.png) ![](b.png)\\n[x]: ./media/c.png'
    """

    def renamed(found: re.Match[str]) -> str:
        return found[1] + names.get(found[2], found[2])

    return outside_fences(text, lambda line: _ADDRESS.sub(renamed, line)) if names else text


def _inline(line: Line, references: dict[str, str]) -> Iterator[Picture]:
    text = line.text
    start = text.find("![")
    while start >= 0:
        close = text.find("]", start)
        if close < 0:
            return
        alt = text[start + 2 : close]
        address = _address(text, close, alt, references)
        if address:
            yield Picture(line.number, alt, address)
        start = text.find("![", close)


def _address(text: str, close: int, alt: str, references: dict[str, str]) -> str:
    opener = text[close + 1 : close + 2]
    if opener == "(":
        end = text.find(")", close)
        inside = text[close + 2 : end if end >= 0 else len(text)].strip()
        return inside.split(maxsplit=1)[0].strip("<>") if inside else ""
    if opener == "[":
        end = text.find("]", close + 1)
        return references.get((text[close + 2 : end] or alt).lower(), "")
    return references.get(alt.lower(), "")


def _references(lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    for line in lines:
        text = line.text.strip()
        name, colon, address = text.partition("]:")
        if colon and name.startswith("[") and not line.is_fenced and address.strip():
            yield name[1:].lower(), address.split()[0].strip("<>")


def _html(line: Line) -> Iterator[Picture]:
    lowered = line.text.lower()
    start = lowered.find("<img")
    while start >= 0:
        end = lowered.find(">", start)
        tag = line.text[start : end if end >= 0 else len(lowered)]
        yield Picture(line.number, _quoted(tag, "alt"), _quoted(tag, "src"))
        start = lowered.find("<img", start + 4) if end >= 0 else -1


def _quoted(tag: str, name: str) -> str:
    position = tag.lower().find(f"{name}=")
    if position < 0:
        return ""
    value = tag[position + len(name) + 1 :]
    return value[1:].partition(value[0])[0] if value[:1] in ("'", '"') else value.partition(" ")[0]
