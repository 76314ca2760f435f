"""Refusals and errors as pages or JSON, with the request's id, in the user's language."""

import logging
from urllib.parse import urlsplit

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from markupsafe import escape
from werkzeug.exceptions import HTTPException

from app.domain.errors import Refusal
from app.web.database import FAILURES
from app.web.requests import request_id
from app.web.typed import typed_fields, typed_words

LOG = logging.getLogger("casehall.errors")
RETRY_SECONDS = "2"
BUSY = "busy"
BROKEN = "error"

#: code of a refusal: the status it answers with, what it says
REFUSALS: dict[str, tuple[int, LazyString]] = {
    "refused": (422, _l("This is not possible here.")),
    "not_allowed": (403, _l("You may not do this here.")),
    "not_found": (404, _l("There is no such page, or it is not yours to see.")),
    "not_published": (404, _l("Nothing was published under this name yet.")),
    "not_rendered": (503, _l("This text is being prepared. Try again in a moment.")),
    "unknown_item": (422, _l("This paper has no such question.")),
    "bad_answer": (422, _l("This question cannot take such an answer.")),
    "unknown_choice": (422, _l("There is no such option.")),
    "reason_required": (422, _l("Give a reason for this decision.")),
    "too_long": (422, _l("This is longer than 20,000 characters. Shorten it and send it again.")),
    "answer_required": (422, _l("Write an answer first.")),
    "weak_password": (422, _l("This password is too short, too common or your login itself.")),
    "bad_name": (422, _l("This name has characters that it cannot have.")),
    "attempt_closed": (409, _l("This attempt takes no more answers.")),
    "event_mismatch": (409, _l("This answer was sent before with other content.")),
    "not_next": (409, _l("You have already moved on from here. Go on where you stand.")),
    "already_committed": (409, _l("You have already decided this; a decision is made once.")),
    "walk_ended": (409, _l("This walk is over. Start another one.")),
    "offering_archived": (409, _l("This course offering is archived and can only be read.")),
    "login_taken": (409, _l("Another person has this login.")),
    "cycle": (422, _l("This case leads back to a place that was passed already.")),
    "no_ending": (422, _l("A way through this case leads nowhere.")),
}

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
    status, message = REFUSALS.get(refusal.code, REFUSALS["refused"])
    return answer(status, refusal.code, message)


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
    code, message = HTTP_ERRORS.get(error.code, HTTP_ERRORS[400])
    response = answer(error.code, code, message)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


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
    """Whether the client asks for JSON rather than for a page."""
    accepted = request.accept_mimetypes
    best = accepted.best_match(["text/html", "application/json"], "text/html")
    return best == "application/json" and accepted[best] > accepted["text/html"]


def answer(status: int, code: str, message: LazyString) -> Response:
    """Say what happened: JSON ``{"error", "message", "request"}`` or a page."""
    if wants_json():
        response = jsonify(error=code, message=str(message), request=request_id())
    else:
        response = make_response(page(status, code, message))
    response.status_code = status
    return response


def page(status: int, code: str, message: LazyString) -> str:
    """Render the page of an error; when even that fails, a bare one: an error must always be told."""
    try:
        told = {"status": status, "code": code, "message": message, "request_id": request_id()}
        told |= {"typed": typed_fields(), "words": typed_words(), "back": way_back()}
        return render_template("errors/page.html", **told)
    except Exception:
        LOG.exception("error page failed", extra={"fields": {"id": request_id(), "path": request.path}})
        return f"<!doctype html><title>{status}</title><p>{escape(message)}</p><p>{request_id()}</p>"
