"""The author's guide in its two languages, and what the tests read of it."""

import re
from collections.abc import Mapping

from app.settings import ROOT

GUIDES: Mapping[str, str] = {
    name: (ROOT / "docs" / name).read_text(encoding="utf-8")
    for name in ("authors-guide.md", "authors-guide.zh.md")
}
BLOCK = re.compile(r"^```([a-z]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#{1,6}) (.+)$", re.MULTILINE)
_CODE = re.compile(r"`([a-z0-9-]+)`")


def blocks(guide: str) -> list[tuple[str, str]]:
    """Return the blocks between fences, each with its language."""
    return BLOCK.findall(guide)


def headings(guide: str) -> list[tuple[int, str]]:
    """Return the headings outside the blocks, each with its level."""
    return [(len(marks), title) for marks, title in _HEADING.findall(BLOCK.sub("", guide))]


def explained_codes(guide: str) -> list[str]:
    """Return the codes of the check that the last section explains, in its order."""
    table = guide[guide.index("\n## 7. ") :]
    rows = [row.split("|")[1] for row in table.splitlines() if row.startswith("| `")]
    return [code for row in rows for code in _CODE.findall(row)]
