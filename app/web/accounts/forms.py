"""Forms of the account pages."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from app.domain.accounts import LONGEST_PASSWORD, refuse_weak_password
from app.domain.errors import WeakPassword
from app.web.forms import Form
from app.web.sessions import current_person

LONGEST_TYPED = 200


class SignInForm(Form):
    """Login and password."""

    username = StringField(
        _l("Student or staff number"),
        [InputRequired(_l("Enter your number.")), Length(max=LONGEST_TYPED, message=_l("This is too long."))],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        _l("Password"),
        [
            InputRequired(_l("Enter your password.")),
            Length(max=LONGEST_PASSWORD, message=_l("This is too long.")),
        ],
        render_kw={"autocomplete": "current-password"},
    )


class PasswordForm(Form):
    """The present password, and the new one twice."""

    present = PasswordField(
        _l("Present password"),
        [
            InputRequired(_l("Enter your present password.")),
            Length(max=LONGEST_PASSWORD, message=_l("This is too long.")),
        ],
        render_kw={"autocomplete": "current-password"},
    )
    new = PasswordField(
        _l("New password"),
        [
            InputRequired(_l("Enter a new password.")),
            Length(max=LONGEST_PASSWORD, message=_l("This is too long.")),
        ],
        description=_l("At least 8 characters; not your number, not a password that many people use."),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _l("New password again"),
        [InputRequired(_l("Enter the new password a second time."))],
        render_kw={"autocomplete": "new-password"},
    )

    def validate_new(self, field: Any) -> None:
        """Refuse weak passwords and the one that is to be replaced."""
        if field.data == self.present.data:
            raise ValidationError(gettext("This is your present password; choose another one."))
        try:
            refuse_weak_password(field.data, current_person().login)
        except WeakPassword:
            text = gettext("This password is too short, too simple, or easy to guess. Choose another one.")
            raise ValidationError(text) from None

    def validate_again(self, field: Any) -> None:
        """Refuse a slip of the finger."""
        if field.data != self.new.data:
            raise ValidationError(gettext("The two new passwords differ. Type the new one again."))
