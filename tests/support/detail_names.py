"""See to it that whatever any test lets the audit log tell has a name in words."""

from typing import Any

from sqlalchemy import event

from app.models import AuditRow
from app.web.admin.detail_names import has_name


def ask_for_names() -> None:
    """Refuse entries of the audit log with details that the log's page could not name."""
    event.listen(AuditRow, "init", _check)


def _check(row: AuditRow, args: tuple[Any, ...], told: dict[str, Any]) -> None:
    nameless = [key for key in told.get("detail") or {} if not has_name(key)]
    assert not nameless, f"app/web/admin/detail_names.py has no name for {nameless} of {told['action']}"
