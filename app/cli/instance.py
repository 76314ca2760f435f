"""The instance that a command works on."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from app.settings import Settings, read_settings

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

    :raises BadSetting: the environment holds a bad value.
    """
    # looking after the database needs no web
    from app.web.application import make_application
    from app.web.database import database

    app = make_application(settings_of_environment())
    with app.app_context():
        try:
            yield app
        finally:
            database().close()
