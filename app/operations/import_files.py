"""Where a file that is being taken in lies, beside the database: as it was sent, as it was read."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import NamedTemporaryFile
from typing import Any

from app.domain.errors import NotFound

FOLDER = "imports"
UPLOAD = "upload"
TOLD, PICTURES, TEXT = "told.json", "pictures.json", "text-"


@dataclass(frozen=True, slots=True)
class Line:
    """What is told of a question, or of something that is lost: sentences with their values."""

    line: int
    place: str
    title: str
    verdict: str
    said: Sequence[tuple[str, Mapping[str, Any]]]
    #: the one that the question's author gave it, 0 where there is none
    number: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """A file as it was read: the texts of the quizzes that it makes, what is told, pictures by name."""

    texts: Sequence[str]
    lines: Sequence[Line]
    notes: Sequence[Line]
    #: name -> media type
    pictures: Mapping[str, str]


def folder_of(instance: Path, public_id: str) -> Path:
    """Return the folder of an import.

    :raises ValueError: this is no public id.
    """
    if not public_id.isalnum():
        raise ValueError(public_id)
    return instance / FOLDER / public_id


def write_upload(instance: Path, public_id: str, data: bytes) -> None:
    """Keep what was sent."""
    _write(folder_of(instance, public_id) / UPLOAD, data)


def write_result(folder: Path, result: Result, pictures: Mapping[str, bytes]) -> None:
    """Keep what was read in the folder of an import: what is told apart from each text, pictures first."""
    for name, data in pictures.items():
        _write(folder / name, data)
    for part, text in enumerate(result.texts):
        _write(folder / f"{TEXT}{part}", text.encode())
    _write(folder / PICTURES, json.dumps(dict(result.pictures)).encode())
    told = {
        "parts": len(result.texts),
        "lines": [_packed(line) for line in result.lines],
        "notes": [_packed(line) for line in result.notes],
    }
    _write(folder / TOLD, json.dumps(told, ensure_ascii=False).encode())


def read_result(instance: Path, public_id: str) -> Result:
    """Return what was read.

    :raises NotFound: it is not there any more, as after a backup was restored.
    """
    told = json.loads(_read(instance, public_id, TOLD))
    return Result(
        [read_text(instance, public_id, part) for part in range(told["parts"])],
        [_unpacked(line) for line in told["lines"]],
        [_unpacked(line) for line in told["notes"]],
        read_pictures(instance, public_id),
    )


def read_text(instance: Path, public_id: str, part: int) -> str:
    """Return one of the texts.

    :raises NotFound: it is not there any more.
    """
    return _read(instance, public_id, f"{TEXT}{part}").decode()


def read_pictures(instance: Path, public_id: str) -> dict[str, str]:
    """Return the media types of the pictures by name.

    :raises NotFound: they are not there any more.
    """
    pictures: dict[str, str] = json.loads(_read(instance, public_id, PICTURES))
    return pictures


def _read(instance: Path, public_id: str, name: str) -> bytes:
    try:
        return (folder_of(instance, public_id) / name).read_bytes()
    except FileNotFoundError:
        raise NotFound(public_id) from None


def picture_path(instance: Path, public_id: str, name: str) -> Path:
    """Return where a picture lies; ``name`` is one that the result names."""
    return folder_of(instance, public_id) / name


def remove_files(instance: Path, public_id: str) -> None:
    """Remove everything that lies there of an import."""
    rmtree(folder_of(instance, public_id), ignore_errors=True)


def _packed(line: Line) -> list[Any]:
    said = [[text, dict(values)] for text, values in line.said]
    return [line.line, line.place, line.title, line.verdict, said, line.number]


def _unpacked(packed: list[Any]) -> Line:
    line, place, title, verdict, said, *number = packed
    return Line(line, place, title, verdict, [(text, values) for text, values in said], *number)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=False) as file:
        file.write(data)
    os.replace(file.name, path)
