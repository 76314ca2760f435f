"""The sheet being read: what was said about a file so far, and where its parts stand."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from app.content.diagnostics import Diagnostic, Severity
from app.content.hints import naming


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: where it stands, what it shows in words, and its address."""

    line: int
    alt: str
    address: str

    @property
    def is_outside(self) -> bool:
        """Whether the address leaves this site."""
        address = self.address.lower().replace("\\", "/")
        head = address.partition("/")[0]
        return address.startswith("//") or ":" in head


@dataclass(slots=True)
class Sheet:
    """Collects diagnostics, ids and places while one file is read.

    ``places`` maps ids, ``id/n`` (the nth answer line, option or objective), ``key:name`` (front
    matter) and ``#n`` (the nth group) to line numbers. ``wide`` are lines with full-width marks.
    """

    path: str
    language: str = "zh"
    diagnostics: list[Diagnostic] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    wide: list[int] = field(default_factory=list)
    unwritten: set[str] = field(default_factory=set)
    error_count: int = 0
    taken: set[str] = field(default_factory=set)
    #: what later checks must not judge because its text was at fault
    broken: set[str] = field(default_factory=set)
    #: lines whose block cannot be judged: a fence opens there that nothing closes, or a bad heading cut it
    spoilt: set[int] = field(default_factory=set)
    pictures: list[Picture] = field(default_factory=list)

    def error(self, line: int, code: str, message: str, fix: str = "", column: int = 1) -> None:
        """Note a fault that refuses the text."""
        self.error_count += 1
        self.diagnostics.append(Diagnostic(self.path, line, column, Severity.ERROR, code, message, fix))

    def warn(self, line: int, code: str, message: str, fix: str = "", column: int = 1) -> None:
        """Note what an author should look at."""
        self.diagnostics.append(Diagnostic(self.path, line, column, Severity.WARNING, code, message, fix))

    def claim(self, name: str, line: int) -> None:
        """Take a written id; the second one of the same name is an error."""
        if name in self.taken:
            self.broken.add("sections")
            message = f"#{name} already stands in line {self.places.get(name, 1)}"
            self.error(line, "duplicate-id", message, naming(f"#{name}", "ids are unique in a file"))
            return
        self.taken.add(name)
        self.places[name] = line

    def name(self, prefix: str, line: int) -> str:
        """Give the first free id of this prefix; all written ids were claimed before."""
        number = 1
        while f"{prefix}{number}" in self.taken:
            number += 1
        name = f"{prefix}{number}"
        self.taken.add(name)
        self.unwritten.add(name)
        self.places[name] = line
        return name

    @contextmanager
    def watch(self) -> Iterator["Watch"]:
        """Tell afterwards, and meanwhile, whether an error was noted since."""
        yield Watch(self, self.error_count)


@dataclass(frozen=True, slots=True)
class Watch:
    """Whether something broke since the watch began; followers of a fault are then kept back."""

    sheet: Sheet
    before: int

    @property
    def is_broken(self) -> bool:
        """Whether an error was noted since."""
        return self.sheet.error_count > self.before
