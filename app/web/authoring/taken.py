"""What the server has taken of an author's words: the browser is told on the next page, and keeps no copy."""

from flask import session as cookie

from app.operations.writings import Target
from app.web.authoring.pages import address

TAKEN = "taken"


def note_taken(target: Target) -> None:
    """Tell the next page that a text was saved, published or thrown away."""
    cookie[TAKEN] = address("authoring.check", target)


def taken() -> str:
    """Return the text that was taken last, as the editor names it, and forget it; empty if none was."""
    return str(cookie.pop(TAKEN, ""))
