"""Exams on the command line: set one, list them, look at one before it begins, give time, release."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import click

from app.cli.exam_lines import MOMENT, aware, facts, found, line
from app.cli.exams_extend import extend
from app.cli.exams_release import release
from app.cli.instance import open_instance
from app.content.parse import Kind
from app.domain.exam import ExamKind
from app.operations.documents import get_text
from app.operations.enrolment import get_current_offering
from app.operations.exams import Rules, create_exam, schedule_exam
from app.operations.halls import count_begun, find_hall, list_all_halls
from app.operations.preflight import Finding, Level, error, preflight
from app.web.clock import chance, clock
from app.web.database import reading, writing
from app.web.health.readiness import find_readiness

#: a window that nobody closed by hand
DEFAULT_WINDOW = timedelta(days=7)


@click.group()
def exams() -> None:
    """Look after exams."""


@exams.command()
@click.argument("quiz", metavar="COURSE/QUIZ")
@click.option("--minutes", type=click.IntRange(1, 1440), required=True, help="How long one has.")
@click.option("--opens", type=MOMENT, help="Local time; now without it.")
@click.option("--closes", type=MOMENT, help="Local time; a week after the opening without it.")
@click.option("--attempts", type=click.IntRange(1, 100), default=1, show_default=True)
@click.option("--kind", type=click.Choice(["exam", "mock"]), default="exam", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def create(quiz: str, minutes: int, as_json: bool, **given: Any) -> None:
    """Set and schedule an exam from a quiz, in the course's current offering."""
    course, _, slug = quiz.partition("/")
    if not slug:
        raise click.UsageError("Name the quiz as COURSE/QUIZ.")
    with open_instance():
        now = clock()
        opens = aware(given["opens"]) or now
        closes = aware(given["closes"]) or opens + DEFAULT_WINDOW
        rules = Rules(ExamKind(given["kind"]), opens_at=opens, closes_at=closes, minutes=minutes)
        rules = replace(rules, attempts_allowed=given["attempts"])
        with writing() as session:
            offering = get_current_offering(session, course)
            text = get_text(session, offering.course_id, Kind.QUIZ, slug)
            public = create_exam(session, None, (offering, text), rules, (now, chance())).public_id
            schedule_exam(session, None, found(find_hall(session, public), public), now)
        told = facts(found(find_hall(reading(), public), public), 0)
    click.echo(json.dumps(told, ensure_ascii=False, indent=2) if as_json else line(told))


@exams.command("list")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def list_exams(as_json: bool) -> None:
    """List the exams of every course, the newest first."""
    with open_instance():
        halls = list_all_halls(reading())
        begun = count_begun(reading(), [hall.exam.id for hall in halls])
        told = [facts(hall, begun.get(hall.exam.id, 0)) for hall in halls]
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for one in told:
        click.echo(line(one))


@exams.command("preflight")
@click.argument("public_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def look_before(public_id: str, as_json: bool) -> None:
    """Say whether an exam can be sat on this instance; exit 1 if something must be mended."""
    with open_instance():
        hall = found(find_hall(reading(), public_id), public_id)
        findings = [*preflight(reading(), hall, clock()), *of_instance()]
    errors = [one for one in findings if one.level is Level.ERROR]
    if as_json:
        told = [{"level": one.level.value, "message": str(one.sentence)} for one in findings]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for one in findings:
            click.echo(f"{one.level.value}\t{one.sentence}")
    if errors:
        raise click.exceptions.Exit(1)


def of_instance() -> list[Finding]:
    """Return what forbids exams on this instance, whichever exam it is."""
    _, checks = find_readiness()
    return [
        error("This instance: %(name)s: %(reason)s", name=name, reason=check.reason)
        for name, check in checks.items()
        if not check.ok
    ]


exams.add_command(release)


exams.add_command(extend)
