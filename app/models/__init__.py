"""Tables: columns, constraints and properties of own columns. No queries, no URLs, no texts.

They are made when the first of them is asked for: who only opens the database, as the master of a
server does, starts in half the time.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.models.tables import *


def __getattr__(name: str) -> Any:
    """Return a table, or whatever else :mod:`app.models.tables` offers."""
    if name.startswith("__"):
        raise AttributeError(name)
    return getattr(import_module("app.models.tables"), name)
