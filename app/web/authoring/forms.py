"""The forms of authors: a new text, and a text that is being written."""

import re
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import FileField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from app.content.sources import OTHER_FILES
from app.web.forms import Form

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG = 60
#: a text has at most 256 KiB
LONGEST_TEXT = 256 * 1024
LONGEST_PASTE = 1024 * 1024


def kind_names() -> dict[str, str]:
    """Name the kinds of text that can be begun."""
    return {"case": gettext("Case"), "quiz": gettext("Quiz")}


def is_slug(form: Form, field: StringField) -> None:
    """Refuse what cannot stand in an address."""
    field.data = (field.data or "").strip().lower()
    if not SLUG.fullmatch(field.data):
        raise ValidationError(gettext("A short name has a-z, 0-9 and - only."))
    if field.data in OTHER_FILES:
        raise ValidationError(gettext("This name is that of another file of the course. Choose another."))


def slug_field() -> StringField:
    """Return a field for the short name of a text or a course."""
    return StringField(
        _l("Short name"),
        [InputRequired(_l("Give it a short name.")), Length(max=LONGEST_SLUG), is_slug],
        description=_l("Stands in the address: a-z, 0-9 and -, such as car-door."),
    )


class NewTextForm(Form):
    """What a new text is, and what it is called."""

    kind = SelectField(_l("Kind"), choices=kind_names)
    title = StringField(_l("Title"), [InputRequired(_l("Give the text a title.")), Length(max=100)])
    slug = slug_field()
    module = SelectField(_l("Module"), choices=dict, default="")


class WritingForm(Form):
    """A text, and what its author says of the change."""

    text = TextAreaField(
        _l("Text"),
        [Length(max=LONGEST_TEXT, message=_l("This is larger than a text can be: 256 KiB. Split it."))],
    )
    message = StringField(
        _l("What changed"),
        [Length(max=200, message=_l("Say in at most 200 characters what changed."))],
        description=_l("One line for whoever looks at the history."),
    )


def use_names() -> dict[str, str]:
    """Name what a quiz is for."""
    return {"practice": gettext("Practice"), "exam": gettext("Exams only: students do not see it")}


class ImportForm(Form):
    """A file or a text with questions, and where they go; the choices are set by the view."""

    file = FileField(
        _l("File"),
        description=_l("Word (.docx), Excel (.xlsx), CSV or plain text, at most 20 MB."),
        render_kw={"accept": ".docx,.xlsx,.csv,.tsv,.txt,.md"},
    )
    text = TextAreaField(
        _l("Or paste the questions here"),
        [Length(max=LONGEST_PASTE, message=_l("This is too long to be pasted. Save it as a file."))],
        render_kw={"rows": 8},
    )
    to = SelectField(_l("Where to"), choices=dict, default="")
    title = StringField(_l("Title"), [Length(max=100)], description=_l("Of the new quiz."))
    slug = StringField(
        _l("Short name"),
        [Length(max=LONGEST_SLUG)],
        description=_l("Stands in the address: a-z, 0-9 and -, such as car-door."),
    )
    module = SelectField(_l("Module"), choices=dict, default="")
    use = SelectField(_l("Use"), choices=use_names, default="practice")

    def validate_title(self, field: Any) -> None:
        """Ask for the title of a new quiz."""
        field.data = " ".join((field.data or "").split())
        if not self.to.data and not field.data:
            raise ValidationError(gettext("Give the text a title."))

    def validate_slug(self, field: Any) -> None:
        """Ask for a short name of a new quiz that can stand in an address."""
        field.data = (field.data or "").strip().lower()
        if not self.to.data and not SLUG.fullmatch(field.data):
            raise ValidationError(gettext("A short name has a-z, 0-9 and - only."))
