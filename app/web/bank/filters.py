"""The filters of the bank: what can be chosen, and what was."""

from collections.abc import Mapping

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, StringField
from wtforms.validators import Length, Optional

from app.domain.bank_wanted import Wanted
from app.domain.bank_words import LIVE, NONE, RETIRED, Mark
from app.domain.items import Difficulty, Level
from app.domain.question_types import TYPE_ORDER, type_title
from app.operations.bank_places import Names
from app.operations.offerings import Place
from app.web.filters import level_name
from app.web.forms import Form
from app.web.languages import current_language
from app.web.teach.names import difficulty_name, language_name

#: of each fact so many are offered, those first that most questions have
MOST_OFFERED = 200
LANGUAGES = ("zh", "en")
EVERY = "every"


class BankForm(Form):
    """What is looked for; sent with GET, so that it stands in the address."""

    class Meta:
        """Nothing is changed, so no token is needed."""

        csrf = False

    q = StringField(
        _l("Words, pinyin or initials"),
        [Optional(), Length(max=100)],
        description=_l("Such as: car door, 车门, chemen or cm. Every word must be found."),
    )
    course = SelectField(_l("Course"), validate_choice=False)
    type = SelectField(_l("Question type"), validate_choice=False)
    difficulty = SelectField(_l("Difficulty"), validate_choice=False)
    level = SelectField(_l("Level"), validate_choice=False)
    quiz = SelectField(_l("Stands in quiz"), validate_choice=False)
    topic = SelectField(_l("Topic"), validate_choice=False)
    objective = SelectField(_l("Objective"), validate_choice=False)
    tag = SelectField(_l("Tag"), validate_choice=False)
    author = SelectField(_l("Author"), validate_choice=False)
    exam = SelectField(_l("Asked in exam"), validate_choice=False)
    used = SelectField(_l("Last asked"), validate_choice=False)
    day = DateField(_l("Day"), [Optional()])
    use = SelectField(_l("For"), validate_choice=False)
    language = SelectField(_l("Text"), validate_choice=False)
    state = SelectField(_l("State"), validate_choice=False)

    @property
    def more(self) -> list[SelectField]:
        """The filters that are folded away while none of them is used."""
        names = ("level", "quiz", "topic", "objective", "tag", "author", "exam", "used", "day")
        return [self[name] for name in (*names, "use", "language", "state")]

    @property
    def is_narrow(self) -> bool:
        """Whether one of those filters is used."""
        return any(one.data for one in self.more)

    def wanted(self) -> Wanted:
        """Return what is looked for."""
        return Wanted(
            text=self.q.data or "",
            state={EVERY: "", RETIRED: RETIRED}.get(self.state.data or "", LIVE),
            day=self.day.data,
            **{name: getattr(self, name).data or "" for name in PLAIN},
        )


PLAIN = (
    *("quiz", "type", "difficulty", "level", "topic", "objective"),
    *("tag", "author", "use", "exam", "language", "used"),
)


def bank_form(
    places: Mapping[str, Place], choices: Mapping[str, Mapping[str, int]], names: Names
) -> BankForm:
    """Return the form with what the questions of the chosen courses have."""
    form, language = BankForm(request.args), current_language()
    offered = {
        "course": {slug: place.course.title(language) for slug, place in places.items()},
        "type": {name: type_title(name, language) for name in TYPE_ORDER},
        "difficulty": {one.value: difficulty_name(one) for one in Difficulty} | {NONE: difficulty_name(None)},
        "level": {one.value: level_name(one) for one in Level} | {NONE: gettext("Level not set")},
        "quiz": {str(one): title for one, title in names.titles.items()},
        "topic": _most(choices[Mark.TOPIC]),
        "objective": _most(choices[Mark.OBJECTIVE]),
        "tag": _most(choices[Mark.TAG]),
        "author": {str(one): name for one, name in names.authors.items()} | {NONE: gettext("From a file")},
        "exam": {str(one): title for one, title in names.exams.items()},
        "used": {
            "never": gettext("Never"),
            "before": gettext("Not since the day"),
            "since": gettext("Since the day"),
        },
        "use": {"practice": gettext("Practice"), "exam": gettext("Exams only")},
        "language": {one: language_name(one) for one in LANGUAGES},
        "state": {RETIRED: gettext("Retired"), EVERY: gettext("With retired ones")},
    }
    empty = {"language": gettext("Originals"), "state": gettext("In use")}
    for name, each in offered.items():
        form[name].choices = {"": empty.get(name, gettext("All"))} | each
    return form


def _most(counts: Mapping[str, int]) -> dict[str, str]:
    """Offer what most questions have, in the order of the words."""
    most = sorted(counts, key=lambda one: -counts[one])[:MOST_OFFERED]
    return {one: f"{one} ({counts[one]})" for one in sorted(most)}
