"""Questions that are there twice, side by side."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.domain.errors import NotFound
from app.domain.roles import Permission
from app.operations.bank_doubles import list_doubles
from app.operations.bank_places import author_places
from app.web.bank.blueprint import bp
from app.web.bank.cards import cards_of
from app.web.database import reading
from app.web.languages import current_language
from app.web.security import current_person, requires

HIGHEST_PAGE = 10_000


@bp.get("/doubles")
@requires(Permission.AUTHOR)
def doubles() -> ResponseReturnValue:
    """Show groups of questions that are alike, a page at a time."""
    session, wanted = reading(), request.args.get("course", "")
    places = author_places(session, current_person())
    if wanted and wanted not in places:
        raise NotFound(wanted)
    chosen = {slug: place for slug, place in places.items() if wanted in {"", slug}}
    by_course = {place.course.id: place for place in chosen.values()}
    asked = min(max(request.args.get("page", default=1, type=int), 1), HIGHEST_PAGE)
    page = list_doubles(session, by_course, asked)
    rows = [row for group in page.groups for row in (group.first, *(one.row for one in group.others))]
    alike = [one for group in page.groups for one in group.others]
    cards = iter(cards_of(session, by_course, rows, alike))
    groups = [[next(cards) for _ in range(1 + len(group.others))] for group in page.groups]
    return render_template(
        "bank/doubles.html",
        groups=groups,
        page=page,
        course=wanted,
        courses={slug: place.course.title(current_language()) for slug, place in places.items()},
    )
