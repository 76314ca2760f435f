"""The forms of authors: a new text, and a text that is being written."""

import re

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from app.content.sources import OTHER_FILES
from app.web.forms import Form

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG = 60
#: a text has at most 256 KiB
LONGEST_TEXT = 256 * 1024


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
