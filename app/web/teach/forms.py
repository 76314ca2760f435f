"""Forms of the teaching pages."""

from datetime import date
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from wtforms import DateField, DecimalField, FileField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, StopValidation, ValidationError

from app.domain.course_files import LONGEST_TITLE
from app.domain.terms import Term
from app.operations.hours import Lesson
from app.web.clock import today
from app.web.forms import Form

HALF = Decimal("0.5")
MOST = Decimal(24)
TO_COME = _l("This day is still to come. Record class hours once they were held.")
IN_HALVES = _l("Class hours are counted in halves: 0.5, 1, 1.5 …")


def is_number(form: Form, field: DecimalField) -> None:
    """Refuse NaN and infinity, with which nothing can be compared."""
    if field.data is not None and not field.data.is_finite():
        raise StopValidation(IN_HALVES)


class HoursForm(Form):
    """Class hours of a module that were held on a day."""

    module = SelectField(_l("Module"), validators=[InputRequired()])
    hours = DecimalField(
        _l("Class hours held"), places=1, validators=[InputRequired(), is_number, NumberRange(HALF, MOST)]
    )
    held_on = DateField(_l("Held on"), validators=[InputRequired()])
    note = StringField(_l("Note"), validators=[Length(max=200)])

    def validate_hours(self, field: DecimalField) -> None:
        """Refuse what is no multiple of half an hour."""
        if field.data is not None and HALF <= field.data <= MOST and field.data % HALF:
            raise ValidationError(IN_HALVES)

    def validate_held_on(self, field: DateField) -> None:
        """Refuse a day to come: what is planned stands in the syllabus."""
        if field.data is not None and field.data > today():
            raise ValidationError(TO_COME)

    def lesson(self) -> Lesson:
        """Return what was filled in."""
        assert self.hours.data is not None
        assert self.held_on.data is not None
        return Lesson(self.module.data, self.hours.data, self.held_on.data, self.note.data or "")


class LabelForm(Form):
    """At which module a file stands, and what it is called."""

    module = SelectField(_l("Module"), validators=[InputRequired()])
    title = StringField(_l("Title"), validators=[InputRequired(), Length(max=LONGEST_TITLE)])


class FileForm(Form):
    """A file for a module."""

    module = SelectField(_l("Module"), validators=[InputRequired()])
    file = FileField(_l("File"))
    title = StringField(
        _l("Title"),
        validators=[Length(max=LONGEST_TITLE)],
        description=_l("What learners read; the file's name if you leave it empty."),
    )


class TermForm(Form):
    """The term that an offering is copied to."""

    term = StringField(_l("Term"), validators=[InputRequired(), Length(max=60)])
    starts_on = DateField(_l("First day"), validators=[InputRequired()])
    ends_on = DateField(_l("Last day"), validators=[InputRequired()])

    def validate_ends_on(self, field: DateField) -> None:
        """Refuse a term that ends before it begins."""
        first: date | None = self.starts_on.data
        if first and field.data and field.data < first:
            raise ValidationError(_l("The last day comes before the first."))

    def value(self) -> Term:
        """Return what was filled in."""
        assert self.starts_on.data is not None
        assert self.ends_on.data is not None
        return Term(self.term.data or "", self.starts_on.data, self.ends_on.data)
