"""Take a roster in: choose the file, see what each row would do, take everybody in, hand out passwords."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from flask import flash, redirect, render_template, request, stream_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from werkzeug.datastructures import FileStorage

from app.domain.accounts import draw_password
from app.domain.errors import BadTable
from app.domain.roles import Permission
from app.domain.roster import PlannedRow, RosterRow, Verdict
from app.domain.words import Sentence, marked
from app.interchange.roster import MOST_ROWS, Roster, read_roster
from app.models import Offering
from app.operations.enrolment import get_running, list_running
from app.operations.passwords import hash_password
from app.operations.rosters import (
    Taken,
    Waiting,
    issue_first_password,
    list_waiting,
    plan,
    take_in,
)
from app.web.admin.blueprint import bp
from app.web.admin.forms import RosterForm
from app.web.clock import chance, clock
from app.web.database import Session, reading, writing
from app.web.security import current_person, requires, takes_at_most

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


@bp.get("/people/roster")
@requires(Permission.ADMINISTER)
def roster() -> ResponseReturnValue:
    """Show where a roster is chosen."""
    return show_roster(roster_form())


@bp.post("/people/roster")
@takes_at_most(FILE_BYTES)
@requires(Permission.ADMINISTER)
def try_roster() -> ResponseReturnValue:
    """Read a roster and show what each of its rows would do; nothing is done."""
    form = roster_form()
    if not form.validate():
        return show_roster(form, 422)
    try:
        found = read_roster(_file())
    except BadTable as refusal:
        form.file.errors = [gettext(refusal.sentence.text, **refusal.sentence.values)]
        return show_roster(form, 422)
    rows = _with_cohort(found.rows, form)
    planned = plan(reading(), _offering(reading(), form), rows)
    return show_roster(form, planned=planned, found=replace(found, rows=rows))


@bp.post("/people/roster/take")
@takes_at_most(ROWS_BYTES)
@requires(Permission.ADMINISTER)
def take_roster() -> ResponseReturnValue:
    """Take in what was shown: everybody, or nobody if a row cannot be taken by now."""
    form, rows = roster_form(), _sent_rows()
    if not rows:
        form.file.errors = [gettext("The rows did not arrive whole. Choose the file again.")]
        return show_roster(form, 422)
    if not form.validate():
        return show_roster(form, 422)
    with writing() as session:
        offering = _offering(session, form)
        planned = plan(session, offering, rows)
        faults = [one for one in planned if one.verdict is Verdict.FAULT]
        if not faults:
            new = [one.login for one in planned if one.verdict is Verdict.NEW]
            taken = {login: Taken(NO_PASSWORD, chance()) for login in new}
            take_in(session, current_person(), offering, (planned, taken), clock())
    if faults:
        return show_roster(form, 422, planned=planned, found=Roster(rows, ()))
    told = ngettext("%(num)s account was made.", "%(num)s accounts were made.", len(new))
    changed = sum(one.verdict is Verdict.CHANGED for one in planned)
    mended = ngettext("%(num)s row was brought up to date.", "%(num)s rows were brought up to date.", changed)
    flash(f"{told} {mended}", "success")
    return redirect(url_for("admin.first_passwords" if new else "admin.people"), 303)


@bp.get("/people/passwords")
@requires(Permission.ADMINISTER)
def first_passwords() -> ResponseReturnValue:
    """List the classes whose people have no password yet."""
    return render_template("admin/passwords.html", waiting=_by_class(list_waiting(reading())))


@bp.post("/people/passwords")
@requires(Permission.ADMINISTER)
def hand_out_passwords() -> ResponseReturnValue:
    """Issue a first password to everybody of a class, and show the list, this once.

    The page grows as it is made: each password is kept before it is shown, and hashing takes its time.
    """
    wanted = request.form.get("class", "")
    waiting = [one for one in list_waiting(reading()) if one.class_name == wanted]
    return stream_template("admin/password_list.html", lines=_handed_out(waiting))


def _handed_out(waiting: Sequence[Waiting]) -> Iterator[HandedOut]:
    actor = current_person()
    for person in waiting:
        password = draw_password(chance())
        password_hash = hash_password(password)
        with writing() as session:
            is_first = issue_first_password(session, actor, person, password_hash, clock())
        # somebody else may be handing them out too
        if is_first:
            yield HandedOut(person, password)


def roster_form() -> RosterForm:
    """Return the form, with the offerings that are running."""
    form = RosterForm()
    choices: dict[str, str] = {"": gettext("None: accounts only")}
    choices |= {one.public_id: f"{one.course} · {one.term}" for one in list_running(reading())}
    form.offering.choices = choices
    return form


def show_roster(
    form: RosterForm,
    status: int = 200,
    planned: Sequence[PlannedRow] = (),
    found: Roster | None = None,
) -> ResponseReturnValue:
    """Render the form; with a roster what each of its rows would do."""
    counts = {verdict.value: sum(one.verdict is verdict for one in planned) for verdict in Verdict}
    page = render_template(
        "admin/roster.html",
        form=form,
        planned=sorted(
            (one for one in planned if one.verdict is not Verdict.SAME),
            key=lambda one: (one.verdict is not Verdict.FAULT, one.row.line),
        ),
        counts=counts,
        unused=found.unused if found else (),
        rows=json.dumps([_packed(row) for row in found.rows], ensure_ascii=False) if found else "",
        most=MOST_ROWS,
    )
    return page, status


def _file() -> bytes:
    file = request.files.get("file")
    if not isinstance(file, FileStorage) or not file.filename:
        raise BadTable(Sentence(NO_FILE))
    return file.stream.read()


def _with_cohort(rows: Sequence[RosterRow], form: RosterForm) -> list[RosterRow]:
    """Put the rows that name no cohort into the one of the form."""
    cohort = (form.cohort.data or "").strip() if form.offering.data else ""
    return [row if row.cohort or not cohort else replace(row, cohort=cohort) for row in rows]


def _offering(session: Session, form: RosterForm) -> Offering | None:
    return get_running(session, form.offering.data) if form.offering.data else None


def _packed(row: RosterRow) -> list[str | int]:
    return [row.line, row.login, row.name, row.class_name, row.cohort]


def _sent_rows() -> list[RosterRow]:
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


def _by_class(waiting: Sequence[Waiting]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in waiting:
        counts[one.class_name] = counts.get(one.class_name, 0) + 1
    return counts


NO_FILE = marked("Choose a file first.")
