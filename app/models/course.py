"""Courses."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Course(Base):
    """A course: what its documents and offerings belong to."""

    __tablename__ = "course"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    #: title by language of the syllabus, the slug while there is none
    titles: Mapped[dict[str, Any]]
    #: shown to people who have not signed in (``public: yes``)
    is_public: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    def title(self, language: str) -> str:
        """Return the title in this language, else in Chinese, else any, else the slug."""
        return title_in(self.titles, language) or self.slug


def title_in(titles: Mapping[str, Any], language: str) -> str:
    """Return a course's title in this language, else in Chinese, else any, else nothing."""
    return str(titles.get(language) or titles.get("zh") or next(iter(titles.values()), ""))
