"""What the reader of a text has to say about it, and where."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How grave a diagnostic is: an error refuses the text, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, order=True, slots=True)
class Diagnostic:
    """One thing said about one line. ``code`` is stable; ``fix`` says what to write instead."""

    path: str
    line: int
    column: int
    severity: Severity
    code: str
    message: str
    fix: str = ""

    def render(self) -> str:
        """Say it on one line: ``path:line:col: error CODE message (fix)``."""
        place = f"{self.path}:{self.line}:{self.column}"
        fix = f" ({self.fix})" if self.fix else ""
        return f"{place}: {self.severity} {self.code} {self.message}{fix}"

    @property
    def is_error(self) -> bool:
        """Whether this refuses the text."""
        return self.severity is Severity.ERROR


def count_of(number: int, noun: str) -> str:
    """Say how many there are.

    >>> count_of(1, "file"), count_of(2, "file")
    ('1 file', '2 files')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def summarise(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Keep every error, and of the warnings one a file and code that says how many there are."""
    kept: dict[tuple[str, str], Diagnostic] = {}
    lines: dict[tuple[str, str], list[int]] = {}
    errors: list[Diagnostic] = []
    for diagnostic in sorted(diagnostics):
        if diagnostic.is_error:
            errors.append(diagnostic)
            continue
        key = (diagnostic.path, diagnostic.code)
        kept.setdefault(key, diagnostic)
        lines.setdefault(key, []).append(diagnostic.line)
    return sorted(errors + [_counted(kept[key], lines[key]) for key in kept])


def _counted(first: Diagnostic, lines: list[int]) -> Diagnostic:
    if len(lines) == 1:
        return first
    others = ", ".join(str(line) for line in lines[1:6]) + (" …" if len(lines) > 6 else "")
    word = "line" if len(lines) == 2 else "lines"
    message = f"{first.message}; {len(lines)} places in all, also on {word} {others}"
    return Diagnostic(first.path, first.line, first.column, first.severity, first.code, message, first.fix)
