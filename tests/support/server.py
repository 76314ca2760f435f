"""A real server in a process of its own, and what one wants to know of it."""

import os
import select
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

CASEHALL = Path(sys.executable).with_name("casehall")
READY = "Casehall serves"
# so long only on a machine that stands; nothing is measured by it
SECONDS = 60


def environment(instance: Path, **more: str) -> dict[str, str]:
    """Return the environment of a command on this instance, with nothing of ours in it."""
    return {"PATH": os.environ["PATH"], "INSTANCE": str(instance), "CASEHALL_ENV": "test"} | more


def run_casehall(
    instance: Path, *arguments: str, before: Sequence[str] = (), **more: str
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, ``before`` it another one that runs it."""
    return subprocess.run(
        [*before, CASEHALL, *arguments],
        env=environment(instance, **more),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


@contextmanager
def serving(instance: Path, port: int, *options: str, **more: str) -> Iterator["subprocess.Popen[str]"]:
    """Serve an instance; goes on when the server answers, kills what is left in the end."""
    with starting(instance, port, *options, **more) as server:
        wait_until_ready(server)
        yield server


@contextmanager
def starting(instance: Path, port: int, *options: str, **more: str) -> Iterator["subprocess.Popen[str]"]:
    """Start to serve an instance; goes on at once, kills what is left in the end."""
    with (
        open(instance / "server.log", "a", encoding="utf-8") as log,
        subprocess.Popen(
            [CASEHALL, "serve", "--port", str(port), *options],
            env=environment(instance, **more),
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            start_new_session=True,
        ) as server,
    ):
        try:
            yield server
        finally:
            server.kill()
            server.wait()


def wait_until_ready(server: "subprocess.Popen[str]") -> None:
    """Read what the server says until a worker of it is ready."""
    assert server.stdout is not None
    for line in server.stdout:
        if line.startswith(READY):
            return
    raise AssertionError(f"the server ended with {server.wait()}")


def health(port: int) -> int:
    """Return the status of /healthz."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=SECONDS) as answer:
        status: int = answer.status
        return status


def worker_of(server: "subprocess.Popen[str]") -> int:
    """Return the process that answers for this server."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    return next(int(pid) for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes())


def wait_for_end(pid: int) -> bool:
    """Wait until a process that is not a child of ours is gone; whether it went in time."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([descriptor], [], [], SECONDS)[0])
    finally:
        os.close(descriptor)
