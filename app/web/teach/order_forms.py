"""Forms of the orders that somebody gives who watches an exam."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, StringField, TimeField
from wtforms.validators import Length, Optional, StopValidation, ValidationError

from app.operations.orders import MOST_MINUTES
from app.web.clock import clock, local_zone
from app.web.forms import Form

CHOSEN, ALL, OPEN_AT = "chosen", "all", "open_at"
MINUTES = _l("Give whole minutes from 1 to %(most)s.", most=MOST_MINUTES)


def are_minutes(form: Form, field: Any) -> None:
    """Refuse what is no whole number of minutes, or too many."""
    if field.data is None or not 1 <= field.data <= MOST_MINUTES:
        field.errors = []
        raise StopValidation(MINUTES)


def is_not_blank(form: Form, field: Any) -> None:
    """Refuse a reason of white space."""
    if not (field.data or "").strip():
        raise ValidationError(gettext("Give the reason. It stands in the attempt's record."))


class ReasonForm(Form):
    """Why an order is given."""

    reason = StringField(
        _l("Reason"),
        [is_not_blank, Length(max=300, message=_l("This is longer than 300 characters."))],
        description=_l("Everybody who reads the attempt's record sees it."),
        render_kw={"autocomplete": "off", "required": True, "maxlength": 300},
    )

    @property
    def why(self) -> str:
        """Return the reason."""
        return (self.reason.data or "").strip()


class OrderForm(ReasonForm):
    """Whom an order concerns, and why it is given. The choices are set for each act."""

    whom = RadioField(_l("Whom"), validators=[Optional()])

    @property
    def group(self) -> str:
        """Return which people are meant: the chosen ones, all, those who were open at a time."""
        return self.whom.data or CHOSEN

    @property
    def needs_time(self) -> bool:
        """Whether people are meant who were open at a time."""
        return False

    @property
    def length(self) -> int:
        """Return the minutes that it gives."""
        return 0


class MinutesForm(OrderForm):
    """An order that gives minutes."""

    minutes = IntegerField(
        _l("Minutes"),
        [are_minutes],
        render_kw={"inputmode": "numeric", "min": 1, "max": MOST_MINUTES},
    )

    @property
    def length(self) -> int:
        """Return the minutes that it gives."""
        return self.minutes.data or 0


class TimeForm(MinutesForm):
    """An order that gives more time, also to everybody who was open at an instant."""

    open_at = TimeField(
        _l("Open at"),
        [Optional()],
        description=_l("For those who were open at a time: when, on the clock of this place."),
    )
    #: the exam whose opening nothing can come before; set by the view
    opens_at: datetime | None = None

    @property
    def needs_time(self) -> bool:
        """Whether people are meant who were open at a time."""
        return self.group == OPEN_AT

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse, besides, a time before the exam, and none where one is needed."""
        is_valid: bool = super().validate(extra_validators)
        if not self.needs_time or self.open_at.errors:
            return is_valid
        at = self.instant()
        if at is None or (self.opens_at is not None and at < self.opens_at):
            told = gettext("The exam was not open at that time. Give a time since it began.")
            self.open_at.errors = [told]
            return False
        return is_valid

    def instant(self) -> datetime | None:
        """Return the last instant at which the clocks of this place showed the time."""
        if self.open_at.data is None:
            return None
        now = clock().astimezone(local_zone())
        at = datetime.combine(now.date(), self.open_at.data, now.tzinfo)
        return at if at <= now else at - timedelta(days=1)


class UndoForm(ReasonForm):
    """Why a credit of time is taken back."""


def name_groups(form: OrderForm, choices: Sequence[tuple[str, str]], preferred: str) -> None:
    """Set which people can be meant, and who is unless somebody says otherwise."""
    form.whom.choices = list(choices)
    if form.whom.data not in {value for value, _ in choices}:
        form.whom.data = preferred
