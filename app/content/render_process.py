"""Both ends of the pipe to the render process."""

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Timer
from typing import IO, TextIO

from app.content.fragments import is_inline
from app.content.markdown import to_html

MEMORY = 256 * 1024 * 1024
START_SECONDS = 30.0
#: the process ends by itself if it works on one request for so long: nobody waits any more
ORPHAN_SECONDS = 10
_ROOT = Path(__file__).parents[2]
#: of the environment it gets nothing else: no secret, no address of a database
_INHERITED = ("COVERAGE", "LANG", "LC_", "LD_LIBRARY_PATH", "PATH", "PYTHON", "VIRTUAL_ENV")

Answer = dict[str, str]


class Lost(Exception):
    """The process went away before it had answered for the fragment."""

    def __init__(self, fragment: str) -> None:
        super().__init__(fragment)
        self.fragment = fragment


class Process:
    """A running render process, as its owner sees it. One request at a time."""

    def __init__(self) -> None:
        """Start it and wait until it is ready.

        :raises RuntimeError: it does not start.
        """
        self._owner = os.getpid()
        self._child = subprocess.Popen(
            [sys.executable, "-m", "app.content.render"],
            cwd=_ROOT,
            env={name: value for name, value in os.environ.items() if name.startswith(_INHERITED)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        with self._killed_after(START_SECONDS):
            ready = _pipe(self._child.stdout).readline()
        if ready != b"ready\n":
            self.end()
            raise RuntimeError("the render process does not start")

    @property
    def id(self) -> int:
        """Its process id."""
        return self._child.pid

    @property
    def is_running(self) -> bool:
        """Whether it can be asked; that of a parent process can't."""
        return self._owner == os.getpid() and self._child.poll() is None

    def ask(
        self, fragments: Mapping[str, str], manifest: Mapping[str, str], seconds: float
    ) -> dict[str, Answer]:
        """Return the answers up to and including the first error; kill the process when time is up.

        :raises Lost: the process ended before it had answered.
        """
        request = {"fragments": dict(fragments), "manifest": dict(manifest)}
        with self._killed_after(seconds):
            with suppress(BrokenPipeError):
                _pipe(self._child.stdin).write(json.dumps(request).encode() + b"\n")
                _pipe(self._child.stdin).flush()
            return self._answers(fragments)

    def end(self) -> None:
        """Kill it and wait until it is gone."""
        if self._owner == os.getpid():
            self._child.kill()
            self._child.wait()
        for pipe in (self._child.stdin, self._child.stdout):
            with suppress(BrokenPipeError):
                _pipe(pipe).close()

    def _answers(self, fragments: Iterable[str]) -> dict[str, Answer]:
        answers: dict[str, Answer] = {}
        for name in fragments:
            line = _pipe(self._child.stdout).readline()
            if not line.endswith(b"\n"):
                raise Lost(name)
            answers[name] = json.loads(line)
            if "error" in answers[name]:
                break
        return answers

    @contextmanager
    def _killed_after(self, seconds: float) -> Iterator[None]:
        watch = Timer(seconds, self._child.kill)
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()


def serve(requests: IO[bytes], answers: TextIO) -> None:
    """Answer requests until there are no more, or until one fails. Runs in the render process."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    print("ready", file=answers, flush=True)
    for line in requests:
        signal.alarm(ORPHAN_SECONDS)
        request = json.loads(line)
        for name, text in request["fragments"].items():
            answer = _answer(name, text, request["manifest"])
            print(json.dumps(answer), file=answers, flush=True)
            if "error" in answer:
                return
        signal.alarm(0)


def _answer(name: str, text: str, manifest: Mapping[str, str]) -> Answer:
    try:
        return {"html": to_html(name, text, manifest, is_inline(name))}
    except MemoryError:
        return {"error": "memory"}
    except Exception:  # whatever the libraries trip over, it is this text that cannot be rendered
        return {"error": "failed"}


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    """Return the pipe, which is there: the process was started with it."""
    assert pipe is not None
    return pipe
