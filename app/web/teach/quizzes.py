"""Quizzes as their authors see them: with keys, draws of variables, a place to try answers, and on paper."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.content.parse import Kind
from app.domain.errors import BadAnswer
from app.domain.items import Item, ItemType
from app.domain.keys import BlanksKey, Dropdown, NumericKey
from app.domain.layout import draw_layout, in_file_order
from app.domain.paper import freeze_quiz
from app.domain.roles import Permission
from app.domain.scoring import Explanation, explain_match, rule_name
from app.domain.variables import lowest_values, sample_draws, with_values
from app.operations.documents import Text, find_text, get_text, list_quizzes, quiz_of
from app.operations.offerings import Place, get_offering
from app.web.attempts.faces import number_text
from app.web.attempts.sheet import Sheet
from app.web.database import Session, reading
from app.web.languages import current_language
from app.web.security import current_person, requires
from app.web.teach.blueprint import bp
from app.web.teach.laid_out import inherited_items, laid_out
from app.web.teach.views import about

TRIED_TYPES = (ItemType.BLANKS, ItemType.NUMERIC)
LAST_VERSION = 99


@dataclass(frozen=True, slots=True)
class Draw:
    """One draw of an item's variables, with the answer it has."""

    values: dict[str, str]
    answer: str


@dataclass(frozen=True, slots=True)
class AuthorNote:
    """What an author wants to know of an item beside its key.

    ``tried`` explains an answer that was tried; ``fields`` is how many texts an answer has, 0 where
    nothing can be tried. ``rule`` names the scoring rule in force, empty where there is only one.
    """

    rule: str = ""
    draws: Sequence[Draw] = ()
    fields: int = 0
    answers: Sequence[str] = ()
    tried: Sequence[Explanation] = ()
    refused: str = ""
    #: what can be chosen for each text, in file order; empty where it is written
    choices: Sequence[Sequence[str]] = ()


@bp.get("/offerings/<public_id>/quizzes")
@requires(Permission.AUTHOR)
def quizzes(public_id: str) -> ResponseReturnValue:
    """List the quizzes of an offering's course, those for exams too."""
    session = reading()
    place = get_offering(session, current_person(), public_id, Permission.AUTHOR)
    listed = list_quizzes(session, place.course.id, current_language())
    return render_template("teach/quizzes.html", **about(place), quizzes=listed)


@bp.get("/offerings/<public_id>/quizzes/<slug>")
@requires(Permission.AUTHOR)
def quiz(public_id: str, slug: str) -> ResponseReturnValue:
    """Show a quiz whole, with its keys; explain how an answer that is tried would be read."""
    session = reading()
    place = get_offering(session, current_person(), public_id, Permission.AUTHOR)
    text = get_text(session, place.course.id, Kind.QUIZ, slug)
    shown = quiz_of(text.revision(current_language()))
    items = inherited_items(shown)
    return render_template(
        "teach/quiz.html",
        **about(place),
        slug=slug,
        quiz=shown,
        is_exam_only=text.document.is_exam_only,
        paper=sheet_of(session, place, text, "key").paper(),
        frozen=freeze_quiz(shown, {}),
        notes={key: _note(item) for key, item in items.items()},
    )


@bp.get("/offerings/<public_id>/quizzes/<slug>/print")
@requires(Permission.AUTHOR)
def print_quiz(public_id: str, slug: str) -> ResponseReturnValue:
    """Show a quiz to be printed, drawn as one of 99 versions."""
    session = reading()
    place = get_offering(session, current_person(), public_id, Permission.AUTHOR)
    text = get_text(session, place.course.id, Kind.QUIZ, slug)
    wanted = request.args.get("version", default=1, type=int)
    version = min(max(wanted, 1), LAST_VERSION)
    return render_template(
        "teach/quiz_print.html",
        **about(place),
        slug=slug,
        quiz=quiz_of(text.revision(current_language())),
        version=version,
        last_version=LAST_VERSION,
        paper=sheet_of(session, place, text, "print", version).paper(),
    )


def sheet_of(session: Session, place: Place, text: Text, mode: str, version: int = 0) -> Sheet:
    """Lay a quiz out: for its author in the order of the file, for paper as drawn for a version."""
    revision = text.revision(current_language())
    quiz = quiz_of(revision)
    slugs = {group.case for group in quiz.groups} | {item.walk for item in quiz.items}
    found = {slug: find_text(session, place.course.id, Kind.CASE, slug) for slug in slugs if slug}
    pinned = {slug: case.revision(current_language()) for slug, case in found.items() if case}
    frozen = freeze_quiz(quiz, {})
    layout = draw_layout(frozen, f"print/{version}") if version else in_file_order(frozen)
    return laid_out(session, text.document.slug, (revision, pinned), layout, mode)


def _note(item: Item) -> AuthorNote:
    """Return what the author is told of an item, and of the answer that was tried at it."""
    language = current_language()
    rule = rule_name(item.scoring, language) if item.scoring else ""
    draws = [_draw(item, values) for values in sample_draws(item.variables)] if item.variables else []
    if item.type not in TRIED_TYPES:
        return AuthorNote(rule, draws)
    blanks = item.key.blanks if isinstance(item.key, BlanksKey) else [()]
    choices = [blank.options if isinstance(blank, Dropdown) else () for blank in blanks]
    note = AuthorNote(rule, draws, len(choices), choices=choices)
    if request.args.get("item") != item.id:
        return note
    answers = request.args.getlist("answer")[: len(choices)]
    try:
        return replace(note, answers=answers, tried=_explain(item, answers))
    except BadAnswer as refusal:
        return replace(note, answers=answers, refused=str(refusal))


def _explain(item: Item, answers: Sequence[str]) -> Sequence[Explanation]:
    if isinstance(item.key, NumericKey):
        bound = with_values(item, lowest_values(item.variables))
        return explain_match(bound, answers[0] if answers else "")
    return explain_match(item, list(answers))


def _draw(item: Item, values: dict[str, str]) -> Draw:
    key = with_values(item, values).key
    return Draw(values, number_text(key) if isinstance(key, NumericKey) else "")
