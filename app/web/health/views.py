"""Whether the process lives, and whether it can do its work."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from app.domain.roles import Permission
from app.web.health.readiness import find_readiness
from app.web.security import requires

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@requires(Permission.PUBLIC)
def healthz() -> dict[str, str]:
    """Answer that this process lives, whatever the database does."""
    return {"status": "ok"}


@bp.get("/readyz")
@requires(Permission.PUBLIC)
def readyz() -> ResponseReturnValue:
    """Answer whether this server can take answers and keep them, with a reason for each check."""
    is_ready, checks = find_readiness()
    told = {name: {"ok": check.ok, "reason": check.reason} for name, check in checks.items()}
    response = jsonify(ready=is_ready, checks=told)
    response.status_code = 200 if is_ready else 503
    return response
