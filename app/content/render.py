"""Rendering in a process of its own, so that no text, however made, can hold up the server.

The process (``python -m app.content.render``) reads one JSON request a line, and answers with one
JSON line a fragment, in order. Whoever wants HTML asks a ``Renderer``.
"""

import atexit
import sys
from collections.abc import Mapping
from threading import Lock
from time import monotonic

from app.content.precheck import precheck
from app.content.render_process import Lost, Process, serve
from app.domain.errors import Refusal

#: raised with every change of the rules or the allow-list: what older versions stored is made anew
RENDERER_VERSION = 2

SECONDS = 2.0
QUEUE_SECONDS = 10.0
MAX_CHARACTERS = 1024 * 1024
_SENTENCES = {
    "busy": "other texts are being rendered, try again",
    "failed": "it cannot be rendered",
    "memory": "it needs too much memory",
    "too-long": f"the whole text has more than {MAX_CHARACTERS} characters",
    "too-slow": "it takes too long to render",
}


class RenderFailed(Refusal):
    """A fragment has no HTML. ``reason`` is stable; ``line`` (from 1) is counted in the fragment."""

    code = "render_failed"

    def __init__(self, fragment: str, reason: str, message: str = "", line: int | None = None) -> None:
        place = fragment if line is None else f"{fragment}, line {line}"
        super().__init__(f"{place}: {message or _SENTENCES[reason]}")
        self.fragment = fragment
        self.reason = reason
        self.line = line


class Renderer:
    """A render process, started when first needed and again whenever it was lost. Thread-safe."""

    def __init__(self, seconds: float = SECONDS, queue_seconds: float = QUEUE_SECONDS) -> None:
        self._seconds = seconds
        self._queue_seconds = queue_seconds
        self._lock = Lock()
        self._process: Process | None = None

    def render(self, fragments: Mapping[str, str], manifest: Mapping[str, str]) -> dict[str, str]:
        """Return the sanitised HTML of every fragment, under the same names.

        The manifest maps names of pictures and files to the SHA-256 of their bytes.

        :raises RenderFailed: the first fragment that is refused, takes too long or cannot be read.
        """
        _refuse_costly(fragments)
        if not fragments:
            return {}
        if not self._lock.acquire(timeout=self._queue_seconds):
            raise RenderFailed(next(iter(fragments)), "busy")
        try:
            return self._render(fragments, manifest)
        finally:
            self._lock.release()

    def close(self) -> None:
        """End the render process; the next request starts another one."""
        with self._lock:
            self._drop()

    @property
    def process_id(self) -> int | None:
        """The id of the render process, None if none is running."""
        process = self._process
        return process.id if process and process.is_running else None

    def _render(self, fragments: Mapping[str, str], manifest: Mapping[str, str]) -> dict[str, str]:
        """Ask the process; if something else than the time limit ended it, ask another one, once."""
        left, lost = self._seconds, ""
        for _ in range(2):
            process = self._running()
            started = monotonic()
            try:
                return _all_or_refuse(process.ask(fragments, manifest, left))
            except Lost as fault:
                self._drop()
                lost = fault.fragment
            except RenderFailed:
                self._drop()  # its state is not to be relied on any more
                raise
            left -= monotonic() - started
            if left <= 0:
                raise RenderFailed(lost, "too-slow")
        raise RenderFailed(lost, "failed")

    def _running(self) -> Process:
        if self._process is None or not self._process.is_running:
            self._drop()
            self._process = Process()
            atexit.register(self.close)
        return self._process

    def _drop(self) -> None:
        if self._process is not None:
            self._process.end()
            self._process = None
            atexit.unregister(self.close)


def _refuse_costly(fragments: Mapping[str, str]) -> None:
    length = 0
    for name, text in fragments.items():
        problem = precheck(text)
        if problem:
            raise RenderFailed(name, problem.code, problem.message, problem.line)
        length += len(text)
        if length > MAX_CHARACTERS:
            raise RenderFailed(name, "too-long")


def _all_or_refuse(answers: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    for name, answer in answers.items():
        if "error" in answer:
            raise RenderFailed(name, answer["error"])
    return {name: answer["html"] for name, answer in answers.items()}


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout)
