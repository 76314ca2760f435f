"""The result list of an exam: as a page, on paper, as a workbook."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _l

from app.domain.results import COLUMNS, Figures, Result, figures_of, sort_results
from app.domain.roles import Permission
from app.interchange.workbook import Cell, Table, write_workbook
from app.operations.halls import Hall, get_hall
from app.operations.results import list_results, record_export
from app.web.clock import clock
from app.web.database import Session, reading, writing
from app.web.downloads import send_download
from app.web.filters import local_time
from app.web.security import current_person, requires
from app.web.teach.blueprint import bp
from app.web.teach.exams import about_hall
from app.web.teach.result_words import STATES

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADS: Mapping[str, LazyString] = {
    "login": _l("Student number"),
    "name": _l("Name"),
    "cohort": _l("Class"),
    "objective": _l("Machine-scored"),
    "subjective": _l("Marked by a person"),
    "total": _l("Total"),
    "max": _l("Full marks"),
    "state": _l("Status"),
    "minutes": _l("Time used (min)"),
    "passed": _l("Pass"),
}
NUMBERS = frozenset({"objective", "subjective", "total", "max", "minutes"})
CENT = Decimal("0.01")


@bp.get("/exams/<public_id>/results")
@requires(Permission.SET_EXAM, Permission.INVIGILATE)
def results(public_id: str) -> ResponseReturnValue:
    """Show everybody's result, sorted by a column, with the figures of all."""
    session = reading()
    hall = get_hall(session, current_person(), public_id, Permission.INVIGILATE)
    lines, column, downwards = _sorted(session, hall)
    return render_template(
        "teach/exam_results.html",
        **about_hall(session, hall),
        lines=lines,
        figures=figures_of(lines),
        heads=[(name, head, name in COLUMNS) for name, head in HEADS.items()],
        states=STATES,
        numbers=NUMBERS,
        column=column,
        downwards=downwards,
    )


@bp.post("/exams/<public_id>/results/export")
@requires(Permission.SET_EXAM, Permission.INVIGILATE)
def export_results(public_id: str) -> ResponseReturnValue:
    """Give the results as a workbook; the log notes it."""
    person, session = current_person(), reading()
    hall = get_hall(session, person, public_id, Permission.INVIGILATE)
    lines, about = _sorted(session, hall)[0], about_hall(session, hall)
    tables = [
        Table(gettext("Results"), [str(head) for head in HEADS.values()], [cells(line) for line in lines]),
        Table(gettext("Summary"), [gettext("Exam"), about["title"]], summary(hall, about, lines)),
    ]
    book = write_workbook(tables)
    with writing() as session:
        record_export(session, person, hall, len(lines), clock())
    name = f"{about['title']}-{gettext('Results')}.xlsx"
    return send_download(book, XLSX, name, f"results-{hall.document.slug}.xlsx")


def cells(line: Result) -> list[Cell]:
    """Return the cells of a line, in the order of the heads."""
    return [
        line.login,
        line.name,
        line.cohort,
        line.objective,
        line.subjective,
        line.total,
        line.max,
        str(STATES[line.state]),
        line.minutes,
        None if line.passed is None else gettext("Yes") if line.passed else gettext("No"),
    ]


def summary(hall: Hall, about: Mapping[str, str], lines: list[Result]) -> list[list[Cell]]:
    """Return what stands above a result list, and its figures."""
    found = figures_of(lines)
    return [
        [gettext("Course"), about["course_title"]],
        [gettext("Term"), hall.offering.term],
        [gettext("Date"), local_time(hall.exam.opens_at)],
        *([name, value] for name, value in figure_cells(found)),
    ]


def figure_cells(found: Figures) -> list[tuple[str, Cell]]:
    """Return the figures by name; an undefined one is an empty cell."""
    mean = None if found.mean is None else Decimal(str(found.mean)).quantize(CENT, ROUND_HALF_UP)
    rate = None if found.pass_rate is None else Decimal(str(found.pass_rate)).quantize(CENT, ROUND_HALF_UP)
    return [
        (gettext("Expected"), found.expected),
        (gettext("Sat"), found.sat),
        (gettext("Absent"), found.absent),
        (gettext("Results counted"), found.n),
        (gettext("Mean"), mean),
        (gettext("Highest"), found.highest),
        (gettext("Lowest"), found.lowest),
        (gettext("Pass rate"), rate),
    ]


def _sorted(session: Session, hall: Hall) -> tuple[list[Result], str, bool]:
    column = request.values.get("sort", "login")
    column = column if column in COLUMNS else "login"
    downwards = request.values.get("order") == "down"
    found = list_results(session, hall, clock())
    return sort_results(found, column, downwards=downwards), column, downwards
