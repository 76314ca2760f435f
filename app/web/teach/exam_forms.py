"""The forms by which an exam is set, and somebody is allowed more than its rules."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    DecimalField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional, StopValidation, ValidationError

from app.domain.errors import BadNetwork
from app.domain.exam import Devices, ExamKind, Sort, read_networks
from app.models import Exam
from app.operations.accommodations import MOST_FACTOR, MOST_MINUTES, Terms
from app.operations.exams import LONGEST_MINUTES, Rules
from app.web.clock import local_zone
from app.web.forms import Form

ORDER = _l("It closes before it opens.")


def kind_names() -> list[tuple[str, str]]:
    """Return the kinds that are set, with their names."""
    return [
        (ExamKind.EXAM.value, gettext("Exam")),
        (ExamKind.MOCK.value, gettext("Mock exam")),
        (ExamKind.ASSIGNMENT.value, gettext("Assignment")),
    ]


def sort_names() -> list[tuple[str, str]]:
    """Return the sorts of exams (考试性质), with their names."""
    return [
        (Sort.REGULAR.value, gettext("Regular")),
        (Sort.DEFERRED.value, gettext("Deferred")),
        (Sort.RESIT.value, gettext("Resit")),
    ]


def device_names() -> list[tuple[str, str]]:
    """Return on which devices an attempt may be open."""
    return [
        (Devices.ANY.value, gettext("On as many as one likes")),
        (Devices.NEWEST.value, gettext("On one: the newest takes over")),
        (Devices.FIRST.value, gettext("On one: where it was begun")),
    ]


class MomentField(DateTimeLocalField):
    """A moment of the site's time zone, aware; what stands in the table is shown in it."""

    def process_data(self, value: datetime | None) -> None:
        """Take a moment from the table."""
        self.data = value.astimezone(local_zone()).replace(tzinfo=None) if value else None

    @property
    def moment(self) -> datetime | None:
        """The moment that was filled in, in UTC."""
        return self.data.replace(tzinfo=local_zone()).astimezone(UTC) if self.data else None


class Between:
    """Refuse whole numbers outside of limits, also such as no computer counts with."""

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high

    def __call__(self, form: Form, field: IntegerField) -> None:
        """Compare as whole numbers: WTForms' own range turns them into floats first."""
        if field.data is not None and not self.low <= field.data <= self.high:
            raise ValidationError(gettext("A number from %(low)s to %(high)s.", low=self.low, high=self.high))


def whole(label: Any, low: int, high: int, note: Any = "") -> IntegerField:
    """Return a field for a whole number that may stay empty."""
    return IntegerField(label, validators=[Optional(), Between(low, high)], description=note)


class ExamForm(Form):
    """Everything that is set of an exam."""

    quiz = SelectField(_l("Quiz"), validators=[InputRequired()])
    kind = SelectField(_l("Kind"), choices=kind_names, validators=[InputRequired()])
    title = StringField(
        _l("Title"), validators=[Length(max=120)], description=_l("Empty: the title of the quiz.")
    )
    opens_at = MomentField(_l("Opens"), validators=[Optional()])
    closes_at = MomentField(
        _l("Closes"), validators=[Optional()], description=_l("Nobody's time goes on after it.")
    )
    minutes = whole(_l("Duration in minutes"), 1, LONGEST_MINUTES, _l("An assignment has none."))
    late_minutes = whole(_l("Coming in late: minutes"), 0, LONGEST_MINUTES, _l("Empty: until it closes."))
    earliest_minutes = whole(
        _l("Earliest hand-in: minutes"),
        0,
        LONGEST_MINUTES,
        _l("Counted from one's own start. Empty: at once."),
    )
    attempts_allowed = whole(_l("Attempts"), 1, 100, _l("Empty: as many as one likes."))
    code = StringField(_l("Code"), validators=[Length(max=60)], description=_l("Empty: none is asked for."))
    networks = TextAreaField(
        _l("Networks"),
        validators=[Length(max=2000)],
        description=_l("One a line, such as 10.1.0.0/16. Empty: any."),
    )
    notice = TextAreaField(
        _l("Notice"), validators=[Length(max=5000)], description=_l("What everybody reads before the start.")
    )
    needs_honour = BooleanField(_l("Ask for the statement of honour"))
    devices = SelectField(
        _l("Devices"),
        choices=device_names,
        description=_l("Where it was begun: who signs in again there needs a word of the invigilator too."),
    )
    draws_once = BooleanField(_l("Draw questions once for all, not for each person"))
    one_at_a_time = BooleanField(_l("Show one question at a time"))
    sort = SelectField(_l("Sort"), choices=sort_names)

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for a duration where there is one: an empty field is not looked at by itself."""
        is_valid = super().validate(extra_validators)
        if self.kind.data != ExamKind.ASSIGNMENT and self.minutes.data is None and not self.minutes.errors:
            self.minutes.errors = [gettext("Say how many minutes one has.")]
            return False
        return is_valid

    def validate_closes_at(self, field: MomentField) -> None:
        """Refuse a window that ends before it begins."""
        if field.data and self.opens_at.data and field.data <= self.opens_at.data:
            raise ValidationError(ORDER)

    def validate_minutes(self, field: IntegerField) -> None:
        """Refuse a duration where there is none."""
        if self.kind.data == ExamKind.ASSIGNMENT and field.data is not None:
            raise ValidationError(_l("An assignment has no duration: it is due when it closes."))

    def validate_earliest_minutes(self, field: IntegerField) -> None:
        """Refuse what lies after the end."""
        if field.data and self.minutes.data and field.data > self.minutes.data:
            raise ValidationError(_l("This is longer than the exam."))

    def validate_networks(self, field: TextAreaField) -> None:
        """Refuse what is no network, and name it."""
        try:
            read_networks(field.data or "")
        except BadNetwork as refusal:
            raise ValidationError(gettext("%(text)s is no network address.", text=str(refusal))) from None

    def fill(self, exam: Exam) -> None:
        """Show what was set."""
        for name in Rules.__dataclass_fields__:
            if name in self._fields:
                self._fields[name].process_data(getattr(exam, name))

    def rules(self) -> Rules:
        """Return what was filled in."""
        return Rules(
            kind=ExamKind(self.kind.data),
            title=(self.title.data or "").strip(),
            opens_at=self.opens_at.moment,
            closes_at=self.closes_at.moment,
            minutes=self.minutes.data,
            late_minutes=self.late_minutes.data,
            earliest_minutes=self.earliest_minutes.data,
            attempts_allowed=self.attempts_allowed.data,
            code=(self.code.data or "").strip(),
            networks=(self.networks.data or "").strip(),
            notice=(self.notice.data or "").strip(),
            needs_honour=bool(self.needs_honour.data),
            devices=Devices(self.devices.data),
            draws_once=bool(self.draws_once.data),
            one_at_a_time=bool(self.one_at_a_time.data),
            sort=Sort(self.sort.data),
        )


def is_factor(value: Decimal) -> bool:
    """Whether a number can be a factor on a duration."""
    return value.is_finite() and 1 <= value <= MOST_FACTOR and not value % Decimal("0.01")


class AllowanceForm(Form):
    """What one student or one class is allowed beyond the rules of an exam."""

    whom = SelectField(_l("For"), validators=[InputRequired()])
    extra_minutes = whole(_l("More minutes"), 0, MOST_MINUTES)
    factor = DecimalField(
        _l("Factor on the duration"),
        places=2,
        validators=[Optional()],
        description=_l("1.25 is a quarter more."),
    )
    opens_at = MomentField(_l("Own opening"), validators=[Optional()])
    closes_at = MomentField(_l("Own close"), validators=[Optional()])
    reason = StringField(_l("Reason"), validators=[InputRequired(), Length(max=300)])

    def validate_factor(self, field: DecimalField) -> None:
        """Refuse a factor that is none."""
        if field.data is not None and (
            not field.data.is_finite()
            or not Decimal(1) <= field.data <= MOST_FACTOR
            or field.data % Decimal("0.01")
        ):
            raise StopValidation(_l("The factor is 1 to 5, with two decimals at most."))

    def validate_closes_at(self, field: MomentField) -> None:
        """Refuse a window that ends before it begins."""
        if field.data and self.opens_at.data and field.data <= self.opens_at.data:
            raise ValidationError(ORDER)

    def validate_reason(self, field: StringField) -> None:
        """Refuse terms that allow nothing."""
        given = (self.extra_minutes.data, self.opens_at.data, self.closes_at.data)
        if not any(given) and self.factor.data in (None, 1):
            raise ValidationError(_l("Give more minutes, a factor or another window."))

    def terms(self) -> Terms:
        """Return what was filled in."""
        return Terms(
            reason=(self.reason.data or "").strip(),
            extra_minutes=self.extra_minutes.data or 0,
            factor=self.factor.data or Decimal(1),
            opens_at=self.opens_at.moment,
            closes_at=self.closes_at.moment,
        )
