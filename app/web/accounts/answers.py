"""What the door says: the form again, a refusal, how long to wait, that it is crowded."""

from datetime import datetime, timedelta
from math import ceil
from typing import Any

from flask import Response, jsonify, make_response, render_template
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from app.operations.accounts import has_admin
from app.web.accounts.door import RETRY_SECONDS
from app.web.accounts.forms import PasswordForm
from app.web.accounts.targets import wanted_target
from app.web.clock import clock
from app.web.database import reading
from app.web.errors import wants_json
from app.web.filters import local_time
from app.web.requests import request_id

CODES = {401: "wrong_sign_in", 422: "refused", 429: "too_many", 503: "busy"}
WRONG = _l("The number or the password is not right.")
CROWDED = _l("Many people are signing in at the moment. Try again in a few seconds.")


def show_sign_in(form: FlaskForm, message: str = "", status: int = 200) -> Response:
    """Show the form that was sent; it keeps the name, never the password."""
    page = "accounts/password.html" if isinstance(form, PasswordForm) else "accounts/sign_in.html"
    values: dict[str, Any] = {"form": form, "message": message, "target": wanted_target()}
    if page == "accounts/sign_in.html":
        values["needs_admin"] = not has_admin(reading())
    response = make_response(render_template(page, **values))
    response.status_code = status
    return response


def say(form: FlaskForm, message: str, status: int) -> Response:
    """Say it as JSON or above the form."""
    if not wants_json():
        return show_sign_in(form, message, status)
    response = jsonify(error=CODES[status], message=message, request=request_id())
    response.status_code = status
    return response


def show_refusal(form: FlaskForm, status: int) -> Response:
    """Refuse with the same words whether the name, the password or the account is at fault."""
    return say(form, str(WRONG) if status == 401 else "", status)


def show_wait(form: FlaskForm, until: datetime) -> Response:
    """Say when to try again after too many wrong passwords."""
    text = gettext("Too many wrong passwords. Try again after %(time)s.", time=local_time(round_up(until)))
    response = say(form, text, 429)
    response.headers["Retry-After"] = str(ceil((until - clock()).total_seconds()))
    return response


def show_crowd(form: FlaskForm) -> Response:
    """Say that all places are taken; the page tries again by itself."""
    response = say(form, str(CROWDED), 503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def round_up(moment: datetime) -> datetime:
    """Return the full minute after a moment, so that it is not too early.

    >>> round_up(datetime(2026, 3, 1, 8, 0, 1))
    datetime.datetime(2026, 3, 1, 8, 1)
    """
    return (moment + timedelta(seconds=59, microseconds=999_999)).replace(second=0, microsecond=0)
