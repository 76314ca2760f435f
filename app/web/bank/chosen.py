"""What is chosen in the bank: it stands in the address, from page to page and from search to search."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request

from app.operations.bank_places import Question, author_places, find_questions
from app.operations.offerings import Place
from app.operations.titles import titles_of
from app.web.bank.presenting import Line, line_of, read_name
from app.web.database import Session
from app.web.languages import current_language
from app.web.security import current_person

#: as many as a page of the bank lists, a few times over
MOST_PICKED = 100
#: what the address holds beside the filters
BESIDE = {"page", "item", "all", "clear"}


def asked() -> dict[str, Any]:
    """Return the filters that are used, for the addresses of other pages."""
    return {name: value for name, value in request.args.items() if value and name not in BESIDE}


def chosen_questions(session: Session, places: Mapping[str, Place] | None = None) -> list[Question]:
    """Return the questions that the address or the form names, as far as there are such."""
    names = [name for one in request.values.getlist("item") if (name := read_name(one))]
    if not names:
        return []
    places = author_places(session, current_person()) if places is None else places
    return find_questions(session, places, list(dict.fromkeys(names))[:MOST_PICKED])


def lines_of(session: Session, chosen: Sequence[Question]) -> list[Line]:
    """Present questions that are chosen."""
    titles = titles_of(session, [one.document for one in chosen], current_language())
    return [line_of(one.row, one.document, one.place, titles) for one in chosen]


def has_too_many() -> bool:
    """Whether more is chosen than can be taken at once."""
    return len(set(request.values.getlist("item"))) > MOST_PICKED
