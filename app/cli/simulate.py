"""``casehall simulate``: simulated students answer a mock exam, for demonstrations and rehearsals."""

import json
import sys
from collections.abc import Iterator
from decimal import Decimal
from statistics import mean, stdev
from typing import Any

import click

from app.cli.exam_lines import found
from app.cli.instance import open_instance
from app.domain.accounts import draw_password
from app.models import Attempt
from app.operations.halls import find_hall
from app.operations.passwords import hash_password
from app.operations.simulating import Simulation, free_logins, note_simulation, open_simulation, sit_one
from app.web.clock import chance, clock
from app.web.database import reading, writing


@click.command()
@click.argument("public_id", metavar="EXAM")
@click.option("--students", type=click.IntRange(1, 2000), default=30, show_default=True)
@click.option("--seed", help="The same seed gives the same students; the exam's id without it.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def simulate(public_id: str, students: int, seed: str | None, as_json: bool) -> None:
    """Answer a mock exam with simulated students: of different ability, each in a time of their own.

    EXAM is its id, see: casehall exams list. Written answers wait for somebody who marks them.
    """
    with open_instance():
        hall = found(find_hall(reading(), public_id), public_id)
        # a password that nobody knows: they never sign in
        password_hash = hash_password(draw_password(chance()))
        simulation = open_simulation(hall, clock(), seed or public_id, password_hash)
        told = list(sit_all(simulation, free_logins(reading(), hall, students)))
    click.echo(json.dumps(told, ensure_ascii=False, indent=2) if as_json else summary(told))


def sit_all(simulation: Simulation, logins: list[str]) -> Iterator[dict[str, Any]]:
    """Let the students sit the exam, each in a transaction of its own: no real save waits long.

    :raises LoginTaken: somebody else has the login of a simulated student; those before stay.
    """
    done = 0
    try:
        with click.progressbar(logins, label="Students", file=sys.stderr) as bar:
            for login in bar:
                with writing() as session:
                    hall = found(find_hall(session, simulation.exam), simulation.exam)
                    told = as_told(sit_one(session, simulation, hall, login))
                done += 1
                yield told
    finally:
        with writing() as session:
            hall = found(find_hall(session, simulation.exam), simulation.exam)
            note_simulation(session, hall, done, clock())


def as_told(attempt: Attempt) -> dict[str, Any]:
    """Return what is told of an attempt; points are those that keys give."""
    assert attempt.submitted_at is not None
    minutes = (attempt.submitted_at - attempt.started_at).total_seconds() / 60
    return {
        "attempt": attempt.public_id,
        "score": str(attempt.score),
        "max": str(attempt.max),
        "answered": attempt.answered,
        "minutes": round(minutes, 1),
    }


def summary(told: list[dict[str, Any]]) -> str:
    """Say in a line how the students did."""
    scores = [Decimal(one["score"]) for one in told]
    minutes = [one["minutes"] for one in told]
    spread = stdev(scores) if len(scores) > 1 else Decimal(0)
    points = f"{min(scores)} to {max(scores)} of {told[0]['max']} points by key"
    spread_of = f"mean {mean(scores):.1f}, standard deviation {spread:.1f}"
    times = f"{min(minutes)} to {max(minutes)} minutes"
    return f"{len(told)} simulated students: {points} ({spread_of}), {times}"
