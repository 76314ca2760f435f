"""The database of the settings, opened for a command; what goes wrong is said in one line."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from app.models.engine import make_engine
from app.operations.versions import DanglingRows
from app.settings import Settings


class DatabaseFault(click.ClickException):
    """The database cannot be used; said in one line."""


@contextmanager
def opened(settings: Settings) -> Iterator[Engine]:
    """Give the engine of the database.

    :raises DatabaseFault: the database or a file beside it cannot be used.
    """
    engine = make_engine(settings.database_url)
    try:
        yield engine
    except DBAPIError as error:
        raise DatabaseFault(f"The database cannot be used: {error.orig}") from error
    except OSError as error:
        raise DatabaseFault(f"{error.filename} cannot be written: {error.strerror}.") from error
    except DanglingRows as error:
        raise DatabaseFault("A migration left rows that refer to nothing; nothing was changed.") from error
    finally:
        engine.dispose()
