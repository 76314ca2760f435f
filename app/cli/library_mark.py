"""Whether the folders of texts were loaded as they are: a second start then loads nothing again."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.content.render import RENDERER_VERSION
from app.content.sources import files_below, find_sources, media_of
from app.models import Document
from app.settings import ROOT

FILE = "loaded.mark"
#: code that decides what a text becomes, and what of it is written
CODE = (ROOT / "app", ROOT / "constraints.txt")


def files_mark(folders: Sequence[Path]) -> str:
    """Return what is another one after any change of the files, or of the code that reads them.

    To be asked before they are loaded: what changes meanwhile is not loaded. The courses by their content,
    the code by sizes and times.
    """
    digest = sha256(f"{RENDERER_VERSION}".encode())
    for path in sorted(_files([*folders, *_media_elsewhere(folders)])):
        digest.update(f"{path}\0".encode() + sha256(path.read_bytes()).digest())
    for path in sorted(_files(CODE)):
        state = path.stat()
        digest.update(f"{path}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def mark_of(session: Session, files: str) -> str:
    """Return what is another one after any change of the files, or of what each document stands at."""
    digest = sha256(files.encode())
    stands = select(Document.id, Document.head_revision_id, Document.loaded_hash, Document.retired_at)
    for row in session.execute(stands.order_by(Document.id)):
        digest.update(f"{tuple(row)}\n".encode())
    return digest.hexdigest()


def is_marked(instance: Path, mark: str) -> bool:
    """Whether the last load of an instance left everything as it is now."""
    path = instance / FILE
    return path.is_file() and path.read_text(encoding="ascii", errors="replace") == mark


def leave_mark(instance: Path, mark: str) -> None:
    """Write down that everything is loaded as it is."""
    (instance / FILE).write_text(mark, encoding="ascii")


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        found = files_below(folder) if folder.is_dir() else [folder]
        yield from (path for path in found if path.is_file() and path.suffix != ".pyc")


def _media_elsewhere(folders: Iterable[Path]) -> set[Path]:
    """Return the folders of pictures that do not lie below: those of a course behind a link."""
    roots = [folder.resolve() for folder in folders]
    found = {media_of(one) for one in find_sources(root for root in roots if root.exists())}
    return {folder for folder in found if not any(folder.is_relative_to(root) for root in roots)}
