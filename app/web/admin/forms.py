"""Forms of the administration."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import DateField, FileField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from app.domain.accounts import LONGEST_NAME, fold_login, tidy_name
from app.domain.errors import BadName
from app.domain.roles import Role, SiteRole
from app.web.forms import Form

TOO_LONG = _l("This is too long.")


def role_names() -> Any:
    """Name the roles in an offering, by their value."""
    return {
        Role.STUDENT.value: gettext("Student"),
        Role.ASSISTANT.value: gettext("Assistant"),
        Role.MARKER.value: gettext("Marker"),
        Role.INSTRUCTOR.value: gettext("Instructor"),
    }


def site_role_names() -> Any:
    """Name the roles on the whole site, by their value."""
    return {
        "": gettext("None"),
        SiteRole.ADMIN.value: gettext("Administrator"),
        SiteRole.OFFICER.value: gettext("Exam officer"),
        SiteRole.AUDITOR.value: gettext("Auditor"),
    }


def in_our_time(form: Any, field: Any) -> None:
    """Refuse a day that no log can reach."""
    if field.data and not 2000 <= field.data.year < 2200:
        raise ValidationError(gettext("This is no day of our time."))


class NewPersonForm(Form):
    """A new account; its first password is drawn, not typed."""

    login = StringField(
        _l("Student or staff number"),
        [InputRequired(_l("Enter a number.")), Length(max=64, message=TOO_LONG)],
        description=_l("The login. Leading zeros stay. Letters, digits and _ . @ + - are allowed."),
        render_kw={"autocomplete": "off", "autocapitalize": "none"},
    )
    name = StringField(
        _l("Name"),
        [InputRequired(_l("Enter a name.")), Length(max=LONGEST_NAME, message=TOO_LONG)],
        render_kw={"autocomplete": "off"},
    )
    class_name = StringField(
        _l("Administrative class"), [Optional(), Length(max=LONGEST_NAME, message=TOO_LONG)]
    )
    site_role = SelectField(_l("Role on the whole site"), choices=site_role_names)

    def validate_login(self, field: Any) -> None:
        """Refuse signs that a login cannot have."""
        try:
            fold_login(field.data)
        except BadName:
            raise ValidationError(gettext("A number has letters, digits and _ . @ + - only.")) from None

    def validate_class_name(self, field: Any) -> None:
        """Refuse signs that no class has."""
        if field.data and not field.data.isprintable():
            raise ValidationError(gettext("Enter a name."))

    def validate_name(self, field: Any) -> None:
        """Refuse a name that is none."""
        try:
            tidy_name(field.data)
        except BadName:
            raise ValidationError(gettext("Enter a name.")) from None


class SiteRoleForm(Form):
    """A role on the whole site."""

    site_role = SelectField(_l("Role on the whole site"), choices=site_role_names)


class SeatForm(Form):
    """A place in an offering that is running; the choices of offerings are set by the view."""

    offering = SelectField(_l("Course offering"))
    role = SelectField(_l("Role"), choices=role_names)
    cohort = StringField(
        _l("Cohort"),
        [Optional(), Length(max=LONGEST_NAME, message=TOO_LONG)],
        description=_l("For students: their cohort. For assistants: a cohort they look after."),
    )


class RosterForm(Form):
    """A roster and where its people belong; the choices of offerings are set by the view."""

    file = FileField(
        _l("Roster"),
        description=_l(
            "An XLSX workbook, or CSV in UTF-8 or GB18030. The heads 学号 and 姓名 are needed; 班级 and"
            " 教学班 are read where they are there."
        ),
        render_kw={"accept": ".xlsx,.csv,.txt"},
    )
    offering = SelectField(
        _l("Course offering"), description=_l("Everybody gets a place there as a student.")
    )
    cohort = StringField(
        _l("Cohort"),
        [Optional(), Length(max=LONGEST_NAME, message=TOO_LONG)],
        description=_l("For rows that name none."),
    )


class WithdrawForm(Form):
    """The place that is taken away."""

    offering = StringField(validators=[InputRequired()])


class AuditForm(Form):
    """Which rows of the log are shown; sent with GET."""

    class Meta:
        """Nothing is changed, so no token is needed."""

        csrf = False

    person = StringField(
        _l("Person"),
        [Optional(), Length(max=64)],
        description=_l("A number; as the one who acts or is concerned."),
    )
    action = SelectField(_l("Action"), validate_choice=False)
    offering = SelectField(_l("Course offering"), validate_choice=False)
    since = DateField(_l("From"), [Optional(), in_our_time])
    until = DateField(_l("To"), [Optional(), in_our_time])
