"""The process that answers: made by the server's master, gone with it."""

import os
import threading

import click
from flask import Flask

from app.cli.instance import settings_of_environment
from app.cli.jobs import start_worker
from app.cli.locks import hold_worker
from app.web.application import make_application
from app.web.requests import configure_log

WATCH_SECONDS = 0.2


def application() -> Flask:
    """Make the application of this worker and start what runs beside the requests."""
    watch_parent()
    settings = settings_of_environment()
    hold_worker(settings.instance)
    configure_log()
    app = make_application(settings)
    start_worker(app)
    click.echo(f"Casehall serves {settings.public_url or f'http://{settings.host}:{settings.port}'}")
    return app


def watch_parent() -> None:
    """End this process at once when its parent is gone: a killed master leaves nobody behind."""
    threading.Thread(target=_watch, args=(os.getppid(),), name="parent", daemon=True).start()


def _watch(parent: int) -> None:
    alive = threading.Event()
    while not alive.wait(WATCH_SECONDS):
        if os.getppid() != parent:
            os._exit(1)
