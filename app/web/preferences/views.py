"""Keep what a visitor prefers."""

from datetime import timedelta

from flask import Blueprint, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.domain.roles import Permission
from app.web import languages
from app.web.preferences import theme
from app.web.security import requires

bp = Blueprint("preferences", __name__)
YEAR = timedelta(days=365)
CHOICES = {languages.COOKIE: languages.LANGUAGES, theme.COOKIE: theme.THEMES}


@bp.app_context_processor
def tell_address() -> dict[str, str]:
    """Tell every page where its switches come back to; the answer to a form has no address."""
    rule = request.url_rule
    if rule is not None and "GET" not in (rule.methods or ()):
        return {"here": url_for("home.index")}
    return {"here": request.full_path if request.query_string else request.path}


@bp.post("/preferences")
@requires(Permission.PUBLIC)
def save() -> ResponseReturnValue:
    """Keep the language or the theme, and go back to the page one came from."""
    target = request.form.get("next", "")
    response = redirect(target if is_local(target) else url_for("home.index"), 303)
    for name, allowed in CHOICES.items():
        value = request.form.get(name)
        if value in allowed:
            _keep(response, name, value)
    return response


def is_local(target: str) -> bool:
    r"""Whether this is a path on this site and nowhere else.

    >>> is_local("/courses/ground-service?from=home")
    True
    >>> [is_local(t) for t in ("", "courses", "//evil.example", "/\\evil.example", "https://evil.example/")]
    [False, False, False, False, False]
    """
    is_path = target.startswith("/") and not target.startswith("//")
    return is_path and "\\" not in target and target.isprintable()


def _keep(response: Response, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=YEAR,
        secure=bool(current_app.config.get("SESSION_COOKIE_SECURE")),
        httponly=True,
        samesite="Lax",
    )
