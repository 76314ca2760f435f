"""The instance that a command works on."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from app.settings import BadSetting, Settings, read_settings

if TYPE_CHECKING:
    from flask import Flask


def settings_of_environment() -> Settings:
    """Read the settings of this process.

    :raises BadSetting: the environment holds a bad value.
    """
    return read_settings(os.environ)


@contextmanager
def open_instance() -> Iterator["Flask"]:
    """Enter the context of the application of the environment's settings.

    Inside, ``reading()``, ``writing()`` and ``clock()`` work as in a request.

    :raises BadSetting: the environment holds a bad value, or the database is not ready.
    """
    # looking after the database needs no web
    from app.cli.standing import startup_faults
    from app.web.application import make_application
    from app.web.database import database

    settings = settings_of_environment()
    if faults := startup_faults(settings):
        raise BadSetting(" ".join(faults))
    app = make_application(settings)
    try:
        with app.app_context():
            yield app
    finally:
        # only now has the context given its connection back
        with app.app_context():
            database().close()
