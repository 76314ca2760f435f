"""Release the results of an exam from the command line."""

import json
from collections.abc import Sequence
from typing import Any

import click

from app.cli.instance import open_instance
from app.domain.errors import NotReleasable
from app.operations.halls import Hall, find_hall
from app.operations.releasing import Check, list_open_conflicts, make_checklist, release_exam
from app.web.clock import clock
from app.web.database import Session, writing


@click.command()
@click.argument("public_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def release(public_id: str, as_json: bool) -> None:
    """Release the results of an exam; exit 1 and say what is missing if something stands in the way."""
    with open_instance(), writing() as session:
        told = release_results(session, public_id)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        report(told)
    if told["missing"]:
        raise click.exceptions.Exit(1)


def release_results(session: Session, public_id: str) -> dict[str, Any]:
    """Release the results if nothing is missing; return what was found.

    :raises ClickException: there is no such exam.
    """
    hall = find_hall(session, public_id, holds=True)
    if hall is None:
        raise click.ClickException(f"There is no exam {public_id}; see: casehall exams list")
    now = clock()
    missing: Sequence[Check] = ()
    try:
        release_exam(session, None, hall, now)
    except NotReleasable:
        missing = make_checklist(session, hall, now).missing
    return facts(hall, len(list_open_conflicts(session, hall.exam.id)), missing)


def facts(hall: Hall, conflicts: int, missing: Sequence[Check]) -> dict[str, Any]:
    """Return what is told of a release."""
    released_at = hall.exam.released_at
    return {
        "public_id": hall.exam.public_id,
        "released_at": released_at.isoformat() if released_at else None,
        "missing": [{"need": str(one.need), "count": one.count} for one in missing],
        "conflicts": conflicts,
    }


def report(told: dict[str, Any]) -> None:
    """Say it in lines."""
    for one in told["missing"]:
        click.echo(f"missing\t{one['need']}\t{one['count']}", err=True)
    if told["conflicts"]:
        click.echo(f"note\tanswers from two windows were open at the hand-in\t{told['conflicts']}")
    if told["released_at"]:
        click.echo(f"{told['public_id']}\treleased\t{told['released_at']}")
