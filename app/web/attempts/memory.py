"""What an application keeps in memory of attempts."""

from typing import Any

from flask import current_app

from app.domain.kept import Kept
from app.operations.pins import MOST, Attempts

PINS = "casehall.pins"


def kept_here(name: str, size: int) -> Any:
    """Return what this application keeps under a name, at most so many results."""
    return current_app.extensions.setdefault(name, Kept(size))


def pins_kept() -> Attempts:
    """Return the pins that this application has read."""
    found: Attempts = kept_here(PINS, MOST)
    return found
