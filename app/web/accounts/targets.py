"""Where a person goes after signing in."""

from flask import request, url_for

from app.domain.roles import Person
from app.web.preferences.views import is_local


def wanted_target() -> str | None:
    """Return the page that was asked for before signing in, if it is one of ours."""
    target = request.args.get("next", "")
    return target if is_local(target) else None


def after_sign_in(person: Person) -> str:
    """Return where the person goes: to change a one-time password, to the page wanted, or home."""
    if person.must_change_password:
        return url_for("accounts.password")
    return wanted_target() or url_for("home.index")
