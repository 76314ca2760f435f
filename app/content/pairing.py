"""Write one more case or quiz below a module of a syllabus; nothing else of its text changes."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.content.parse import Kind, parse_text
from app.content.scanner import Block, split_blocks, split_lines
from app.content.sheet import Sheet
from app.content.vocabulary import MATERIALS
from app.domain.syllabus import Syllabus

#: the keys of material and the words that stand for each, in Chinese and in English
_WORDS = {key: (word, key) for word, key in MATERIALS.items()}
_ANY = re.compile(rf"(?:{'|'.join([*MATERIALS, *MATERIALS.values()])})\s*[:：]")


def with_material(text: str, module: str, key: str, slug: str) -> str | None:
    """Return a syllabus in which a module lists one more; None where that cannot be written.

    :param key: cases, quizzes or readings.
    """
    before = parse_text(text, Kind.SYLLABUS).document
    block = _block_of(text, before, module) if isinstance(before, Syllabus) else None
    if block is None or not isinstance(before, Syllabus):
        return None
    lines = text.split("\n")
    _write(lines, block, (key, slug), before.language)
    changed = "\n".join(lines)
    # proven by reading it again: the module has one more, and all else is as it was
    is_right = parse_text(changed, Kind.SYLLABUS).document == _paired(before, module, key, slug)
    return changed if is_right else None


def _block_of(text: str, syllabus: Syllabus, module: str) -> Block | None:
    lines = split_lines(text, Sheet(""))
    blocks = [block for block in split_blocks(lines, Sheet("")) if block.level] if lines else []
    ids = [one.id for one in syllabus.modules]
    if len(blocks) != len(ids) or module not in ids:
        return None
    return blocks[ids.index(module)]


def _write(lines: list[str], block: Block, pair: tuple[str, str], language: str) -> None:
    key, slug = pair
    own = re.compile(rf"(?:{'|'.join(_WORDS[key])})\s*[:：]")
    texts = [line for line in block.lines if not line.is_fenced]
    found = next((line.number for line in texts if own.match(line.text)), 0)
    if found:
        lines[found - 1] = f"{lines[found - 1].rstrip()}, {slug}"
        return
    last = max([line.number for line in block.lines if line.text.strip()], default=block.line)
    word = _WORDS[key][0 if language.startswith("zh") else 1]
    gap: Sequence[str] = () if _ANY.match(lines[last - 1]) else ("",)
    lines[last:last] = [*gap, f"{word}: {slug}"]


def _paired(syllabus: Syllabus, module: str, key: str, slug: str) -> Syllabus:
    more: dict[str, Any] = {one.id: {key: (*getattr(one, key), slug)} for one in syllabus.modules}
    modules = (replace(one, **more[one.id]) if one.id == module else one for one in syllabus.modules)
    return replace(syllabus, modules=tuple(modules))
