"""Find questions that are there twice: with the same stem, or much alike."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from app.domain.bank_words import LIVE, Mark
from app.domain.doubles import Wording, are_doubles
from app.domain.likeness import likeness
from app.models import BankItem, BankToken
from app.operations.bank_tokens import tokens_of

#: groups on a page, and questions that are compared of one that is larger
PAGE, MOST_COMPARED = 10, 12
#: pages that are read together where one after another may have no group
AT_ONCE = 10
#: more names than these that several questions share, and more questions under them, are not looked at
MOST_SHARED, MOST_MEMBERS = 5000, 20_000
LIVES = Mark.STATE + LIVE


@dataclass(frozen=True, slots=True)
class Alike:
    """A question that is like another one: with the same stem, or this share of words in common."""

    row: BankItem
    share: float
    has_same_stem: bool


@dataclass(frozen=True, slots=True)
class Doubles:
    """Questions that are alike, the first one and how much the others are like it."""

    first: BankItem
    others: Sequence[Alike]


@dataclass(frozen=True, slots=True)
class DoublesPage:
    """Groups of a page, and the numbers of the pages around it that have groups too."""

    groups: Sequence[Doubles]
    before: int | None = None
    after: int | None = None


def doubles_of(session: Session, row: BankItem) -> list[Alike]:
    """Return the questions of the same course that are like one, the most alike first; two statements."""
    names = [one for one in tokens_of(row) if one.startswith((Mark.BAND, Mark.STEM))]
    shared = (
        select(BankToken.item_id)
        .where(BankToken.course_id == row.course_id, BankToken.token.in_(names), BankToken.item_id != row.id)
        .distinct()
        .limit(MOST_COMPARED * 4)
    )
    ids = session.scalars(shared).all()
    return _alike(row, session.scalars(select(BankItem).where(BankItem.id.in_(ids))))


def list_doubles(session: Session, courses: Collection[int], page: int = 1) -> DoublesPage:
    """Return groups of live questions that are alike: of this page or the next that has any.

    Questions that share a name need not be alike, so whole pages may have none: they are passed over.
    """
    candidates = _candidates(session, courses)
    groups = [candidates[start : start + PAGE] for start in range(0, len(candidates), PAGE)]
    page = min(page, len(groups))
    onwards, back = range(page, len(groups) + 1), range(page - 1, 0, -1)
    found = _nearest(session, groups, onwards) or _nearest(session, groups, back)
    if found is None:
        return DoublesPage([])
    number, shown = found
    before = _nearest(session, groups, range(number - 1, 0, -1))
    after = _nearest(session, groups, range(number + 1, len(groups) + 1))
    return DoublesPage(shown, before and before[0], after and after[0])


def _nearest(
    session: Session, groups: Sequence[Sequence[Sequence[int]]], pages: Sequence[int]
) -> tuple[int, list[Doubles]] | None:
    """Return the first of these pages that has groups of questions that are alike.

    The first page is read by itself, of those behind it many at once.
    """
    for some in (pages[:1], *(pages[at : at + AT_ONCE] for at in range(1, len(pages), AT_ONCE))):
        ids = [number for page in some for group in groups[page - 1] for number in group]
        rows = {row.id: row for row in session.scalars(select(BankItem).where(BankItem.id.in_(ids)))}
        for page in some:
            found = [_group([rows[one] for one in group if one in rows]) for group in groups[page - 1]]
            if shown := [one for one in found if one]:
                return page, shown
    return None


def _candidates(session: Session, courses: Collection[int]) -> list[list[int]]:
    """Return the ids of questions that share a name, joined to groups."""
    in_range = [and_(BankToken.token >= mark, BankToken.token < mark[0] + ";") for mark in _MARKS]
    shared = (
        select(BankToken.course_id, BankToken.token)
        .where(BankToken.course_id.in_(courses), or_(*in_range))
        .group_by(BankToken.course_id, BankToken.token)
        .having(func.count() > 1)
        .limit(MOST_SHARED)
        .subquery()
    )
    same = and_(BankToken.course_id == shared.c.course_id, BankToken.token == shared.c.token)
    members: dict[tuple[int, str], list[int]] = {}
    query = select(BankToken.course_id, BankToken.token, BankToken.item_id).join(shared, same)
    for course, token, number in session.execute(query.limit(MOST_MEMBERS)):
        members.setdefault((course, token), []).append(number)
    return _joined(members)


_MARKS = (Mark.BAND, Mark.STEM)


def _joined(members: Mapping[tuple[int, str], Sequence[int]]) -> list[list[int]]:
    """Join what shares anything; groups in the order of their newest question, the newest first."""
    lead: dict[int, int] = {}

    def leader(number: int) -> int:
        while lead.setdefault(number, number) != number:
            lead[number] = lead[lead[number]]
            number = lead[number]
        return number

    for numbers in members.values():
        for number in numbers[1:]:
            lead[leader(number)] = leader(numbers[0])
    groups: dict[int, list[int]] = {}
    for number in sorted(lead):
        groups.setdefault(leader(number), []).append(number)
    return sorted(groups.values(), key=lambda group: -group[-1])


def _group(rows: Sequence[BankItem]) -> Doubles | None:
    """Return the live questions of a group that are like the one that is like most of them."""
    live = [row for row in rows if LIVES in tokens_of(row)][:MOST_COMPARED]
    found = [(row, _alike(row, [one for one in live if one is not row])) for row in live]
    first, others = max(found, key=lambda pair: (len(pair[1]), -pair[0].id), default=(None, []))
    return Doubles(first, others) if first is not None and others else None


def _alike(row: BankItem, others: Iterable[BankItem]) -> list[Alike]:
    found = (one for other in others if (one := _compare(row, other)) is not None)
    return sorted(found, key=lambda one: (-one.share, one.row.id))


def _compare(row: BankItem, other: BankItem) -> Alike | None:
    """Return how much another question is like one, None where it is no double of it."""
    mine, theirs = tokens_of(row), tokens_of(other)
    one, two = Wording(row.stem, _only(mine, Mark.WORD)), Wording(other.stem, _only(theirs, Mark.WORD))
    has_same_stem = bool(_only(mine, Mark.STEM) & _only(theirs, Mark.STEM))
    if not are_doubles(one, two, has_same_stem=has_same_stem):
        return None
    return Alike(other, likeness(one.words, two.words), has_same_stem)


def _only(tokens: Collection[str], mark: Mark) -> set[str]:
    return {one for one in tokens if one.startswith(mark)}
