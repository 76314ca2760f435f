"""A new course: its title, its short name, its first term, and a syllabus to write on."""

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import DecimalField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from app.content.values import plain_number
from app.domain.errors import BadName, CourseTaken
from app.domain.roles import Permission
from app.domain.terms import term_of
from app.operations.new_courses import NewCourse, open_course
from app.web.authoring.blueprint import bp
from app.web.authoring.forms import slug_field
from app.web.authoring.pages import address
from app.web.clock import chance, clock, today
from app.web.database import writing
from app.web.security import current_person, requires
from app.web.teach.forms import TermForm, is_number

#: the language that a course begins in
LANGUAGE = "zh"
MOST_HOURS = 1000

SYLLABUS = """---
标题: {title}
学时: {hours}
{code}---

## 第一模块 {{#m1}}

这一模块讲什么。

- 了解 第一个目标 {{#1.1}}
- 掌握 第二个目标 {{#1.2}}

## 第二模块 {{#m2}}

这一模块讲什么。

- 掌握 第三个目标 {{#2.1}}
"""


class NewCourseForm(TermForm):
    """What a course is called, how long it is, and the term that it is opened in."""

    title = StringField(_l("Title"), [InputRequired(_l("Give the course a title.")), Length(max=100)])
    slug = slug_field()
    code = StringField(_l("Code of the course"), [Optional(), Length(max=40)])
    hours = DecimalField(
        _l("Class hours"), places=1, validators=[InputRequired(), is_number, NumberRange(0.5, MOST_HOURS)]
    )

    def wanted(self) -> NewCourse:
        """Return what was filled in."""
        assert self.hours.data is not None
        title, code = (" ".join((field.data or "").split()) for field in (self.title, self.code))
        text = SYLLABUS.format(
            title=title, hours=plain_number(self.hours.data), code=f"课程编号: {code}\n" if code else ""
        )
        return NewCourse(self.slug.data or "", title, LANGUAGE, text)

    def validate_title(self, field: StringField) -> None:
        """Refuse a title of spaces alone."""
        if not (field.data or "").strip():
            raise ValidationError(gettext("Give the course a title."))


@bp.route("/courses/new", methods=["GET", "POST"])
@requires(Permission.OPEN_COURSE)
def new_course() -> ResponseReturnValue:
    """Open a course in a term; its syllabus is a draft until it is published."""
    term = term_of(today())
    form = NewCourseForm(term=term.name, starts_on=term.starts_on, ends_on=term.ends_on)
    if form.validate_on_submit():
        try:
            with writing() as session:
                moment = (clock(), chance())
                target = open_course(session, current_person(), form.wanted(), form.value(), moment)
                there = address("authoring.edit", target)
        except CourseTaken:
            form.slug.errors = [gettext("There is a course of this short name already.")]
        except BadName:
            form.term.errors = [gettext("Give the term a name.")]
        else:
            said = gettext("The course is open. Write its syllabus and publish it: then its page is shown.")
            flash(said, "success")
            return redirect(there, 303)
    body = render_template("authoring/new_course.html", form=form)
    return (body, 422) if form.errors else body
