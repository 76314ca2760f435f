"""One question of the bank: how it looks, its uses, what is like it, and what the desk says of it."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.content.parse import Kind
from app.domain.errors import NotPublished, NotRendered
from app.domain.roles import Permission
from app.operations.bank_desk import retire_question, revive_question, set_tags
from app.operations.bank_doubles import doubles_of
from app.operations.bank_facts import find_written
from app.operations.bank_places import Question, QuestionName, get_question, since_of
from app.operations.bank_use import list_uses
from app.operations.documents import get_text
from app.web.attempts.presenting import GroupView
from app.web.bank.blueprint import bp
from app.web.bank.cards import cards_of
from app.web.bank.chosen import lines_of
from app.web.bank.facts import facts_form
from app.web.clock import clock
from app.web.database import Session, reading, writing
from app.web.security import current_person, requires
from app.web.teach.quizzes import sheet_of

QUESTION = "/questions/<course>/<quiz>/<item>"
#: words between which a tag ends
COMMAS = str.maketrans("，、；;", ",,,,")


@bp.get(QUESTION)
@requires(Permission.AUTHOR)
def question(course: str, quiz: str, item: str) -> ResponseReturnValue:
    """Show a question with its key, its uses and what is like it."""
    session = reading()
    found = get_question(session, current_person(), name_of(course, quiz, item))
    return show(session, found)


@bp.post(QUESTION)
@requires(Permission.AUTHOR)
def change(course: str, quiz: str, item: str) -> ResponseReturnValue:
    """Change what the desk says of a question: its tags, or whether it is retired."""
    person, now = current_person(), clock()
    # what is said on the desk is said of the original, whichever language its page is in
    name = QuestionName(course, quiz, item)
    with writing() as session:
        found = get_question(session, person, name)
        if "retire" in request.form:
            retire_question(session, person, found, now)
            told = gettext("Retired: no new paper takes this question. Papers that stand are not touched.")
        elif "revive" in request.form:
            revive_question(session, person, found, now)
            told = gettext("The question is in use again.")
        else:
            set_tags(session, person, found, request.form.get("tags", "").translate(COMMAS).split(","), now)
            told = gettext("The tags are saved.")
    flash(told, "success")
    return redirect(url_for("bank.question", course=course, quiz=quiz, item=item, **_language()), 303)


def name_of(course: str, quiz: str, item: str) -> QuestionName:
    """Return the question that an address names."""
    return QuestionName(course, quiz, item, request.args.get("language", ""))


def show(session: Session, found: Question) -> ResponseReturnValue:
    """Render the page of a question."""
    row, group = found.row, group_of(session, found)
    alike = doubles_of(session, row)
    since, author = since_of(session, row)
    written = None if found.document.is_translation else find_written(session, found)
    return render_template(
        "bank/question.html",
        line=lines_of(session, [found])[0],
        place=found.place,
        slug=found.document.slug,
        group=group,
        facts=facts_form(written),
        has_draft=written is not None and written.writing.draft is not None,
        view=next((one for one in group.items if one.key == row.item), None) if group else None,
        since=since,
        author=author,
        uses=list_uses(session, row),
        cards=cards_of(session, {row.course_id: found.place}, [one.row for one in alike], alike),
    )


def group_of(session: Session, found: Question) -> GroupView | None:
    """Return the big question in which a question stands, with keys; None where it waits to be rendered."""
    try:
        text = get_text(session, found.place.course.id, Kind.QUIZ, found.document.slug)
        groups = sheet_of(session, found.place, text, "key").paper().groups
    except (NotPublished, NotRendered):
        return None
    return next((one for one in groups if any(item.key == found.row.item for item in one.items)), None)


def _language() -> dict[str, Any]:
    language = request.args.get("language")
    return {"language": language} if language else {}
