"""Search the bank."""

from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.errors import NotFound
from app.domain.roles import Permission
from app.operations.bank_places import author_places, names_of
from app.operations.bank_search import list_choices, search_bank
from app.operations.offerings import Place
from app.web.bank import doubles, facts, picks, questions
from app.web.bank.blueprint import bp
from app.web.bank.chosen import MOST_PICKED, asked, chosen_questions, has_too_many, lines_of
from app.web.bank.filters import bank_form
from app.web.bank.presenting import line_of
from app.web.database import reading
from app.web.languages import current_language
from app.web.security import current_person, requires

__all__ = ["bp", "doubles", "facts", "picks", "questions"]
HIGHEST_PAGE = 10_000


@bp.get("/")
@requires(Permission.AUTHOR)
def index() -> ResponseReturnValue:
    """Show the questions that fit, a page at a time; filters and choice stand in the address."""
    session = reading()
    places = author_places(session, current_person())
    if request.args.keys() & {"all", "clear"}:
        return redirect(url_for("bank.index", **left_over()), 303)
    chosen = chosen_places(places)
    courses = [place.course.id for place in chosen.values()]
    choices = list_choices(session, courses)
    names = names_of(session, choices, current_language())
    form = bank_form(places, choices, names)
    is_sound = form.validate()
    found = search_bank(session, courses, form.wanted(), asked_page()) if is_sound else None
    where = {place.course.id: place for place in chosen.values()}
    rows = found.items if found else ()
    lines = [line_of(row, names.quizzes[row.document_id], where[row.course_id], names.titles) for row in rows]
    picked = lines_of(session, chosen_questions(session, places))
    listed = {line.name for line in lines}
    return render_template(
        "bank/index.html",
        form=form,
        found=found,
        lines=lines,
        asked=asked(),
        picked={line.name for line in picked},
        elsewhere=[line for line in picked if line.name not in listed],
        most=MOST_PICKED if has_too_many() else 0,
    )


def chosen_places(places: Mapping[str, Place]) -> Mapping[str, Place]:
    """Return the course that is asked for, else all; what one does not teach is not there.

    :raises NotFound: one teaches no such course.
    """
    wanted = request.args.get("course", "")
    if wanted and wanted not in places:
        raise NotFound(wanted)
    return {wanted: places[wanted]} if wanted else places


def asked_page() -> int:
    """Return the page that is asked for."""
    return min(max(request.args.get("page", default=1, type=int), 1), HIGHEST_PAGE)


def left_over() -> dict[str, Any]:
    """Return what of the address stays where all filters are taken away, or the choice is cleared."""
    if "clear" in request.args:
        return asked()
    return {"item": list(dict.fromkeys(request.args.getlist("item")))[:MOST_PICKED]}
