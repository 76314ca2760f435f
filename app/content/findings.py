"""What a check of a sound document finds, by the places of its text."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.content.diagnostics import Diagnostic, Severity


@dataclass(slots=True)
class Findings:
    """Collects diagnostics; a place is an id or another name in ``Parsed.lines``."""

    path: str
    lines: Mapping[str, int]
    noted: list[Diagnostic] = field(default_factory=list)

    def error(self, place: str, code: str, message: str, fix: str = "") -> None:
        """Note an error at a place."""
        self._note(Severity.ERROR, place, (code, message, fix))

    def warn(self, place: str, code: str, message: str, fix: str = "") -> None:
        """Note a warning at a place."""
        self._note(Severity.WARNING, place, (code, message, fix))

    def _note(self, severity: Severity, place: str, said: tuple[str, str, str]) -> None:
        line = self.lines.get(place) or self.lines.get("---", 1)
        self.noted.append(Diagnostic(self.path, line, 1, severity, *said))
