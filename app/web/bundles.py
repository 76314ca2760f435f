"""Static files that are sent as one: ``css/base+layout.css`` is both style sheets, in that order.

On a slow network each file costs a page a round, and 500 people who open a paper at once ask for each of
them. A script comes with all that it imports. Nothing is built beforehand: the files stay as they are.
"""

import posixpath
import re
from collections.abc import Sequence
from pathlib import Path

JOINT = "+"
#: so many files at most make one
MOST = 16
NAME = re.compile(r"[a-z0-9-]+(?:_[a-z0-9-]+)*")
IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.[^"]+)";$', re.MULTILINE)
#: what a module is asked for, by the names that it gives itself
NAMED = re.compile(r"(?:^|,)\s*(\w+)")
EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.MULTILINE)
OTHERWISE = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
#: as with files of their own, a fault in one keeps none of the others from its work
ALONE = """const alone = (act) => {
  try { return act(); } catch (fault) { setTimeout(() => { throw fault; }); }
};"""


class NoBundle(ValueError):
    """These files are not there, or cannot be joined."""


def bundle_name(folder: str, names: Sequence[str], suffix: str) -> str:
    """Return the name under which files of a folder are sent as one."""
    return f"{folder}/{JOINT.join(names)}{suffix}"


def compose_bundle(static: Path, filename: str) -> bytes:
    """Join the files that a name names.

    :raises NoBundle: one is not there or is named twice, or what a script imports cannot be put before it.
    """
    folder, _, joined = filename.rpartition("/")
    stem, suffix = posixpath.splitext(joined)
    names = stem.split(JOINT)
    if len(names) > MOST or len({*names}) < len(names) or not all(NAME.fullmatch(name) for name in names):
        raise NoBundle(filename)
    paths = [f"{folder}/{name}{suffix}" for name in names]
    if suffix == ".js":
        return Scripts(static).join(paths).encode()
    return b"\n".join(_read(static, path) for path in paths)


class Scripts:
    """Modules in an order in which each stands behind those that it imports, each in a scope of its own.

    What the rules above do not know is refused, never sent half understood.
    """

    def __init__(self, static: Path) -> None:
        self._static = static
        self._numbers: dict[str, int] = {}
        self._given: dict[str, list[str]] = {}
        self._texts: list[str] = []

    def join(self, entries: Sequence[str]) -> str:
        """Return one module that does what these do, one after another."""
        for entry in entries:
            self._add(entry, ())
        return "\n".join([ALONE, *self._texts])

    def _add(self, path: str, importers: tuple[str, ...]) -> int:
        """Add a module behind what it imports; return its number."""
        if path in importers:
            raise NoBundle(f"{path} imports itself: {' → '.join(importers)}")
        if path not in self._numbers:
            written = self._write(path, _read(self._static, path).decode(), importers)
            number = self._numbers[path] = len(self._numbers)
            self._texts.append(f"// {path}\nconst module{number} = alone({written});\n")
        return self._numbers[path]

    def _write(self, path: str, text: str, importers: tuple[str, ...]) -> str:
        def taken(found: re.Match[str]) -> str:
            imported = posixpath.normpath(posixpath.join(posixpath.dirname(path), found[2]))
            number = self._add(imported, (*importers, path))
            for name in NAMED.findall(found[1]):
                if name not in self._given[imported]:
                    raise NoBundle(f"{path}: {imported} exports no {name}")
            return f"const {{{found[1].replace(' as ', ': ')}}} = module{number};"

        body = EXPORT.sub("", IMPORT.sub(taken, text))
        given = self._given[path] = EXPORT.findall(text)
        if other := OTHERWISE.search(body):
            raise NoBundle(f"{path}: {other[0]!r} cannot be joined")
        return f"() => {{\n{body}\nreturn {{ {', '.join(given)} }};\n}}"


def _read(static: Path, path: str) -> bytes:
    if any(not NAME.fullmatch(part) for part in posixpath.splitext(path)[0].split("/")):
        raise NoBundle(path)
    try:
        return (static / path).read_bytes()
    except FileNotFoundError:
        raise NoBundle(f"{path} is not there") from None
