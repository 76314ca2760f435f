"""Refusals and errors as pages or JSON, with the request's id, in the user's language."""

import logging
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from markupsafe import escape
from werkzeug.exceptions import HTTPException

from app.domain.errors import Refusal
from app.web.database import FAILURES
from app.web.refusals import REFUSALS
from app.web.requests import request_id
from app.web.typed import typed_fields, typed_words

LOG = logging.getLogger("casehall.errors")
RETRY_SECONDS = "2"
BUSY = "busy"
BROKEN = "error"
ANSWERS_JSON = "answers_json"
#: what is read and thrown away of a body that is too large, so that the client hears of it
DISCARDED_BYTES = 16 * 1024 * 1024

#: status of an HTTP error: its code, what it says
HTTP_ERRORS: dict[int, tuple[str, LazyString]] = {
    400: ("bad_request", _l("The browser sent something that cannot be read.")),
    401: ("sign_in", _l("Sign in first.")),
    403: ("not_allowed", REFUSALS["not_allowed"][1]),
    404: ("not_found", REFUSALS["not_found"][1]),
    405: ("method", _l("This page cannot be used in this way.")),
    413: ("too_large", _l("This is too large to be sent. What was saved before is unharmed.")),
    415: ("media_type", _l("This kind of file or data is not accepted.")),
    422: ("refused", REFUSALS["refused"][1]),
    429: ("too_many", _l("Too many tries. Wait a little, then try again.")),
    500: (BROKEN, _l("Something went wrong on our side. What was saved before is unharmed.")),
    503: (BUSY, _l("Busy at the moment. Wait a few seconds, then try again.")),
}
CSRF = _l("This page was open too long or belongs to another session. Load it again.")


def register_errors(app: Flask) -> None:
    """Answer every refusal and error in one form."""
    app.register_error_handler(Refusal, show_refusal)
    app.register_error_handler(CSRFError, show_csrf)
    app.register_error_handler(HTTPException, show_http_error)
    for failure in FAILURES:
        app.register_error_handler(failure, show_busy)
    app.register_error_handler(Exception, show_broken)


def show_refusal(refusal: Refusal) -> ResponseReturnValue:
    """Answer a rule that refused."""
    return answer(refusal_status(refusal), refusal.code, refusal_message(refusal))


def refusal_status(refusal: Refusal) -> int:
    """Return the status with which a refusal is answered."""
    return REFUSALS.get(refusal.code, REFUSALS["refused"])[0]


def refusal_message(refusal: Refusal) -> str:
    """Return what a refusal says, in the user's language."""
    return str(REFUSALS.get(refusal.code, REFUSALS["refused"])[1])


def show_csrf(error: CSRFError) -> ResponseReturnValue:
    """Answer a form without its token."""
    return answer(403, "csrf", CSRF)


def way_back() -> str | None:
    """Return the page of this site that a refused form stood on."""
    came_from = urlsplit(request.referrer or "")
    if request.method != "POST" or came_from.netloc != request.host:
        return None
    return came_from.path or None


def show_http_error(error: HTTPException) -> ResponseReturnValue:
    """Answer an error of HTTP; redirects pass."""
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()
    if error.code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        discard_body()
    code, message = HTTP_ERRORS.get(error.code, HTTP_ERRORS[400])
    response = answer(error.code, code, message)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def discard_body() -> None:
    """Read on for a while: a connection that is cut makes clients send the same again for ever."""
    left = min(request.content_length or 0, DISCARDED_BYTES)
    while left > 0 and (part := request.environ["wsgi.input"].read(min(left, 65_536))):
        left -= len(part)


def show_busy(error: Exception) -> ResponseReturnValue:
    """Answer that the database is not to be had at the moment."""
    LOG.warning("database not available", extra={"fields": {"id": request_id(), "error": repr(error)}})
    response = answer(503, *HTTP_ERRORS[503])
    response.headers["Retry-After"] = RETRY_SECONDS
    return response


def show_broken(error: Exception) -> ResponseReturnValue:
    """Answer a fault of ours; the trace goes to the log alone."""
    LOG.error("fault", exc_info=error, extra={"fields": {"id": request_id(), "path": request.path}})
    return answer(500, *HTTP_ERRORS[500])


def wants_json() -> bool:
    """Whether the client asks for JSON rather than for a page, or the view gives nothing else."""
    view = current_app.view_functions.get(request.endpoint) if request.endpoint else None
    if getattr(view, ANSWERS_JSON, False):
        return True
    accepted = request.accept_mimetypes
    best = accepted.best_match(["text/html", "application/json"], "text/html")
    return best == "application/json" and accepted[best] > accepted["text/html"]


def answer(status: int, code: str, message: LazyString | str) -> Response:
    """Say what happened: JSON ``{"error", "message", "request"}`` or a page."""
    if wants_json():
        response = jsonify(error=code, message=str(message), request=request_id())
    else:
        response = make_response(page(status, code, message))
    response.status_code = status
    return response


def page(status: int, code: str, message: LazyString | str) -> str:
    """Render the page of an error; when even that fails, a bare one: an error must always be told."""
    try:
        told = {"status": status, "code": code, "message": message, "request_id": request_id()}
        told |= {"typed": typed_fields(), "words": typed_words(), "back": way_back()}
        return render_template("errors/page.html", **told)
    except Exception:
        LOG.exception("error page failed", extra={"fields": {"id": request_id(), "path": request.path}})
        return f"<!doctype html><title>{status}</title><p>{escape(message)}</p><p>{request_id()}</p>"
