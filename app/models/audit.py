"""Who did what, when, to what. Append-only: UPDATE and DELETE are refused by triggers."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class AuditRow(Base):
    """One row of the audit log, written in the transaction of the change it tells of."""

    __tablename__ = "audit"
    __table_args__ = (
        Index("ix_audit_at", "at"),
        Index("ix_audit_actor_id", "actor_id"),
        Index("ix_audit_person_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    #: None: the system, a command, or somebody who did not sign in
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    action: Mapped[str]
    #: the person whom it concerns
    person_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    offering_id: Mapped[int | None] = mapped_column(ForeignKey("offering.id"))
    detail: Mapped[dict[str, Any]]
    address: Mapped[str] = mapped_column(default="")
