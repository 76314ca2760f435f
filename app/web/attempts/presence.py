"""When the pages of attempts were last heard of: noted in memory, written down beside the requests."""

from flask import current_app, g

from app.operations.presence import Presences, write_presence
from app.web.clock import clock
from app.web.database import writing
from app.web.sessions import address

PRESENCES = "casehall.presences"
#: what a page may tell of its unsent answers without being doubted
MOST_UNSAVED = 10_000


def presences() -> Presences:
    """Return what this application remembers of the pages of attempts."""
    found: Presences = current_app.extensions.setdefault(PRESENCES, Presences())
    return found


def note_seen(attempt_id: int, unsaved: int | None = None) -> None:
    """Note that the page of an attempt asked for something; ``unsaved`` is what it told of itself."""
    told = None if unsaved is None else max(0, min(unsaved, MOST_UNSAVED))
    presences().note(attempt_id, g.received_at, address(), told)


def write_seen() -> None:
    """Write down who was heard of, about once a minute."""
    kept, now = presences(), clock()
    if lines := kept.due(now):
        with writing() as session:
            write_presence(session, lines)
        kept.settle(lines, now)
