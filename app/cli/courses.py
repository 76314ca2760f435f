"""Courses on the command line: list them, enrol people."""

import json
from typing import Any

import click

from app.cli.instance import open_instance
from app.cli.seats import ROLES, seat_in
from app.domain.roles import Role
from app.operations.accounts import find_user
from app.operations.enrolment import Running, count_people, enrol
from app.operations.enrolment import list_courses as list_every
from app.web.clock import clock
from app.web.database import reading, writing


@click.group()
def courses() -> None:
    """Look after courses and who is in them."""


@courses.command("list")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def list_courses(as_json: bool) -> None:
    """List the courses and their running offerings, with the number of people by role."""
    with open_instance():
        found = [facts(slug, offering) for slug, offering in list_every(reading())]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for one in found:
        people = ", ".join(f"{number} {role}" for role, number in one["people"].items())
        click.echo(f"{one['course']}\t{one['term'] or '-'}\t{people or '-'}")


def facts(slug: str, offering: Running | None) -> dict[str, Any]:
    """Return what is told of a course and an offering of it."""
    return {
        "course": slug,
        "term": offering.term if offering else None,
        "public_id": offering.public_id if offering else None,
        "people": count_people(reading(), offering.id) if offering else {},
    }


@courses.command("enrol")
@click.argument("login")
@click.argument("course")
@click.argument("role", type=click.Choice(ROLES))
@click.option("--cohort", help="A student's cohort, or one that an assistant looks after.")
def enrol_person(login: str, course: str, role: str, cohort: str | None) -> None:
    """Give LOGIN the ROLE in the current offering of COURSE."""
    with open_instance(), writing() as session:
        user = find_user(session, login)
        if user is None:
            raise click.ClickException(f"There is no person with the login {login}.")
        enrol(session, user.id, seat_in(session, course, Role(role), cohort), None, clock())
    click.echo(f"{user.login}\t{course}\t{role}")
