"""Compose a paper from a blueprint: choose quizzes, look at the stock, say what is wanted."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.content.render import Renderer, RenderFailed
from app.domain.bank_sources import Source
from app.domain.blueprint import Blueprint
from app.domain.errors import BadPaper, NoCommonLanguage, StockShort
from app.domain.roles import Permission
from app.operations.banks import Gathered, gather, list_sources, syllabuses_of
from app.operations.composing import paper_slug, prepare_paper, publish_paper
from app.operations.offerings import Place, get_offering
from app.web.clock import chance, clock, today
from app.web.database import Session, reading, writing
from app.web.errors import refusal_message
from app.web.filters import worth
from app.web.languages import current_language
from app.web.security import current_person, requires
from app.web.teach.bank_choices import (
    INSTRUCTION,
    chosen_of,
    quiz_choices,
    read_instructions,
    title_here,
)
from app.web.teach.blueprint import bp
from app.web.teach.blueprint_forms import ROWS_OF_CELLS, BlueprintForm, make_form
from app.web.teach.names import language_name
from app.web.teach.stock import stock_modules
from app.web.teach.views import about

#: every text of a paper was rendered before, within its own limit; together they may take longer
RENDER_SECONDS = 10.0


@bp.get("/offerings/<public_id>/exams/blueprint")
@requires(Permission.AUTHOR)
def blueprint(public_id: str) -> ResponseReturnValue:
    """Show the quizzes to choose from, or the stock of those that were chosen."""
    session = reading()
    place = get_offering(session, current_person(), public_id, Permission.AUTHOR)
    sources = list_sources(session, place.course.id)
    chosen = chosen_of(sources, request.args.getlist("quiz"))
    if not chosen or "choose" in request.args:
        asked = "next" in request.args and not chosen
        return show_choice(place, sources, chosen, gettext("Choose a quiz at least.") if asked else "")
    try:
        gathered = _gather(session, place, chosen)
    except NoCommonLanguage as refusal:
        return show_choice(place, sources, chosen, refusal_message(refusal))
    form = make_form(gathered.bank, _next_paper(sources), f"{chance():032x}")
    return show_stock(session, place, gathered, form)


@bp.post("/offerings/<public_id>/exams/blueprint")
@requires(Permission.AUTHOR)
def compose(public_id: str) -> ResponseReturnValue:
    """Compose the paper and publish it; show the table again where something is wrong with it."""
    session, person = reading(), current_person()
    place = get_offering(session, person, public_id, Permission.AUTHOR)
    sources = list_sources(session, place.course.id)
    chosen = chosen_of(sources, request.form.getlist("quiz"))
    if not chosen:
        return show_choice(place, sources, chosen, gettext("Choose a quiz at least."))
    try:
        gathered = _gather(session, place, chosen)
    except NoCommonLanguage as refusal:
        return show_choice(place, sources, chosen, refusal_message(refusal))
    form = make_form(gathered.bank, _next_paper(sources), "")
    wanted = form.check(gathered.bank)
    if form.has_strange_rows():
        problem = gettext("A quiz was changed since you began. Look at the table again.")
        return show_stock(session, place, gathered, form, problem)
    if wanted is None:
        return show_stock(session, place, gathered, form, gettext("Look at what is marked below."))
    try:
        slug = _publish(public_id, gathered, wanted, form.seed.data or "")
    except (BadPaper, StockShort, RenderFailed) as refusal:
        return show_stock(reading(), place, gathered, form, _said(refusal))
    flash(_told(wanted), "success")
    return redirect(url_for("teach.quiz", public_id=public_id, slug=slug), 303)


def show_choice(
    place: Place, sources: Sequence[Source], chosen: Sequence[str], problem: str = ""
) -> ResponseReturnValue:
    """Render the quizzes to choose from; 422 if there is a problem."""
    quizzes = quiz_choices(sources, chosen, request.values.getlist(INSTRUCTION))
    rows = ROWS_OF_CELLS if request.values.get("rows") == ROWS_OF_CELLS else "types"
    body = render_template(
        "teach/blueprint_quizzes.html", **about(place), quizzes=quizzes, rows=rows, problem=problem
    )
    return (body, 422) if problem else body


def show_stock(
    session: Session, place: Place, gathered: Gathered, form: BlueprintForm, problem: str = ""
) -> ResponseReturnValue:
    """Render the table of the stock; 422 if there is a problem."""
    bank, language = gathered.bank, current_language()
    syllabuses = syllabuses_of(session, place.course.id)
    syllabus = syllabuses.get(language) or next(iter(syllabuses.values()), None)
    titles = {one.slug: title_here(one) for one in list_sources(session, place.course.id)}
    body = render_template(
        "teach/blueprint.html",
        **about(place),
        form=form,
        problem=problem,
        quizzes=[(slug, titles.get(slug, slug)) for slug in bank.origins],
        languages=[language_name(one) for one in bank.languages],
        left_out={reason.value: count for reason, count in bank.left_out.items()},
        instructions=request.values.getlist(INSTRUCTION),
        modules=stock_modules(bank, form, syllabus),
    )
    return (body, 422) if problem else body


def _next_paper(sources: Sequence[Source]) -> tuple[date, int]:
    day = today()
    return day, 1 + sum(source.slug.startswith(paper_slug(day, "")) for source in sources)


def _gather(session: Session, place: Place, chosen: Sequence[str]) -> Gathered:
    instructions = read_instructions(request.values.getlist(INSTRUCTION))
    gathered = gather(session, place.course.id, chosen, instructions)
    if request.values.get("rows") != ROWS_OF_CELLS:
        return gathered
    return replace(gathered, bank=gathered.bank.without_types())


def _publish(public_id: str, gathered: Gathered, wanted: Blueprint, seed: str) -> str:
    with closing(Renderer(RENDER_SECONDS)) as renderer:
        paper = prepare_paper(gathered, wanted, seed, renderer)
    person = current_person()
    with writing() as session:
        place = get_offering(session, person, public_id, Permission.AUTHOR)
        return publish_paper(session, person, place, paper, (clock(), today()))


def _said(refusal: BadPaper | StockShort | RenderFailed) -> str:
    """Say why a paper was not composed."""
    if isinstance(refusal, BadPaper):
        return gettext(str(refusal))
    if isinstance(refusal, RenderFailed):
        return gettext("The paper could not be prepared in time. Try again, or take fewer questions.")
    return refusal_message(refusal)


def _told(wanted: Blueprint) -> str:
    questions = ngettext("%(num)s question", "%(num)s questions", wanted.count)
    return gettext(
        "The paper is composed: %(questions)s, %(points)s.", questions=questions, points=worth(wanted.worth)
    )
