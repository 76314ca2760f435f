"""The path report: how a cohort went through a case, revision by revision."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.domain.case import Case
from app.domain.errors import NotFound
from app.domain.paths import Branch, Way, path_tree
from app.models import CaseWalk, Document, Revision, WalkCommit
from app.operations.documents import Text, case_of
from app.operations.offerings import Place
from app.operations.walked import walks_that_count
from app.operations.walks import as_commit


@dataclass(frozen=True, slots=True)
class PathReport:
    """The tree of the walks taken on one revision of a case.

    ``text`` is the case as it was then, ``number`` its revision. ``held`` counts the walks by revision, the
    newest first, that of today among them.
    """

    text: Text
    number: int
    case: Case
    tree: Branch
    walks: int
    held: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class _Walked:
    """A revision that was walked, and the last translation that somebody walked it in."""

    revision_id: int
    translation_id: int | None
    walks: int


def report_paths(
    session: Session,
    place: Place,
    text: Text,
    number: int | None = None,
    cohorts: Collection[int] | None = None,
) -> PathReport:
    """Gather the walks of an offering's students through one revision of a case.

    A walk belongs to the revision of the original that it was begun on, in whatever language it was read.

    :param number: which revision; without it the newest one that was walked, else the present one.
    :raises NotFound: the case has no such revision, or nobody walked it here.
    """
    conditions = [CaseWalk.document_id == text.document.id, *walks_that_count(place, cohorts)]
    present, walked = text.revisions[text.original].number, _walked(session, conditions)
    shown = max(walked, default=present) if number is None else number
    if shown != present and shown not in walked:
        raise NotFound(str(shown))
    then = text if shown == present else _text_of(session, text, walked[shown])
    master = then.revisions[then.original]
    commits = _commits(session, [CaseWalk.revision_id == master.id, *conditions])
    case = case_of(master)
    ways = [Way(tuple(as_commit(row) for row in rows)) for rows in commits.values()]
    held = {present: 0} | {one: found.walks for one, found in walked.items()}
    return PathReport(then, shown, case, path_tree(case, ways), len(ways), held)


def _walked(session: Session, conditions: Sequence[ColumnElement[bool]]) -> Mapping[int, _Walked]:
    """Return the revisions that were walked by number, the newest first, in one statement."""
    statement = (
        select(Revision.number, Revision.id, func.max(CaseWalk.translation_id), func.count())
        .select_from(CaseWalk)
        .join(Revision, Revision.id == CaseWalk.revision_id)
        .where(*conditions)
        .group_by(Revision.number, Revision.id)
        .order_by(Revision.number.desc())
    )
    return {
        number: _Walked(original, translation, walks)
        for number, original, translation, walks in session.execute(statement)
    }


def _text_of(session: Session, text: Text, walked: _Walked) -> Text:
    """Return a case as it was walked, in one statement."""
    statement = (
        select(Document.language, Revision)
        .join(Document, Document.id == Revision.document_id)
        .where(Revision.id.in_([walked.revision_id, walked.translation_id]))
    )
    return Text(text.document, {language: revision for language, revision in session.execute(statement)})


def _commits(
    session: Session, conditions: Sequence[ColumnElement[bool]]
) -> Mapping[int, Sequence[WalkCommit]]:
    """Return the commits of walks by walk, in one statement."""
    statement = (
        select(WalkCommit)
        .join(CaseWalk, CaseWalk.id == WalkCommit.walk_id)
        .where(*conditions)
        .order_by(WalkCommit.walk_id, WalkCommit.seq)
    )
    walks: dict[int, list[WalkCommit]] = {}
    for row in session.scalars(statement):
        walks.setdefault(row.walk_id, []).append(row)
    return walks
