"""What the page of a case shows: the case before it is walked, and one's walks through it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from flask_babel import gettext
from markupsafe import Markup

from app.domain.case import Case, SectionKind
from app.models import CaseWalk
from app.web.cases.presenting import Fragments
from app.web.courses.presenting import CoursePage, ObjectiveView


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case before it is walked: what it is about, how long it takes."""

    slug: str
    title: str
    is_reading: bool
    minutes: int | None
    module_title: str | None
    decisions: int
    questions: int
    dimensions: Sequence[str]
    opening: Markup
    source: str
    objectives: Sequence[ObjectiveView]


@dataclass(frozen=True, slots=True)
class WalkLine:
    """A walk in the list of one's walks; ``ending`` is the title of the ending reached."""

    public_id: str
    ending: Markup | None
    started_at: datetime
    score: Decimal | None
    best: Decimal | None
    done: bool


def show_case(slug: str, case: Case, page: CoursePage | None, fragments: Fragments) -> CaseView:
    """Present a case before it is walked, with its first scene."""
    kinds = [section.kind for section in case.sections]
    first = case.sections[0] if case.sections else None
    opens = first is not None and first.kind is SectionKind.SCENE and first.when is None
    return CaseView(
        slug=slug,
        title=case.title,
        is_reading=case.is_reading,
        minutes=case.minutes,
        module_title=page.module_title(case.module) if page else None,
        decisions=kinds.count(SectionKind.DECISION),
        questions=kinds.count(SectionKind.QUESTION),
        dimensions=case.dimensions,
        opening=Markup(fragments.get(f"{first.id}.body", "")) if first and opens else Markup(),
        source=case.source,
        objectives=page.objectives(case.objectives) if page else (),
    )


def show_walks(rows: Sequence[CaseWalk], case: Case, fragments: Fragments) -> list[WalkLine]:
    """List walks with the endings they reached, renamed ones too; one that is gone is only said to be."""
    titles = {
        name: Markup(fragments.get(f"{section.id}.title", section.id))
        for section in case.sections
        for name in (section.was, section.id)
        if name and section.kind is SectionKind.ENDING
    }
    gone = Markup.escape(gettext("An ending that this case no longer has"))
    return [
        WalkLine(
            public_id=row.public_id,
            ending=titles.get(row.ending, gone) if row.ending else None,
            started_at=row.started_at,
            score=row.score if row.ending else None,
            best=row.best,
            done=row.done_at is not None,
        )
        for row in rows
    ]
