"""Take chosen questions into the draft of a quiz, or begin a quiz for exams with them."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import Length

from app.domain.errors import DraftChanged, NothingChosen, QuestionRetired, TextRefused
from app.domain.roles import Permission
from app.operations.bank_picks import Picked, new_target, pick_into, pick_new
from app.operations.bank_places import Question
from app.operations.documents import list_quizzes
from app.operations.offerings import Place
from app.web.authoring.forms import LONGEST_SLUG, SLUG
from app.web.authoring.pages import course_language, where_of
from app.web.bank.blueprint import bp
from app.web.bank.chosen import asked, chosen_questions, lines_of
from app.web.clock import clock
from app.web.database import Session, reading, writing
from app.web.errors import refusal_message
from app.web.forms import Form
from app.web.languages import current_language, sentences
from app.web.security import current_person, requires


class PickForm(Form):
    """Where the questions go: the quiz by its short name, empty for a new one."""

    quiz = SelectField(_l("Into"), validate_choice=False)
    title = StringField(_l("Title"), [Length(max=100)])
    slug = StringField(
        _l("Short name"),
        [Length(max=LONGEST_SLUG)],
        description=_l("Stands in the address: a-z, 0-9 and -, such as car-door."),
    )

    def check_new(self) -> bool:
        """Whether a new quiz is called as it can be; what is wrong is told at its field."""
        self.title.data = " ".join((self.title.data or "").split())
        self.slug.data = (self.slug.data or "").strip().lower()
        if not self.title.data:
            self.title.errors = [gettext("Give the text a title.")]
        if not SLUG.fullmatch(self.slug.data):
            self.slug.errors = [gettext("A short name has a-z, 0-9 and - only.")]
        return not self.errors


@bp.get("/pick")
@requires(Permission.AUTHOR)
def pick() -> ResponseReturnValue:
    """Show what was chosen, and ask where it goes."""
    chosen = chosen_questions(reading())
    problem = problem_of(chosen)
    return show(chosen, PickForm(formdata=None), problem)


@bp.post("/pick")
@requires(Permission.AUTHOR)
def take() -> ResponseReturnValue:
    """Write the questions into the draft, and open it."""
    form, chosen = PickForm(), chosen_questions(reading())
    problem = problem_of(chosen)
    is_new = not form.quiz.data
    if problem or not form.validate() or (is_new and not form.check_new()):
        return show(chosen, form, problem, 422)
    try:
        with writing() as session:
            picked = write(session, form, is_new=is_new)
            where = where_of(picked.target.place, picked.target.name)
    except TextRefused as refusal:
        return show(again(), form, gettext(refusal.sentence.text, **refusal.sentence.values), 422)
    except (DraftChanged, QuestionRetired, NothingChosen) as refusal:
        return show(again(), form, refusal_message(refusal), 422)
    told = ngettext("%(num)s question is taken.", "%(num)s questions are taken.", len(chosen))
    draft = gettext("It is a draft: look at it, then publish it.")
    flash(sentences(told, draft), "success")
    return redirect(url_for("authoring.edit", **where, message=picked.message), 303)


def write(session: Session, form: PickForm, *, is_new: bool) -> Picked:
    """Take the questions into the text that the form names."""
    person, chosen = current_person(), chosen_questions(session)
    if not chosen:
        raise NothingChosen
    place = chosen[0].place
    language = course_language(session, place)
    if is_new:
        target = new_target(place, form.slug.data or "", language)
        return pick_new(session, person, target, (form.title.data or "", chosen), clock())
    return pick_into(session, person, new_target(place, form.quiz.data, language), chosen, clock())


def again() -> list[Question]:
    """Return what was chosen once more, after a refusal."""
    return chosen_questions(reading())


def problem_of(chosen: Sequence[Question]) -> str:
    """Say why these questions cannot be taken together, nothing if they can."""
    if not chosen:
        return gettext("Choose a question at least.")
    if len({one.document.course_id for one in chosen}) > 1:
        return gettext("Choose questions of one course: objectives and pictures belong to it.")
    if len({one.document.language for one in chosen}) > 1:
        return gettext("Choose questions in one language.")
    return ""


def show(
    chosen: Sequence[Question], form: PickForm, problem: str = "", status: int = 200
) -> ResponseReturnValue:
    """Render the page on which one says where the questions go."""
    new: dict[str, str] = {"": gettext("A new quiz for exams")}
    form.quiz.choices = new | quizzes_of(chosen)
    back = asked() if request.method == "GET" else {}
    lines = lines_of(reading(), chosen)
    body = render_template("bank/pick.html", form=form, lines=lines, problem=problem, back=back)
    return body, status


def quizzes_of(chosen: Sequence[Question]) -> dict[str, str]:
    """Return the quizzes of the course into which questions can go."""
    if not chosen:
        return {}
    place: Place = chosen[0].place
    listed = list_quizzes(reading(), place.course.id, current_language())
    return {quiz.slug: quiz.title for quiz in listed}
