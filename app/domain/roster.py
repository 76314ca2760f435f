"""Rosters (名单): what each of its rows would do, told before anything is done."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from app.domain.accounts import LONGEST_NAME, find_login, tidy_name
from app.domain.errors import BadName
from app.domain.roles import Role
from app.domain.words import Sentence, marked


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A row as it was read, ``line`` counted as the file counts; texts without blanks around them.

    ``class_name`` is the administrative class (行政班), ``cohort`` the teaching class (教学班). ``fault``
    says why the row could not be read, if it could not.
    """

    line: int
    login: str
    name: str
    class_name: str = ""
    cohort: str = ""
    fault: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What there is of a person already. ``role`` is theirs in the offering, None without a place there."""

    name: str
    class_name: str
    is_staff: bool = False
    is_disabled: bool = False
    role: str | None = None
    cohort: str = ""


class Verdict(StrEnum):
    """What a row would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A row with what it would do: ``changes`` maps what changes to what it was and what it becomes."""

    row: RosterRow
    login: str
    verdict: Verdict
    faults: Sequence[Sentence] = ()
    changes: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def plan_roster(rows: Iterable[RosterRow], known: Mapping[str, Known], *, enrols: bool) -> list[PlannedRow]:
    """Tell what each row would do. A row with a fault does nothing; nor does then any other.

    :param known: people who have an account, by login.
    :param enrols: the roster is that of an offering: its people get a place there.
    """
    planned: list[PlannedRow] = []
    lines: dict[str, int] = {}
    for row in rows:
        login = find_login(row.login) or ""
        faults = list(_faults(row, login, known.get(login), lines.get(login)))
        if login:
            lines.setdefault(login, row.line)
        if faults:
            planned.append(PlannedRow(row, login, Verdict.FAULT, faults))
        elif login not in known:
            planned.append(PlannedRow(row, login, Verdict.NEW))
        else:
            changes = _changes(row, known[login], enrols=enrols)
            planned.append(PlannedRow(row, login, Verdict.CHANGED if changes else Verdict.SAME, (), changes))
    return planned


def as_of_teacher(planned: Iterable[PlannedRow]) -> list[PlannedRow]:
    """Return what the rows of a roster would do that an instructor takes in, not an administrator.

    Names and classes stay as they are on record; who has another name there is somebody else, or one of
    both is misspelt.
    """
    return [_only_places(one) for one in planned]


def with_classes(rows: Iterable[RosterRow]) -> list[RosterRow]:
    """Return rows whose people stand in the teaching class called like their class, where they name none."""
    return [row if row.cohort else replace(row, cohort=row.class_name) for row in rows]


def _only_places(planned: PlannedRow) -> PlannedRow:
    if "name" in planned.changes:
        fault = Sentence(OTHER_NAME, {"login": planned.login})
        return PlannedRow(planned.row, planned.login, Verdict.FAULT, [fault])
    changes = {what: pair for what, pair in planned.changes.items() if what != "class"}
    if planned.verdict is not Verdict.CHANGED or changes == planned.changes:
        return planned
    return replace(planned, verdict=Verdict.CHANGED if changes else Verdict.SAME, changes=changes)


def _faults(row: RosterRow, login: str, known: Known | None, twin: int | None) -> Iterable[Sentence]:
    if row.fault is not None:
        yield row.fault
        return
    if not login:
        yield Sentence(NO_LOGIN, {"text": row.login}) if row.login else Sentence(EMPTY, {"line": row.line})
    if twin is not None:
        yield Sentence(TWIN, {"login": login, "line": twin})
    yield from _faults_of_names(row)
    if known is not None:
        yield from _faults_of_account(login, known)


def _faults_of_names(row: RosterRow) -> Iterable[Sentence]:
    if not _is_name(row.name):
        yield Sentence(NO_NAME, {"text": row.name})
    for text in (row.class_name, row.cohort):
        if text and not _is_name(text):
            yield Sentence(NO_CLASS, {"text": text, "most": LONGEST_NAME})


def _faults_of_account(login: str, known: Known) -> Iterable[Sentence]:
    if known.is_staff or known.role not in {None, Role.STUDENT}:
        yield Sentence(STAFF, {"login": login, "name": known.name})
    if known.is_disabled:
        yield Sentence(DISABLED, {"login": login, "name": known.name})


def _is_name(text: str) -> bool:
    try:
        tidy_name(text)
    except BadName:
        return False
    return True


def _changes(row: RosterRow, known: Known, *, enrols: bool) -> dict[str, tuple[str, str]]:
    """Return what changes; what the roster leaves empty stays as it is."""
    becomes = {"name": tidy_name(row.name), "class": row.class_name}
    was = {"name": known.name, "class": known.class_name}
    if enrols:
        becomes |= {"cohort": row.cohort, "place": Role.STUDENT.value}
        was |= {"cohort": known.cohort, "place": known.role or ""}
    return {what: (was[what], becomes[what]) for what in becomes if becomes[what] not in {"", was[what]}}


EMPTY = marked("Line %(line)s has no number. Write it there, or take the line away.")
NO_LOGIN = marked('"%(text)s" cannot be a student number: letters, digits and _ . @ + - only, 64 at most.')
TWIN = marked("The student number %(login)s stands in line %(line)s already.")
NO_NAME = marked('"%(text)s" cannot be a name: it is empty, too long or has signs that nobody sees.')
NO_CLASS = marked('"%(text)s" cannot be the name of a class: at most %(most)s signs, none that nobody sees.')
STAFF = marked("%(login)s is %(name)s of the staff; a roster is for students.")
DISABLED = marked("The account of %(name)s (%(login)s) is disabled; an administrator can open it again.")
OTHER_NAME = marked("%(login)s has another name on record. Correct the row, or ask an administrator.")
