"""What offerings are called on the pages of the administration."""

from typing import Protocol

from app.models.course import title_in
from app.web.admin.blueprint import bp
from app.web.languages import current_language


class Named(Protocol):
    """What tells of an offering: its course's short name and titles, and its term."""

    @property
    def course(self) -> str | None:
        """The short name of the course."""

    @property
    def titles(self) -> dict[str, object] | None:
        """The titles of the course by language."""

    @property
    def term(self) -> str | None:
        """The term."""


@bp.app_template_filter()
def offering_name(one: Named) -> str:
    """Name an offering by the title of its course in the language of the page, and its term."""
    return f"{title_in(one.titles or {}, current_language()) or one.course} · {one.term}"
