"""Try a text as students will meet it, before it is published: nothing is stored, nothing counts."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.content.fragments import fragments_of
from app.content.parse import Kind
from app.content.render import RenderFailed
from app.domain.case import Case
from app.domain.quiz import Quiz
from app.domain.roles import Permission
from app.operations.writings import Target, open_writing
from app.web.authoring.blueprint import bp
from app.web.authoring.forms import LONGEST_TEXT
from app.web.authoring.pages import TEXT, about_text, checked_of, target_of
from app.web.authoring.rendering import renderer
from app.web.authoring.trial_papers import about_paper
from app.web.authoring.trial_walks import about_walk
from app.web.database import reading
from app.web.security import requires, takes_at_most

#: answers and reasons of a whole text, as a form sends Chinese characters
FORM_BYTES = 3 * LONGEST_TEXT


@bp.get(TEXT + "/try")
@requires(Permission.AUTHOR)
def try_text(public_id: str, kind: str, slug: str) -> ResponseReturnValue:
    """Show the draft as students would begin it; without a draft what is published."""
    return _trial(target_of(reading(), public_id, kind, slug))


@bp.post(TEXT + "/try")
@takes_at_most(FORM_BYTES)
@requires(Permission.AUTHOR)
def go_on(public_id: str, kind: str, slug: str) -> ResponseReturnValue:
    """Show what comes of a decision or of the answers."""
    return _trial(target_of(reading(), public_id, kind, slug))


def _trial(target: Target) -> ResponseReturnValue:
    opened = open_writing(reading(), target)
    checked, about = checked_of(target, opened.text), about_text(target, opened)
    document = checked.parsed.document
    if target.name.kind is Kind.SYLLABUS:
        return redirect(url_for("authoring.edit", **about["where"]), 303)
    if not isinstance(document, Case | Quiz) or not checked.is_sound:
        return render_template("authoring/try_none.html", **about), 422
    try:
        html = renderer().render(fragments_of(document), checked.manifest)
    except RenderFailed:
        return render_template("authoring/try_none.html", **about), 422
    if isinstance(document, Case):
        return render_template("authoring/try_case.html", **about, **about_walk(target, document, html))
    return render_template("authoring/try_quiz.html", **about, **about_paper(target, document, html))
