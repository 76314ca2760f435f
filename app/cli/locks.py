"""One server on one instance: two locked files say so, also when a process was killed.

The master holds ``serve.lock``, its workers ``worker.lock``, each for as long as it lives. A worker
whose master was killed ends by itself; until then nobody else can start.
"""

import errno
import fcntl
import os
import socket
import time
from collections.abc import Callable
from pathlib import Path

import click

#: how long a worker whose master was killed may take to end
PATIENCE = 2.0
PAUSE = 0.05


class ServeRefused(click.ClickException):
    """The server cannot start; said in one line."""


def hold_instance(instance: Path, *, shared: bool) -> int:
    """Lock the instance for a master; return the descriptor, which must stay open.

    ``shared`` lets other masters in that share too: on PostgreSQL several servers may run.

    :raises ServeRefused: another server runs on this instance.
    """
    found = _patiently(lambda: _try_hold(instance, shared=shared))
    if found is None:
        raise ServeRefused(f"Another Casehall serves the instance {instance}.")
    return found


def hold_worker(instance: Path) -> int:
    """Lock the instance for a worker; return the descriptor, which must stay open."""
    descriptor = _open(instance / "worker.lock")
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def refuse_taken_port(host: str, port: int) -> None:
    """Try the port by a plain bind: two servers could share it without noticing.

    :raises ServeRefused: the port is in use, or cannot be had on this host.
    """
    if _patiently(lambda: _try_port(host, port)) is None:
        raise ServeRefused(f"Port {port} is in use on {host}. Choose another one: PORT={port + 1} make run")


def _patiently(attempt: Callable[[], int | None]) -> int | None:
    until = time.monotonic() + PATIENCE
    while (found := attempt()) is None and time.monotonic() < until:
        time.sleep(PAUSE)
    return found


def _try_hold(instance: Path, *, shared: bool) -> int | None:
    master = _open(instance / "serve.lock")
    worker = _open(instance / "worker.lock")
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    try:
        fcntl.flock(master, kind | fcntl.LOCK_NB)
        fcntl.flock(worker, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(master)
        return None
    finally:
        os.close(worker)
    return master


def _try_port(host: str, port: int) -> int | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return None
            raise ServeRefused(f"Cannot listen on {host}:{port}: {error.strerror}.") from None
        return port


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise ServeRefused(f"{path} cannot be written: {error.strerror}.") from None
