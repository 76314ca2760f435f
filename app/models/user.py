"""People."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column, validates

from app.domain.pinyin import sounds_of
from app.models.base import Base


class User(Base):
    """A person who signs in. ``login`` is text (学号 keeps its leading zeros), folded for comparison."""

    __tablename__ = "user"
    __table_args__ = (
        CheckConstraint("site_role IN ('admin', 'officer', 'auditor')", name="site_role"),
        CheckConstraint("length(login) BETWEEN 1 AND 64", name="login_length"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    #: the name in pinyin, to be searched
    sounds: Mapped[str] = mapped_column(default="", server_default="")
    #: administrative class (行政班), beside the cohorts of offerings
    class_name: Mapped[str] = mapped_column(default="")
    password_hash: Mapped[str]
    must_change_password: Mapped[bool] = mapped_column(default=False)
    site_role: Mapped[str | None]
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]

    @validates("name")
    def _sound(self, _key: str, name: str) -> str:
        """Keep the sounds of a name with it."""
        self.sounds = sounds_of(name)
        return name

    @property
    def is_disabled(self) -> bool:
        """Whether this person is shut out."""
        return self.disabled_at is not None
