"""``casehall users import``: a roster from XLSX or CSV, tried first, then taken in whole or not at all."""

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from app.cli.instance import open_instance
from app.domain.accounts import draw_password
from app.domain.errors import BadTable, LoginTaken, NotFound, OfferingArchived
from app.domain.roster import PlannedRow, RosterRow, Verdict
from app.interchange.roster import Roster, read_roster
from app.models import Offering
from app.operations.enrolment import get_current_offering
from app.operations.passwords import hash_password
from app.operations.rosters import Taken, plan, take_in
from app.web.clock import chance, clock
from app.web.database import Session, reading, writing

#: what a row would do, in the words of the command line
WORDS = {
    Verdict.NEW: "new",
    Verdict.CHANGED: "changed",
    Verdict.SAME: "as it is",
    Verdict.FAULT: "cannot be taken",
}
HASHING_THREADS = 2


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is told in the end: the rows, the one-time passwords of new accounts, columns without a use."""

    rows: Sequence[PlannedRow]
    unused: Sequence[str]
    passwords: Mapping[str, str]
    is_done: bool

    @property
    def has_faults(self) -> bool:
        """Whether a row cannot be taken."""
        return any(row.verdict is Verdict.FAULT for row in self.rows)


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--course", help="Give everybody a place in this course's current offering.")
@click.option("--cohort", default="", help="The cohort there of rows that name none.")
@click.option("--dry-run", is_flag=True, help="Tell what would be done, and do nothing.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def import_users(file: Path, course: str | None, cohort: str, dry_run: bool, as_json: bool) -> None:
    """Take a roster in: accounts, names, classes and places of everybody in it, or of nobody.

    The columns are found by their heads: 学号 and 姓名, and if they are there 班级 and 教学班 (or Student
    number, Name, Class, Cohort). A student number that has an account brings its name and class up to
    date. New accounts get one-time passwords, printed once.
    """
    if cohort and not course:
        raise click.UsageError("--cohort needs --course.")
    try:
        roster = read_roster(file.read_bytes())
    except BadTable as refusal:
        raise click.ClickException(f"{file.name}: {refusal.sentence}") from None
    roster = replace(roster, rows=[with_cohort(row, cohort) for row in roster.rows])
    with open_instance():
        outcome = take_roster(roster, course, dry_run=dry_run)
    tell(file, outcome, as_json=as_json)
    if outcome.has_faults:
        raise click.exceptions.Exit(1)


def with_cohort(row: RosterRow, cohort: str) -> RosterRow:
    """Put a row into the cohort unless it names one."""
    return row if row.cohort or not cohort else replace(row, cohort=cohort)


def take_roster(roster: Roster, course: str | None, *, dry_run: bool) -> Outcome:
    """Plan what the roster would do; unless a row has a fault or it is only tried, do it."""
    rows = plan(reading(), offering_of(reading(), course), roster.rows)
    tried = Outcome(rows, roster.unused, {}, is_done=False)
    if dry_run or tried.has_faults:
        return tried
    passwords = {row.login: draw_password(chance()) for row in rows if row.verdict is Verdict.NEW}
    # hashing is slow on purpose: it is done before anything is held
    with ThreadPoolExecutor(HASHING_THREADS) as threads:
        hashes = threads.map(hash_password, passwords.values())
        taken = {login: Taken(made, chance()) for login, made in zip(passwords, hashes, strict=True)}
    try:
        with writing() as session:
            offering = offering_of(session, course)
            rows = plan(session, offering, roster.rows)
            tried = replace(tried, rows=rows)
            if tried.has_faults:
                return tried
            take_in(session, None, offering, (rows, taken), clock())
    except LoginTaken:
        raise click.ClickException(
            "Somebody of this roster was added in the meantime. Nothing was done; start it again."
        ) from None
    except OfferingArchived:
        raise click.ClickException("This offering is archived and takes nobody in.") from None
    return Outcome(rows, roster.unused, passwords, is_done=True)


def offering_of(session: Session, course: str | None) -> Offering | None:
    """Return the current offering of a course; refuse in one line if there is none."""
    if course is None:
        return None
    try:
        return get_current_offering(session, course)
    except NotFound:
        raise click.ClickException(f"The course {course} has no running offering.") from None


def tell(file: Path, outcome: Outcome, *, as_json: bool) -> None:
    """Report each row that does something or cannot, how many there are, and the passwords."""
    if as_json:
        click.echo(json.dumps(as_facts(outcome), ensure_ascii=False, indent=2))
        return
    for line in (f"{file.name}:{row.row.line}: {fault}" for row in outcome.rows for fault in row.faults):
        click.echo(line, err=True)
    for row in (row for row in outcome.rows if row.verdict in {Verdict.NEW, Verdict.CHANGED}):
        click.echo(f"{row.row.line}\t{row.login}\t{row.row.name}\t{in_words(row)}")
    if outcome.unused:
        click.echo(f"Columns without a use here: {', '.join(outcome.unused)}")
    click.echo(summary(outcome))
    for login, password in outcome.passwords.items():
        click.echo(f"{login}\t{password}")


def in_words(row: PlannedRow) -> str:
    """Return what a row does, with what changes."""
    changes = "; ".join(f"{what}: {was or '-'} → {becomes}" for what, (was, becomes) in row.changes.items())
    return f"{WORDS[row.verdict]} ({changes})" if changes else WORDS[row.verdict]


def summary(outcome: Outcome) -> str:
    """Count the rows by what they do, and say whether it was done."""
    counts = {verdict: sum(row.verdict is verdict for row in outcome.rows) for verdict in Verdict}
    told = ", ".join(f"{number} {WORDS[verdict]}" for verdict, number in counts.items() if number)
    if outcome.has_faults:
        return f"{told}. Nothing was done: mend the rows named above, then start it again."
    if not outcome.is_done:
        return f"{told}. Nothing was done: this was a try."
    once = " One-time passwords, shown only now:" if outcome.passwords else ""
    return f"{told}. Done.{once}"


def as_facts(outcome: Outcome) -> dict[str, Any]:
    """Return what is told as JSON."""
    return {
        "done": outcome.is_done,
        "unused": list(outcome.unused),
        "rows": [
            {
                "line": row.row.line,
                "login": row.login,
                "name": row.row.name,
                "verdict": row.verdict.value,
                "faults": [str(fault) for fault in row.faults],
                "changes": {what: list(pair) for what, pair in row.changes.items()},
                "password": outcome.passwords.get(row.login),
            }
            for row in outcome.rows
        ],
    }
