"""Change a text where it is no code."""

from collections.abc import Callable

from app.content.scanner import fence_flags


def outside_fences(text: str, change: Callable[[str], str]) -> str:
    """Change the lines of a text that stand in no fenced code."""
    lines = text.split("\n")
    flags, _ = fence_flags(lines)
    return "\n".join(line if fenced else change(line) for line, fenced in zip(lines, flags, strict=True))
