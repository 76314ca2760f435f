"""Read a large file in a process of its own, so that it holds up nobody, and cannot grow without bounds.

The process (``python -m app.operations.reading_process FOLDER SECONDS``) finds the upload and a request in
the folder of an import, and leaves there what it read, and an answer.
"""

import json
import os
import resource
import signal
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
#: less than the lease of a job: by the clock, and of the processor
SECONDS, PROCESSOR_SECONDS = 50.0, 45
MEMORY = 2 * 1024 * 1024 * 1024
#: whoever waits for a page comes first
NICENESS = 5


def read_apart(
    folder: Path, request: dict[str, Any], limits: tuple[float, int] = (SECONDS, PROCESSOR_SECONDS)
) -> dict[str, int]:
    """Read the upload in a folder in another process; return what is told of it at one glance.

    :param request: name, wanted (a quiz's title, language, use and module), objectives and pictures of the
        course, and the text of the quiz that the questions are added to, if they are.
    :param limits: how many seconds it may take by the clock, and how many of the processor.
    :raises BadTable: it cannot be read, or takes too much time or memory.
    """
    (folder / REQUEST).write_text(json.dumps(request), encoding="utf-8")
    try:
        _run(folder, limits)
        answer: dict[str, Any] = json.loads((folder / ANSWER).read_bytes())
    except (subprocess.SubprocessError, OSError, ValueError) as fault:
        raise BadTable(Sentence(TOO_SLOW if _is_slow(fault) else UNREADABLE)) from fault
    if "refusal" in answer:
        raise BadTable(Sentence(*answer["refusal"]))
    counts: dict[str, int] = answer["counts"]
    return counts


def _run(folder: Path, limits: tuple[float, int]) -> None:
    seconds, processor = limits
    command = [sys.executable, "-m", "app.operations.reading_process", str(folder), str(processor)]
    subprocess.run(command, timeout=seconds, check=True, stdin=subprocess.DEVNULL, capture_output=True)


def _is_slow(fault: Exception) -> bool:
    """Whether a process took too long, by the clock or of the processor."""
    is_stopped = isinstance(fault, subprocess.CalledProcessError) and fault.returncode == -signal.SIGXCPU
    return is_stopped or isinstance(fault, subprocess.TimeoutExpired)


def serve(folder: Path, processor: int) -> None:
    """Answer the request of a folder in so many seconds of the processor. Runs in a process of its own."""
    resource.setrlimit(resource.RLIMIT_CPU, (processor, processor + 1))
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
    objectives, pictures = frozenset(request["objectives"]), frozenset(request["pictures"])
    course = Course(about.language, objectives, pictures, items, is_added=bool(text))
    data = (folder / UPLOAD).read_bytes()
    result, reading, drawn = read_file(data, request["name"], course, about)
    write_result(folder, result, drawn.kept)
    return dict(counted(reading, len(result.texts)))


UNREADABLE = marked("This file could not be read. Open it, save it again, and send that.")
TOO_SLOW = marked(
    "Reading this file takes too much time. Divide it into smaller files, and send one after another."
)

if __name__ == "__main__":
    serve(Path(sys.argv[1]), int(sys.argv[2]))
