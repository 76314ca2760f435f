"""The path report: how a cohort went through a case."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.case import Case
from app.domain.paths import Branch, Way, path_tree
from app.models import CaseWalk, Enrolment, Revision, WalkCommit
from app.operations.documents import Text, case_of
from app.operations.offerings import Place
from app.operations.walks import as_commit


@dataclass(frozen=True, slots=True)
class PathReport:
    """The tree of the walks taken on one revision. ``elsewhere`` counts walks by other revision number."""

    case: Case
    tree: Branch
    walks: int
    elsewhere: Mapping[int, int]


def report_paths(
    session: Session, place: Place, text: Text, cohorts: Collection[int] | None = None
) -> PathReport:
    """Gather the walks of an offering's students through the present revision of a case."""
    revision = text.revisions[text.original]
    counts = _counts(session, place, text, cohorts)
    commits = _commits(session, place, revision.id, cohorts)
    case = case_of(revision)
    ways = [Way(tuple(as_commit(row) for row in rows)) for rows in commits.values()]
    return PathReport(
        case=case,
        tree=path_tree(case, ways),
        walks=len(ways),
        elsewhere={number: n for number, n in counts.items() if number != revision.number},
    )


def _counts(session: Session, place: Place, text: Text, cohorts: Collection[int] | None) -> Mapping[int, int]:
    statement = (
        select(Revision.number, func.count())
        .select_from(CaseWalk)
        .join(Revision, Revision.id == CaseWalk.revision_id)
        .join(
            Enrolment,
            (Enrolment.user_id == CaseWalk.user_id) & (Enrolment.offering_id == CaseWalk.offering_id),
        )
        .where(
            CaseWalk.offering_id == place.offering.id,
            CaseWalk.document_id == text.document.id,
            CaseWalk.is_preview.is_(False),
        )
        .group_by(Revision.number)
    )
    if cohorts is not None:
        statement = statement.where(Enrolment.cohort_id.in_(cohorts))
    return {number: n for number, n in session.execute(statement)}


def _commits(
    session: Session, place: Place, revision_id: int, cohorts: Collection[int] | None
) -> Mapping[int, Sequence[WalkCommit]]:
    """Return the commits of the walks that count, by walk, in one statement."""
    statement = (
        select(WalkCommit)
        .join(CaseWalk, CaseWalk.id == WalkCommit.walk_id)
        .join(
            Enrolment,
            (Enrolment.user_id == CaseWalk.user_id) & (Enrolment.offering_id == CaseWalk.offering_id),
        )
        .where(
            CaseWalk.offering_id == place.offering.id,
            CaseWalk.revision_id == revision_id,
            CaseWalk.is_preview.is_(False),
        )
        .order_by(WalkCommit.walk_id, WalkCommit.seq)
    )
    if cohorts is not None:
        statement = statement.where(Enrolment.cohort_id.in_(cohorts))
    walks: dict[int, list[WalkCommit]] = {}
    for row in session.scalars(statement):
        walks.setdefault(row.walk_id, []).append(row)
    return walks
