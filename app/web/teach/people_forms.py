"""The forms about the people of an offering."""

from flask_babel import lazy_gettext as _l
from wtforms import FileField, StringField
from wtforms.validators import Length, Optional

from app.domain.accounts import LONGEST_NAME
from app.web.admin.forms import TOO_LONG
from app.web.forms import Form


class ClassRosterForm(Form):
    """A roster of students for one offering."""

    file = FileField(
        _l("Roster"),
        description=_l(
            "An XLSX workbook, or CSV in UTF-8 or GB18030. The heads 学号 and 姓名 are needed; 班级 and"
            " 教学班 are read where they are there."
        ),
        render_kw={"accept": ".xlsx,.csv,.txt"},
    )
    cohort = StringField(
        _l("Cohort"),
        [Optional(), Length(max=LONGEST_NAME, message=TOO_LONG)],
        description=_l("For rows that name none."),
    )


class MoveForm(Form):
    """The cohort that a student is moved to."""

    cohort = StringField(_l("Cohort"), [Optional(), Length(max=LONGEST_NAME, message=TOO_LONG)])
