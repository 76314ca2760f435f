"""Serve Casehall: refuse what would not be safe, then hand over to the server."""

import multiprocessing
import os
import resource
from dataclasses import replace
from multiprocessing import resource_tracker

import click
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from app.cli.endings import ENDINGS, Endings
from app.cli.instance import settings_of_environment
from app.cli.locks import ServeRefused, hold_instance, refuse_taken_port
from app.cli.standing import startup_faults
from app.settings import LOOPBACK, Settings, refuse_open_http

BLOCKING_THREADS = 32
#: connections, not requests: with fewer, students who keep theirs open make others wait
BACKPRESSURE = 8192
BACKLOG = 4096
OPEN_FILES = 65_536
DRAIN_SECONDS = 15


@click.command()
@click.option("--host", help="Address to listen on; HOST, else 127.0.0.1.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on; PORT, else 8000.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, help="Processes; on SQLite one.")
@click.option("--prepare", "prepares", is_flag=True, help="Bring database and content up to date first.")
def serve(host: str | None, port: int | None, workers: int, prepares: bool) -> None:
    """Serve Casehall until it is stopped."""
    settings = _at(settings_of_environment(), host, port)
    refuse_open_http(settings)
    if workers > 1 and settings.is_sqlite:
        raise ServeRefused("SQLite takes one worker; several need PostgreSQL (DATABASE_URL).")
    refuse_taken_port(settings.host, settings.port)
    lock = hold_instance(settings.instance, shared=not settings.is_sqlite)
    # it unblocks signals when it starts, which the first worker would make it do
    resource_tracker.ensure_running()
    endings = Endings(ENDINGS)
    if prepares:
        _prepare(settings)
    if faults := startup_faults(settings):
        raise ServeRefused(" ".join(faults))
    if settings.host not in LOOPBACK and not settings.is_production:
        click.echo("Warning: passwords and answers travel unencrypted; only for a closed network.", err=True)
    _serve(settings, workers, endings)
    os.close(lock)


def _at(settings: Settings, host: str | None, port: int | None) -> Settings:
    """Return the settings with the address of the command line; the workers read it too."""
    settings = replace(settings, host=host or settings.host, port=port or settings.port)
    os.environ.update(HOST=settings.host, PORT=str(settings.port))
    return settings


def _prepare(settings: Settings) -> None:
    from app.cli.prepared import is_prepared

    if is_prepared(settings):
        return
    # the master of a server needs neither web nor content otherwise
    from app.cli.prepare import prepare
    from app.web.application import make_application
    from app.web.database import database

    app = make_application(settings)
    with app.app_context():
        try:
            prepare(app)
        finally:
            database().close()


def _serve(settings: Settings, workers: int, endings: Endings) -> None:
    _raise_open_files()
    # a fresh interpreter on every system and version of Python, with no lock or thread of this one
    multiprocessing.set_start_method("spawn", force=True)
    server = Server(
        "app.cli.worker:application",
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=BLOCKING_THREADS,
        backpressure=BACKPRESSURE,
        backlog=BACKLOG,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=DRAIN_SECONDS,
        log_level=LogLevels.error,
    )
    endings.end = server.signal_handler_interrupt
    server.serve()


def _raise_open_files() -> None:
    """Let this process and its workers open as many connections as the system allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
