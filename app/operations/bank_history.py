"""The history of a quiz's text: since when each question stands as it does, and what it was called before."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Revision
from app.operations.bank_reading import Standing, read_standings


@dataclass(frozen=True, slots=True)
class Since:
    """The revision that brought a question as it is, and who wrote it."""

    content_hash: str
    revision_id: int
    author_id: int | None


def follow(
    before: Mapping[str, Since], revision: Revision, standings: Mapping[str, Standing]
) -> dict[str, Since]:
    """Tell of the questions of the next revision since when each stands as it does."""
    old_names = {new: old for old, new in find_renamed(standings, before).items()}
    found = {}
    for name, one in standings.items():
        last = before.get(old_names.get(name, name))
        is_same = last is not None and last.content_hash == one.content_hash
        found[name] = last if last and is_same else Since(one.content_hash, revision.id, revision.author_id)
    return found


def find_renamed(standings: Mapping[str, Standing], before: Collection[str]) -> dict[str, str]:
    """Return what a revision calls by another name, old to new.

    ``was=`` stays in a text: it tells of a new name once, and of nothing while the old one is in use.

    :param before: what the questions of the revision before are called.
    """
    return {
        one.was: name
        for name, one in standings.items()
        if one.was and one.was not in standings and name not in before
    }


def trace(session: Session, head: Revision) -> dict[str, Since]:
    """Go through the history of a text up to a revision. It reads each: not for a turn to write."""
    statement = select(Revision).where(
        Revision.document_id == head.document_id, Revision.number <= head.number
    )
    found: dict[str, Since] = {}
    for revision in session.scalars(statement.order_by(Revision.number)):
        found = follow(found, revision, read_standings(revision.source))
    return found
