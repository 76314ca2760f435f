"""What will not fit any more once a text is published, as its author reads it before."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from flask import request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.operations.dependants import LAGS, Unfit, unfit_elsewhere
from app.operations.offerings import Place
from app.operations.shelves import Checked, TextName
from app.web.authoring.diagnostic_words import sentence_of_code
from app.web.authoring.pages import where_of
from app.web.database import Session
from app.web.languages import sentences
from app.web.teach.names import language_name

_ID = _l("Name another one there, or keep the id here.")
_IN_STEP = _l("Bring the translation in step: until then students read the original.")
#: what there is to do, by code; the others concern cases that a quiz shows or walks
_TO_DO: dict[str, LazyString] = {
    "unknown-module": _ID,
    "unknown-objective": _ID,
    "unknown-slug": _ID,
    "other-kind": _IN_STEP,
    "translation-adds": _IN_STEP,
    "translation-differs": _IN_STEP,
    "translation-lacks": _IN_STEP,
    "translation-order": _IN_STEP,
}
_OTHERWISE = _l("Change it there too.")


@dataclass(frozen=True, slots=True)
class UnfitLine:
    """A line that will not fit: its number, what stands there, and what to do."""

    number: int
    text: str
    sentence: str


@dataclass(frozen=True, slots=True)
class UnfitText:
    """A text that will not fit any more, with its lines."""

    title: str
    kind: str
    language: str
    where: dict[str, Any]
    lines: Sequence[UnfitLine]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What publishing does to other texts: those that will not fit, and translations that may lag.

    ``digest`` names what will not fit, empty where all does: whoever publishes says that they read it.
    """

    unfit: Sequence[UnfitText]
    lagging: Sequence[UnfitText]
    digest: str


def elsewhere(session: Session, place: Place, checked: Checked) -> Elsewhere:
    """Return what publishing a text would do to the others of its course."""
    found = unfit_elsewhere(session, place.course, checked)
    broken = [one for one in found if one.code != LAGS]
    digest = sha256(repr(broken).encode()).hexdigest()[:16] if broken else ""
    lagging = [one for one in found if one.code == LAGS]
    return Elsewhere(_by_text(broken, place), _by_text(lagging, place), digest)


def was_read(told: Elsewhere) -> bool:
    """Whether whoever publishes has read what will not fit any more."""
    return told.digest in {"", request.form.get("unfit", "")}


def _by_text(found: Sequence[Unfit], place: Place) -> list[UnfitText]:
    by_name: dict[TextName, list[Unfit]] = {}
    for one in found:
        by_name.setdefault(one.name, []).append(one)
    return [_text(name, lines, place) for name, lines in by_name.items()]


def _text(name: TextName, lines: Sequence[Unfit], place: Place) -> UnfitText:
    shown = [UnfitLine(one.line, one.text, _sentence(one)) for one in lines if one.line]
    where = where_of(place, name)
    return UnfitText(lines[0].title, name.kind.value, language_name(name.language), where, shown)


def _sentence(one: Unfit) -> str:
    return sentences(sentence_of_code(one.code), _TO_DO.get(one.code, _OTHERWISE))
