"""The process that answers: made by the server's master, gone with it."""

import gc
import os
import signal
import threading
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException

import click
from flask import Flask

from app.cli.endings import Endings, leave
from app.cli.instance import settings_of_environment
from app.cli.locks import hold_worker
from app.settings import Settings

WATCH_SECONDS = 0.2
CONNECT_SECONDS = 0.02


def application() -> Flask:
    """Make the application of this worker and start what runs beside the requests."""
    # the others a terminal sends to the master too, which then asks for an end by this one
    Endings(frozenset({signal.SIGTERM}), end)
    watch_parent()
    settings = settings_of_environment()
    hold_worker(settings.instance)
    app = _make_lasting(settings)
    threading.Thread(target=announce, args=(settings,), name="announce", daemon=True).start()
    return app


def _make_lasting(settings: Settings) -> Flask:
    """Make the application and start its jobs; what they are made of stays and is no garbage.

    Looked through again and again it would cost a tenth of the start, and later hold up requests: the some
    hundred thousand objects take 50 ms and more each time.
    """
    gc.disable()
    from app.cli.jobs import start_worker
    from app.web.application import make_application
    from app.web.requests import configure_log

    configure_log()
    app = make_application(settings)
    start_worker(app)
    gc.freeze()
    gc.enable()
    return app


def end(sign: int) -> None:
    """Let the server of this process answer what it has begun, then end; at once where none runs yet."""
    handler = signal.getsignal(sign)
    if not callable(handler):
        leave(sign)
    handler(sign, None)


def announce(settings: Settings) -> None:
    """Say where Casehall is once it answers there.

    A whole request is asked: a connection that only opens and closes would hold up a stop that comes
    in the same moment.
    """
    waiting = threading.Event()
    while not answers(settings.host, settings.port):
        waiting.wait(CONNECT_SECONDS)
    address = f"[{settings.host}]" if ":" in settings.host else settings.host
    click.echo(f"Casehall serves {settings.public_url or f'http://{address}:{settings.port}'}")


def answers(host: str, port: int) -> bool:
    """Whether Casehall answers there."""
    connection = HTTPConnection(host, port, timeout=1)
    try:
        connection.request("HEAD", "/healthz", headers={"Connection": "close"})
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def watch_parent() -> None:
    """End this process at once when its parent is gone: a killed master leaves nobody behind."""
    threading.Thread(target=_watch, args=(os.getppid(),), name="parent", daemon=True).start()


def _watch(parent: int) -> None:
    alive = threading.Event()
    while not alive.wait(WATCH_SECONDS):
        if os.getppid() != parent:
            os._exit(1)
