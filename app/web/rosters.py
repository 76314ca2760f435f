"""What every page that takes a roster in shares: reading it, holding its rows, handing passwords out."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from flask import request
from flask_babel import gettext, ngettext
from werkzeug.datastructures import FileStorage

from app.domain.accounts import draw_password
from app.domain.errors import BadTable
from app.domain.roster import PlannedRow, RosterRow, Verdict
from app.domain.words import Sentence, marked
from app.interchange.roster import MOST_ROWS, Roster, read_roster
from app.models import Offering
from app.operations.passwords import hash_password
from app.operations.rosters import Taken, Waiting, issue_first_password, take_in
from app.web.clock import chance, clock
from app.web.database import Session, writing
from app.web.languages import sentences
from app.web.security import current_person

FILE_BYTES = 20 * 1024 * 1024
#: as many rows as a roster has, each text as long as it may be, with what a form makes of characters
ROWS_BYTES = 16 * 1024 * 1024
#: a line number beyond this one is none
MOST_LINES = 2_000_000
#: accounts that a roster makes have no password until somebody hands one out
NO_PASSWORD = ""


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A person with the password that was just issued, shown this once."""

    person: Waiting
    password: str


@dataclass(frozen=True, slots=True)
class RosterView:
    """What each row of a roster would do: faults first, and nothing of what stays as it is."""

    planned: Sequence[PlannedRow] = ()
    found: Roster | None = None

    @property
    def counts(self) -> Mapping[str, int]:
        """How many rows have each verdict."""
        return {verdict.value: sum(one.verdict is verdict for one in self.planned) for verdict in Verdict}

    @property
    def told(self) -> Sequence[PlannedRow]:
        """The rows that would do something, or cannot."""
        there = (one for one in self.planned if one.verdict is not Verdict.SAME)
        return sorted(there, key=lambda one: (one.verdict is not Verdict.FAULT, one.row.line))

    @property
    def unused(self) -> Sequence[str]:
        """The heads of columns without a use."""
        return self.found.unused if self.found else ()

    @property
    def classes(self) -> int:
        """How many rows name a class and no teaching class."""
        found = self.found.rows if self.found else ()
        return sum(bool(row.class_name and not row.cohort) for row in found)

    @property
    def rows(self) -> str:
        """The rows as the page holds them until they are taken in."""
        found = self.found.rows if self.found else ()
        return json.dumps([_packed(row) for row in found], ensure_ascii=False) if found else ""

    @property
    def most(self) -> int:
        """How many rows a roster may have."""
        return MOST_ROWS


def read_sent(cohort: str) -> Roster:
    """Return the roster that was sent; rows that name no cohort stand in this one.

    :raises BadTable: it is none.
    """
    found = read_roster(_file())
    cohort = cohort.strip()
    rows = [row if row.cohort or not cohort else replace(row, cohort=cohort) for row in found.rows]
    return replace(found, rows=rows)


def said_of(refusal: BadTable) -> str:
    """Say why a file is no roster."""
    return gettext(refusal.sentence.text, **refusal.sentence.values)


def take_everybody(session: Session, offering: Offering | None, planned: Sequence[PlannedRow]) -> int | None:
    """Take in everybody of a plan; return how many accounts were made, None where a row cannot be taken.

    Nobody is taken in then.
    """
    if any(one.verdict is Verdict.FAULT for one in planned):
        return None
    new = {one.login: Taken(NO_PASSWORD, chance()) for one in planned if one.verdict is Verdict.NEW}
    take_in(session, current_person(), offering, (planned, new), clock())
    return len(new)


def tell_taken(planned: Sequence[PlannedRow]) -> str:
    """Say how many accounts were made, and how many rows changed something."""
    new, changed = (
        sum(one.verdict is verdict for one in planned) for verdict in (Verdict.NEW, Verdict.CHANGED)
    )
    made = ngettext("%(num)s account was made.", "%(num)s accounts were made.", new)
    mended = ngettext("%(num)s row was brought up to date.", "%(num)s rows were brought up to date.", changed)
    return sentences(made, mended)


def handed_out(waiting: Sequence[Waiting]) -> Iterator[HandedOut]:
    """Issue a first password to each, and yield it: it is kept before it is shown."""
    actor = current_person()
    for person in waiting:
        password = draw_password(chance())
        password_hash = hash_password(password)
        with writing() as session:
            is_first = issue_first_password(session, actor, person, password_hash, clock())
        # somebody else may be handing them out too
        if is_first:
            yield HandedOut(person, password)


def _file() -> bytes:
    file = request.files.get("file")
    if not isinstance(file, FileStorage) or not file.filename:
        raise BadTable(Sentence(NO_FILE))
    return file.stream.read()


def _packed(row: RosterRow) -> list[str | int]:
    return [row.line, row.login, row.name, row.class_name, row.cohort]


def sent_rows() -> list[RosterRow]:
    """Return the rows that the page holds; nothing where they are not what it was given."""
    try:
        sent = json.loads(request.form.get("rows", ""))
        return [_unpacked(*packed) for packed in sent[:MOST_ROWS]]
    except (ValueError, TypeError, KeyError, RecursionError):
        return []


def _unpacked(line: object, *texts: object) -> RosterRow:
    """Return a row as it was packed.

    :raises ValueError: it is no row, or holds what no text can.
    """
    if type(line) is not int or not 0 < line < MOST_LINES or len(texts) != 4:
        raise ValueError("no row")
    login, name, class_name, cohort = (str(text) for text in texts)
    for text in (login, name, class_name, cohort):
        text.encode()
    return RosterRow(line, login, name, class_name, cohort)


NO_FILE = marked("Choose a file first.")
