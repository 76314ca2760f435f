"""What the pages of texts have in common: which text an address names, and what the check says."""

import re
from dataclasses import dataclass, replace
from typing import Any

from flask import request, url_for

from app.content.diagnostics import Diagnostic
from app.content.parse import Kind
from app.domain.errors import NotFound
from app.domain.roles import Permission
from app.operations.banks import syllabuses_of
from app.operations.offerings import Place, get_offering
from app.operations.shelves import Checked, TextName, check_in_course
from app.operations.writings import Seen, Target, Writing, open_writing
from app.web.authoring.diagnostic_words import sentence_of
from app.web.authoring.forms import SLUG
from app.web.database import Session, reading
from app.web.security import current_person
from app.web.teach.names import language_name
from app.web.teach.views import about

TEXT = "/offerings/<public_id>/texts/<kind>/<slug>"
LANGUAGE = re.compile(r"[a-z]{2}")


@dataclass(frozen=True, slots=True)
class Noted:
    """A diagnostic in the author's language."""

    line: int
    is_error: bool
    sentence: str


def checked_of(target: Target, text: str) -> Checked:
    """Check a text against its course."""
    return check_in_course(reading(), target.place.course, target.name, text)


def noted(checked: Checked) -> list[Noted]:
    """Return what there is to say about a text, errors first."""
    found = sorted(checked.diagnostics, key=lambda one: (not one.is_error, one.line))
    return [_noted(one) for one in found]


def _noted(diagnostic: Diagnostic) -> Noted:
    return Noted(diagnostic.line, diagnostic.is_error, sentence_of(diagnostic))


def target_of(session: Session, public_id: str, kind: str, slug: str) -> Target:
    """Return the text that an address names.

    :raises NotFound: there is no such offering for this person, or no such kind of text.
    """
    place = get_offering(session, current_person(), public_id, Permission.AUTHOR)
    if kind not in {one.value for one in Kind}:
        raise NotFound(kind)
    language = request.args.get("language") or course_language(session, place)
    return Target(place, TextName(Kind(kind), slug, language))


def found_again(session: Session, target: Target) -> Target:
    """Return the same text in a session that writes: its offering and course as they are by now."""
    place = get_offering(session, current_person(), target.place.offering.public_id, Permission.AUTHOR)
    return replace(target, place=place)


def about_text(target: Target, opened: Writing) -> dict[str, Any]:
    """Return what every page of a text names: ``where`` is its address, ``called`` its title."""
    return about(target.place) | {
        "target": target,
        "writing": opened,
        "called": opened.title,
        "written_in": language_name(target.name.language),
        "where": where_of(target.place, target.name),
    }


def where_of(place: Place, name: TextName) -> dict[str, Any]:
    """Return what the addresses of a text's pages are made of."""
    where = {"public_id": place.offering.public_id, "kind": name.kind.value}
    return where | {"slug": name.slug, "language": name.language}


def address(endpoint: str, target: Target) -> str:
    """Return the address of a page about a text."""
    return url_for(endpoint, **where_of(target.place, target.name))


def open_or_none(session: Session, target: Target) -> Writing | None:
    """Return a text to write on, None where there is none any more."""
    try:
        return open_writing(session, target)
    except NotFound:
        return None


def open_or_new(session: Session, target: Target) -> Writing:
    """Return a text to write on, an empty one where somebody threw it away meanwhile: words are not lost.

    :raises NotFound: there is none, and there could be none of this name.
    """
    found, name = open_or_none(session, target), target.name
    if found is not None:
        return found
    if not SLUG.fullmatch(name.slug) or not LANGUAGE.fullmatch(name.language):
        raise NotFound(name.slug)
    return Writing(name, "", Seen(0, 0))


def course_language(session: Session, place: Place) -> str:
    """Return the language of the course's originals."""
    return next(iter(syllabuses_of(session, place.course.id)), "zh")
