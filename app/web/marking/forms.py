"""Forms of marking, and what is wrong with a mark that cannot be taken."""

from decimal import Decimal
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectMultipleField, StringField, TextAreaField

from app.domain.errors import BadMark
from app.domain.keys import ConstructedKey
from app.domain.marking import MarkFault, read_points, sum_awarded
from app.operations.marking import LONGEST_COMMENT, LONGEST_REASON, Given, Seen
from app.web.filters import points as points_text
from app.web.filters import worth
from app.web.forms import Form

UNSEEN = Seen(-1, -1)


#: a reason in the browser: not longer than is taken
ONE_LINE = {"autocomplete": "off", "maxlength": LONGEST_REASON}


class MarkForm(Form):
    """A mark of one response. ``seen`` says what its marker has before the eyes."""

    points = StringField(_l("Points"))
    awarded = SelectMultipleField(_l("Marking points"), validate_choice=False)
    comment = TextAreaField(
        _l("Comment"), description=_l("The learner reads it with the result, where points are shown.")
    )
    reason = StringField(_l("Why the earlier mark is replaced"), render_kw=ONE_LINE)
    seen = HiddenField()

    def given(self, key: ConstructedKey, maximum: Decimal) -> Given:
        """Return what was filled in; without points, what is ticked adds up.

        :raises BadMark: it is no mark for this item.
        """
        awarded = tuple(sorted({int(one) for one in self.awarded.data or () if is_small(one)}))
        total = sum_awarded(key.points, awarded, maximum)
        typed = self.points.data or ""
        points = total if awarded and not typed.strip() else read_points(typed, maximum)
        return Given(points, awarded, (self.comment.data or "").strip(), (self.reason.data or "").strip())

    def refuse(self, refusal: BadMark, maximum: Decimal) -> None:
        """Say at its field what is wrong."""
        fault = MarkFault(str(refusal))
        field = {MarkFault.NO_REASON: self.reason, MarkFault.TOO_LONG: self.comment}.get(fault, self.points)
        field.errors = [sentence_of(fault, maximum)]


class ChoiceForm(Form):
    """Which of two marks counts."""

    mark = RadioField(_l("The mark that counts"), coerce=str, validate_choice=False)
    reason = StringField(_l("Reason"), render_kw=ONE_LINE)
    seen = HiddenField()


def is_small(text: str) -> bool:
    """Whether a text is the number of a marking point."""
    return text.isascii() and text.isdigit() and len(text) < 4


def seen_text(seen: Seen) -> str:
    """Write what a marker has seen, as the form sends it back."""
    return f"{seen.marks}.{seen.event_seq}"


def read_seen(field: Any) -> Seen:
    """Read it; what is not readable was never seen."""
    parts = str(field.data or "").split(".")
    if len(parts) != 2 or not all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts):
        return UNSEEN
    return Seen(int(parts[0]), int(parts[1]))


def sentence_of(fault: MarkFault, maximum: Decimal) -> str:
    """Say what is wrong with a mark, and what to do."""
    sentences = {
        MarkFault.EMPTY: gettext("Enter the points, or tick marking points."),
        MarkFault.COMMA: gettext("Write decimals with a point: 1.5, not 1,5."),
        MarkFault.NO_NUMBER: gettext("This is no number of points. Write for example 2 or 2.5."),
        MarkFault.NEGATIVE: gettext("Points are never negative; the least is 0."),
        MarkFault.TOO_MANY: gettext("This question is worth %(points)s at most.", points=worth(maximum)),
        MarkFault.TOO_FINE: gettext("Points have two decimals at most, for example 2.25."),
        MarkFault.UNKNOWN_POINT: gettext("There is no such marking point. Load the page again."),
        MarkFault.NO_REASON: gettext("Say why the earlier mark is replaced."),
        MarkFault.TOO_LONG: gettext(
            "This is too long: a comment has %(comment)s characters at most, a reason %(reason)s.",
            comment=points_text(LONGEST_COMMENT),
            reason=points_text(LONGEST_REASON),
        ),
    }
    return sentences[fault]
