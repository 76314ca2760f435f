"""Boxes: the HTML of items as a paper asks them, kept for the next who is asked the same.

An item that stands in the same place, in the same order and with the same answer looks the same to
everybody, but for two things that are put in at the end: the window, and the event that it shows.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from flask import current_app
from markupsafe import Markup

from app.domain.kept import Kept
from app.web.attempts.items import ItemView
from app.web.attempts.memory import kept_here

#: stand for the window and for the seq of the head
CLIENT, SEQ = "\ue010\ue011\ue012", "\ue012\ue011\ue010"
#: some 3 kB each
MOST = 4096
MACROS = "_macros/items.html"
EXTENSION = "casehall.boxes"


@dataclass(frozen=True, slots=True)
class Box:
    """One item of a paper, ready to be sent, and what the page says of it elsewhere."""

    key: str
    number: int | None
    type: str
    points: Decimal | None
    answered: bool
    flagged: bool
    html: Markup


Boxes = Kept[Hashable, Box]


def boxes() -> Boxes:
    """Return the boxes of this application."""
    found: Boxes = kept_here(EXTENSION, MOST)
    return found


def box_of(kept: Boxes, name: Hashable, view: Callable[[], ItemView]) -> Box:
    """Return the box of this name, made of a view that marks window and seq if there is none."""
    box = kept.find(name)
    if box is None:
        box = make_box(view())
        kept.keep(name, box)
    return box


def make_box(view: ItemView) -> Box:
    """Write the HTML of an item."""
    macros: Any = current_app.jinja_env.get_template(MACROS).module
    html: Markup = macros.item_box(view)
    return Box(view.key, view.number, view.type, view.points, view.answered, view.flagged, html)


def may_keep(shown: str) -> bool:
    """Whether the box of this answer may be kept: it says nothing that would be filled in."""
    return CLIENT not in shown and SEQ not in shown


def filled(box: Box, client: str, seq: int) -> Box:
    """Return a box with the window and the seq put in."""
    html = str(box.html).replace(CLIENT, client).replace(SEQ, str(seq))
    return replace(box, html=Markup(html))
