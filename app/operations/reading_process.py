"""Read a large file in a process of its own, so that it holds up nobody, and cannot grow without bounds.

The process (``python -m app.operations.reading_process FOLDER``) finds the upload and a request in the
folder of an import, and leaves there what it read, and an answer.
"""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

from app.content.parse import Kind, parse_text
from app.domain.errors import BadTable
from app.domain.quiz import Quiz
from app.domain.words import Sentence, marked
from app.operations.import_files import UPLOAD, write_result
from app.operations.import_reading import Course, counted, read_file

REQUEST, ANSWER = "request.json", "answer.json"
#: less than the lease of a job
SECONDS = 50.0
MEMORY = 2 * 1024 * 1024 * 1024
#: whoever waits for a page comes first
NICENESS = 5


def read_apart(folder: Path, request: dict[str, Any], seconds: float = SECONDS) -> dict[str, int]:
    """Read the upload in a folder in another process; return what is told of it at one glance.

    :param request: name, wanted (a quiz's title, language, use and module), objectives, and the text of
        the quiz that the questions are added to, if they are.
    :raises BadTable: it cannot be read, or takes too much time or memory.
    """
    (folder / REQUEST).write_text(json.dumps(request), encoding="utf-8")
    command = [sys.executable, "-m", "app.operations.reading_process", str(folder)]
    try:
        subprocess.run(command, timeout=seconds, check=True, stdin=subprocess.DEVNULL, capture_output=True)
        answer: dict[str, Any] = json.loads((folder / ANSWER).read_bytes())
    except (subprocess.SubprocessError, OSError, ValueError) as fault:
        raise BadTable(Sentence(UNREADABLE)) from fault
    if "refusal" in answer:
        raise BadTable(Sentence(*answer["refusal"]))
    counts: dict[str, int] = answer["counts"]
    return counts


def serve(folder: Path) -> None:
    """Answer the request of a folder. Runs in the process of its own."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    os.nice(NICENESS)
    request = json.loads((folder / REQUEST).read_bytes())
    try:
        answer: dict[str, Any] = {"counts": _read(folder, request)}
    except BadTable as refusal:
        answer = {"refusal": [refusal.sentence.text, dict(refusal.sentence.values)]}
    (folder / ANSWER).write_text(json.dumps(answer), encoding="utf-8")


def _read(folder: Path, request: dict[str, Any]) -> dict[str, int]:
    about = Quiz(**request["wanted"])
    text = request["text"]
    known = parse_text(text, Kind.QUIZ).document if text else None
    items = tuple(known.items) if isinstance(known, Quiz) else ()
    course = Course(about.language, frozenset(request["objectives"]), items, is_added=bool(text))
    data = (folder / UPLOAD).read_bytes()
    result, reading, pictures = read_file(data, request["name"], course, about)
    write_result(folder, result, pictures.kept)
    return dict(counted(reading, len(result.texts)))


UNREADABLE = marked("This file could not be read. Open it, save it again, and send that.")

if __name__ == "__main__":
    serve(Path(sys.argv[1]))
