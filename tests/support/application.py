"""Applications for tests: each test has one of its own, with pages that are made once for all.

What an application knows of its instance lies in its configuration and its extensions; routes and
compiled templates are the same for all.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy

from flask import Flask

from app.factory import create_app
from app.settings import Settings
from app.web.application import Application, work_on
from app.web.clock import start_chance
from app.web.database import database
from tests.support.chance import randbits

_made: list[Application] = []


@contextmanager
def application_on(settings: Settings) -> Iterator[Flask]:
    """Give an application that works on the instance of these settings. Nothing can be added to it."""
    if not _made:
        _made.append(_furnished(settings))
    app = copy(_made[0])
    app.config = copy(app.config)
    app.extensions = dict(app.extensions)
    app.view_functions = dict(app.view_functions)
    app.before_request_funcs = {name: [*them] for name, them in app.before_request_funcs.items()}
    app.teardown_appcontext_funcs = []
    work_on(app, settings)
    start_chance(app, randbits)
    # Flask refuses what would change the routes of all
    app._got_first_request = True
    with _closed_in_the_end(app):
        yield app


@contextmanager
def own_application(settings: Settings) -> Iterator[Flask]:
    """Give an application on the instance of these settings that is made anew: a test can add to it."""
    app = create_app(settings)
    start_chance(app, randbits)
    with _closed_in_the_end(app):
        yield app


def _furnished(settings: Settings) -> Application:
    """Return an application with all its pages that answers nobody itself."""
    with own_application(settings) as app:
        assert isinstance(app, Application)
        return app


@contextmanager
def _closed_in_the_end(app: Flask) -> Iterator[None]:
    try:
        yield
    finally:
        with app.app_context():
            database().close()
