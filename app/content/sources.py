"""The files of the library: which texts and media there are, and where each belongs."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.content.front_matter import peek_format
from app.content.parse import Parsed, language_of, parse_bytes
from app.content.vocabulary import Kind

_FOLDERS = {"cases": Kind.CASE, "quizzes": Kind.QUIZ}
MEDIA = "media"
#: names of files in a course's folder that are no case and no quiz
OTHER_FILES = frozenset({"readme", "syllabus"})


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """One text file: its kind, the course it belongs to, its slug and language.

    A translation has the slug of its original; ``course`` is empty outside a course's folder.
    """

    path: Path
    kind: Kind
    course: str
    slug: str
    language: str
    is_translation: bool

    @property
    def name(self) -> tuple[str, Kind, str]:
        """What original and translations share."""
        return self.course, self.kind, self.slug

    @property
    def shelf(self) -> tuple[Path, str]:
        """The course's library and name, or the folder of a text outside any course."""
        folder = self.path.resolve().parent
        return (folder.parent.parent, self.course) if self.course else (folder, "")


def find_sources(paths: Iterable[Path]) -> list[Source]:
    """Return the texts at or under these paths, each once, in a stable order."""
    found = (source_of(path) for path in find_files(paths))
    return sorted(source for source in found if source is not None)


def find_files(paths: Iterable[Path]) -> list[Path]:
    """Return the Markdown files at or under these paths: no hidden ones, no README, no media.

    :raises FileNotFoundError: a path does not exist.
    """
    files: dict[Path, Path] = {}
    for path in paths:
        if not path.exists():
            raise FileNotFoundError(path)
        for file in [path] if path.is_file() else _texts_below(path):
            files.setdefault(file.resolve(), file)
    return sorted(files.values())


def files_below(folder: Path, is_shut: Callable[[Path], bool] = lambda _: False) -> Iterator[Path]:
    """Return the files at any depth below a folder, also behind links; none in what is shut."""
    for path in sorted(folder.iterdir()):
        if is_shut(path):
            continue
        if path.is_dir():
            yield from files_below(path, is_shut)
        elif path.is_file():
            yield path


def _texts_below(folder: Path) -> Iterator[Path]:
    files = files_below(folder, lambda path: path.name.startswith(".") or path.name == MEDIA)
    return (path for path in files if path.suffix == ".md" and path.stem.upper() != "README")


def source_of(path: Path) -> Source | None:
    """Tell what a file is; None where neither its name, its folder nor its front matter says so."""
    kind = kind_of(path)
    if kind is None:
        return None
    language = language_of(path.name)
    return Source(
        path=path,
        kind=kind,
        course=course_of(path),
        slug=path.name.partition(".")[0],
        language=language or "zh",
        is_translation=language is not None,
    )


def kind_of(path: Path) -> Kind | None:
    """Tell the kind by name, else by the nearest folder, else by ``format:``."""
    if path.name.partition(".")[0] == "syllabus":
        return Kind.SYLLABUS
    for folder in path.resolve().parents:
        if folder.name in _FOLDERS:
            return _FOLDERS[folder.name]
    return peek_format(path.read_bytes())


def course_of(path: Path) -> str:
    """Return the folder between ``cases`` or ``quizzes`` and the file, empty where there is none."""
    folder = path.resolve().parent
    return folder.name if folder.parent.name in _FOLDERS else ""


def media_of(source: Source) -> Path:
    """Return the media folder of the file's course: ``cases/<course>/media``."""
    folder = source.path.resolve().parent
    if source.course:
        return folder.parent.parent / "cases" / source.course / MEDIA
    return folder / MEDIA


def find_media(source: Source) -> list[Path]:
    """Return the media files of the file's course."""
    folder = media_of(source)
    return sorted(files_below(folder)) if folder.is_dir() else []


def neighbours_of(source: Source) -> list[Source]:
    """Return the texts of the source's course; none for a text outside any."""
    library, course = source.shelf
    folders = (library / name / course for name in _FOLDERS) if course else ()
    return find_sources(folder for folder in folders if folder.is_dir())


def read_source(source: Source) -> Parsed:
    """Parse the file of a source."""
    return parse_bytes(source.path.read_bytes(), source.kind, str(source.path))
