"""Translations: begun at a press, shown beside their original."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.content.side_by_side import UNTRANSLATED, beside
from app.domain.errors import NotFound
from app.domain.roles import Permission
from app.operations.shelves import Checked
from app.operations.translations import begin_translation, find_original
from app.operations.writings import Target
from app.web.authoring.blueprint import bp
from app.web.authoring.diagnostic_words import sentence_of_code
from app.web.authoring.pages import TEXT, address, found_again, target_of
from app.web.clock import clock
from app.web.database import Session, reading, writing
from app.web.languages import LANGUAGES
from app.web.security import current_person, requires
from app.web.teach.names import language_name


@dataclass(frozen=True, slots=True)
class OriginalLine:
    """A line of the original: its number, its place in the translation, what there is to say there."""

    number: int
    text: str
    target: int | None
    sentences: Sequence[str]


@dataclass(frozen=True, slots=True)
class Beside:
    """The original of a translation, in its language, with what is to be done."""

    language: str
    written_in: str
    lines: Sequence[OriginalLine]
    left: int


@bp.post(TEXT + "/translate")
@requires(Permission.AUTHOR)
def translate(public_id: str, kind: str, slug: str) -> ResponseReturnValue:
    """Begin a translation, or go on with the one that there is."""
    target, into = target_of(reading(), public_id, kind, slug), request.form.get("into", "")
    if into not in LANGUAGES or into == target.name.language:
        raise NotFound(into)
    with writing() as session:
        made = begin_translation(session, current_person(), found_again(session, target), into, clock())
        there = address("authoring.edit", made)
    return redirect(there, 303)


def original_of(session: Session, target: Target, checked: Checked) -> Beside | None:
    """Return the original beside a translation, None for an original."""
    found = find_original(session, target.place.course, checked)
    if found is None:
        return None
    lines = [
        OriginalLine(one.number, one.text, one.target, [_sentence(code) for code in one.codes])
        for one in beside(found.parsed, found.text, checked.parsed)
    ]
    left = sum(bool(line.sentences) for line in lines)
    return Beside(found.language, language_name(found.language), lines, left)


def shown_original(session: Session, target: Target, checked: Checked) -> str:
    """Render the original beside a translation, empty for an original."""
    original = original_of(session, target, checked)
    return render_template("authoring/_original.html", original=original) if original else ""


def _sentence(code: str) -> str:
    return gettext("Not translated yet.") if code == UNTRANSLATED else sentence_of_code(code)
