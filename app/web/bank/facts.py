"""Set difficulty and objectives of a question: they are written into the draft of its quiz."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import Length, Optional

from app.content.values import BadValue, read_objectives
from app.domain.errors import DraftChanged, TextRefused
from app.domain.items import Difficulty
from app.domain.roles import Permission
from app.operations.bank_facts import Facts, Written, set_facts
from app.operations.bank_places import QuestionName, get_question
from app.web.bank.blueprint import bp
from app.web.clock import clock
from app.web.database import writing
from app.web.errors import refusal_message
from app.web.forms import Form
from app.web.security import current_person, requires
from app.web.teach.names import difficulty_name


class FactsForm(Form):
    """What holds for a question."""

    difficulty = SelectField(_l("Difficulty"), validate_choice=False)
    objectives = StringField(
        _l("Objectives"),
        [Optional(), Length(max=200)],
        description=_l("Numbers of the syllabus, separated by commas: 1.1, 2.3."),
    )


def facts_form(written: Written | None) -> FactsForm | None:
    """Return the form as the text has it; None where the text does not have the question."""
    if written is None:
        return None
    facts = written.facts
    difficulty = facts.difficulty.value if facts.difficulty else ""
    form = FactsForm(formdata=None, difficulty=difficulty, objectives=", ".join(facts.objectives))
    named = {one.value: difficulty_name(one) for one in Difficulty}
    form.difficulty.choices = {"": difficulty_name(None)} | named
    return form


@bp.post("/questions/<course>/<quiz>/<item>/facts")
@requires(Permission.AUTHOR)
def set_question_facts(course: str, quiz: str, item: str) -> ResponseReturnValue:
    """Write difficulty and objectives into the draft of the quiz; nothing is published by it."""
    back = redirect(url_for("bank.question", course=course, quiz=quiz, item=item), 303)
    try:
        wanted = _wanted()
        with writing() as session:
            found = get_question(session, current_person(), QuestionName(course, quiz, item))
            is_changed = set_facts(session, current_person(), found, wanted, clock())
    except BadValue:
        flash(gettext("These are no numbers of objectives. Nothing was changed."), "danger")
    except TextRefused as refusal:
        flash(gettext(refusal.sentence.text, **refusal.sentence.values), "danger")
    except DraftChanged as refusal:
        flash(refusal_message(refusal), "danger")
    else:
        _tell(is_changed=is_changed)
    return back


def _wanted() -> Facts:
    """Return what the form wants.

    :raises BadValue: the objectives are none.
    """
    name, objectives = request.form.get("difficulty", ""), request.form.get("objectives", "").strip()
    difficulty = Difficulty(name) if name in set(Difficulty) else None
    return Facts(difficulty, read_objectives(objectives[:200]) if objectives else ())


def _tell(*, is_changed: bool) -> None:
    if is_changed:
        flash(
            gettext("It stands in the draft of the quiz. The bank has it once that is published."), "success"
        )
    else:
        flash(gettext("Nothing has changed."), "info")
