"""Exams on paper: the same questions for all, in an order of its own for each version (A卷, B卷)."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.content.parse import Kind
from app.domain.layout import Layout, draw_once, draw_versions
from app.domain.paper import Paper
from app.models import Revision
from app.operations.documents import get_text
from app.operations.halls import Hall
from app.operations.own_exams import paper_of_exam
from app.operations.papers import freeze_text

#: names of the versions that can be printed
VERSIONS = ("A", "B", "C", "D")


@dataclass(frozen=True, slots=True)
class PrintedPaper:
    """A version of an exam's paper in one language. ``cases`` are those it shows, by slug.

    ``is_mixed`` tells whether the versions differ at all: nothing may be shuffled in the quiz.
    """

    revision: Revision
    cases: Mapping[str, Revision]
    layout: Layout
    is_mixed: bool


def lay_out_print(session: Session, hall: Hall, version: str, language: str) -> PrintedPaper:
    """Lay out a version of an exam's paper; of a draft, as its quiz is now.

    The seed is the exam's id: whoever prints a version again gets the same one.

    :raises NotPublished: an item walks a case that is not there.
    """
    frozen = paper_of_exam(session, hall) or _present_paper(session, hall)
    seed = f"print/{hall.exam.public_id}"
    once = draw_once(frozen, seed)
    layouts = draw_versions(once, seed, VERSIONS)
    ids = {number for pinned in (once.revisions, *once.cases.values()) for number in pinned.values()}
    found = {one.id: one for one in session.scalars(select(Revision).where(Revision.id.in_(ids)))}
    return PrintedPaper(
        revision=found[_in_language(once.revisions, language)],
        cases={slug: found[_in_language(pinned, language)] for slug, pinned in once.cases.items()},
        layout=layouts[VERSIONS.index(version)],
        is_mixed=any(layout != layouts[0] for layout in layouts),
    )


def _present_paper(session: Session, hall: Hall) -> Paper:
    return freeze_text(session, get_text(session, hall.course.id, Kind.QUIZ, hall.document.slug))


def _in_language(pinned: Mapping[str, int], language: str) -> int:
    """Return the id of a revision in the language, else in any that there is."""
    return pinned.get(language) or next(iter(pinned.values()))
