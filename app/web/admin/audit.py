"""The audit log: who did what, when, to whom."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.accounts import find_login
from app.domain.roles import Permission
from app.operations.audit import Line, Wanted, actions_recorded, read_log
from app.operations.audit_names import courses_named, exams_named, offerings_recorded
from app.operations.own_exams import titles_in
from app.web.admin.actions import action_name
from app.web.admin.blueprint import bp
from app.web.admin.details import Detail, details_of
from app.web.admin.forms import AuditForm
from app.web.admin.offering_names import offering_name
from app.web.database import reading
from app.web.languages import current_language
from app.web.security import requires

PAGE = 100
HIGHEST_ID = 2**31 - 1


@bp.get("/audit")
@requires(Permission.READ_AUDIT)
def audit() -> ResponseReturnValue:
    """Show the log, newest first, by person, action, offering and days."""
    form = audit_form()
    before = min(max(request.args.get("before", HIGHEST_ID, type=int), 0), HIGHEST_ID)
    lines = read_log(reading(), wanted(form), PAGE + 1, before) if form.validate() else []
    older = dict(request.args, before=lines[PAGE - 1].id) if len(lines) > PAGE else None
    return render_template(
        "admin/audit.html",
        form=form,
        lines=_with_details(lines[:PAGE]),
        older=older,
        action_name=action_name,
    )


def _with_details(lines: Sequence[Line]) -> list[tuple[Line, list[Detail]]]:
    """Put beside each line what it tells, in words; exams and courses have their titles."""
    session, language = reading(), current_language()
    halls = exams_named(session, lines)
    titles = titles_in(session, halls, language) if halls else {}
    known = {
        "exam": {hall.exam.public_id: titles[hall.exam.id] for hall in halls},
        "course": {one.slug: one.title(language) for one in courses_named(session, lines)},
    }
    return [(line, details_of(line, known)) for line in lines]


def audit_form() -> AuditForm:
    """Return the form with the actions and offerings that occur in the log."""
    form = AuditForm(request.args)
    actions: Any = {"": gettext("All")} | {one: action_name(one) for one in actions_recorded(reading())}
    offerings: Any = {"": gettext("All")} | {
        str(one.id): offering_name(one) for one in offerings_recorded(reading())
    }
    form.action.choices = actions
    form.offering.choices = offerings
    return form


def wanted(form: AuditForm) -> Wanted:
    """Return what the form asks for; its days are those of the site's time zone."""
    offering = form.offering.data or ""
    return Wanted(
        person=login_asked(form.person.data or ""),
        offering_id=int(offering) if offering.isdecimal() and len(offering) < 10 else None,
        action=form.action.data or "",
        since=beginning_of(form.since.data),
        until=beginning_of(form.until.data, timedelta(days=1)),
    )


def login_asked(text: str) -> str:
    """Return the login that is asked for; for what cannot be one, a sign that no login is."""
    return (find_login(text) or "?") if text.strip() else ""


def beginning_of(day: date | None, later: timedelta = timedelta()) -> datetime | None:
    """Return the first moment of a day, or of one so much later."""
    if day is None:
        return None
    return datetime.combine(day, time.min, ZoneInfo(current_app.config["TIMEZONE"])) + later
