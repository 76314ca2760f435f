"""Whether the process lives."""

from flask import Blueprint

from app.domain.roles import Permission
from app.web.security import requires

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@requires(Permission.PUBLIC)
def healthz() -> dict[str, str]:
    """Answer that this process lives, whatever the database does."""
    return {"status": "ok"}
