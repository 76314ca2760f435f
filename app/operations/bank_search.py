"""Search the bank: by index alone, in few statements, in the courses that one teaches and in no other."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, or_, select, true, union_all
from sqlalchemy.orm import Session, aliased

from app.domain.bank_terms import Atom, Term
from app.domain.bank_wanted import Wanted, terms_of
from app.domain.bank_words import Mark
from app.models import BankItem, BankToken

#: how many questions stand on a page
PAGE = 20
#: what the choices of the filters are made of
CHOICES = (Mark.AUTHOR, Mark.TAG, Mark.OBJECTIVE, Mark.QUIZ, Mark.TOPIC, Mark.EXAM)
TOKEN = aliased(BankToken, name="found")


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was found, the newest first, and how many there are in all."""

    items: Sequence[BankItem]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // PAGE))


def search_bank(session: Session, courses: Collection[int], wanted: Wanted, page: int = 1) -> Found:
    """Search the questions of courses, in three statements at most.

    :param courses: ids of courses of which the person is an author: the exam wall stands there.
    """
    ids, total = find_ids(session, courses, terms_of(wanted), page)
    if not ids and page > 1:
        page = 1
        ids, total = find_ids(session, courses, terms_of(wanted), page)
    rows = {row.id: row for row in session.scalars(select(BankItem).where(BankItem.id.in_(ids)))}
    return Found([rows[number] for number in ids if number in rows], total, page)


def find_ids(
    session: Session, courses: Collection[int], terms: Sequence[Term], page: int
) -> tuple[list[int], int]:
    """Return the ids of a page of questions, and how many there are in all."""
    counts = _count(session, courses, terms) if courses else {}
    possible = [tuple(way for way in term if all(counts.get(atom) for atom in way)) for term in terms]
    if not courses or not all(possible):
        return [], 0
    query = ids_query(courses, possible, counts)
    rows = session.execute(query.limit(PAGE).offset((page - 1) * PAGE)).all()
    return [row[0] for row in rows], rows[0][1] if rows else 0


def ids_query(
    courses: Collection[int], terms: Sequence[Term], counts: Mapping[Atom, int]
) -> Select[int, int]:
    """Select what is found by all terms: driven by the one that finds least, the others looked up."""
    leads = {term: [min(way, key=lambda atom: (counts[atom], atom)) for way in term] for term in terms}
    driver = min(terms, key=lambda term: sum(counts[atom] for atom in leads[term]))
    known = set(leads[driver]) if len(driver) == 1 else set()
    checks = [
        or_(*(and_(true(), *(_check(atom, courses) for atom in way if atom not in known)) for way in term))
        for term in terms
        if term != driver or len(term) > 1 or len(term[0]) > 1
    ]
    matches = or_(*(_matches(TOKEN, atom) for atom in leads[driver]))
    found = select(TOKEN.item_id).where(TOKEN.course_id.in_(courses), matches, *checks).distinct().subquery()
    return select(found.c.item_id, func.count().over()).order_by(found.c.item_id.desc())


def list_choices(session: Session, courses: Collection[int]) -> Mapping[str, Mapping[str, int]]:
    """Return what the questions of courses have of each fact, and how many have it, in one statement."""
    parts = [
        select(BankToken.token, func.count())
        .where(BankToken.course_id.in_(courses), BankToken.token >= mark, BankToken.token < _after(mark))
        .group_by(BankToken.token)
        for mark in CHOICES
    ]
    found: dict[str, dict[str, int]] = {mark: {} for mark in CHOICES}
    for token, count in session.execute(union_all(*parts)) if courses else ():
        found[token[:2]][token[2:]] = count
    return found


def _count(session: Session, courses: Collection[int], terms: Sequence[Term]) -> dict[Atom, int]:
    """Count what each atom finds, in one statement."""
    atoms = list(dict.fromkeys(atom for term in terms for way in term for atom in way))
    counts = [
        select(literal(number), func.count())
        .select_from(TOKEN)
        .where(TOKEN.course_id.in_(courses), _matches(TOKEN, atom))
        for number, atom in enumerate(atoms)
    ]
    return {atoms[number]: count for number, count in session.execute(union_all(*counts))}


def _check(atom: Atom, courses: Collection[int]) -> ColumnElement[bool]:
    """Look an atom up for a question that is found already; a range is read once."""
    other = aliased(BankToken)
    if atom.end:
        found = select(other.item_id).where(other.course_id.in_(courses), _matches(other, atom))
        return TOKEN.item_id.in_(found)
    same = (other.course_id == TOKEN.course_id, other.item_id == TOKEN.item_id)
    return exists(select(literal(1)).where(*same, other.token == atom.token))


def _matches(table: type[BankToken], atom: Atom) -> ColumnElement[bool]:
    if not atom.end:
        return table.token == atom.token
    in_range = and_(table.token >= atom.token, table.token < atom.end)
    return and_(in_range, table.token.like(atom.like)) if atom.like else in_range


def _after(mark: Mark) -> str:
    return mark[0] + chr(ord(mark[1]) + 1)
