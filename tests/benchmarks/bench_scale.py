"""Whether a save costs the same in a small and in a large database."""

import tempfile
from functools import partial
from pathlib import Path
from statistics import median

import click
from flask import Flask
from sqlalchemy import text

from app.web.database import database, writing
from tests.benchmarks.bench_pages import (
    COURSE,
    Ask,
    cpu_of,
    make_school,
    measure_floors,
    save,
    sign_in,
    token,
)

SIZES = (100, 10_000)
EVENTS = 20
ROUNDS = 5
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT :low UNION ALL SELECT i + 1 FROM n WHERE i < :high) "


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        app, password = make_school(Path(folder))
        client = sign_in(app, password)
        form = {"csrf_token": token(client.get(COURSE))}
        attempt = client.post(f"{COURSE}/quizzes/ladies-first/start", data=form).headers["Location"]
        ask = partial(save, client, attempt, form["csrf_token"])
        for _ in range(EVENTS):
            ask()
        before = 1
        for size in SIZES:
            grow(app, before, size)
            before = size
            show(app, size, ask)
        with app.app_context():
            database().close()


def show(app: Flask, size: int, ask: Ask) -> None:
    """Print the cost of a save against the floor of the same moment."""
    ratios = [cpu_of(ask) / measure_floors(app)[1].cpu for _ in range(ROUNDS)]
    click.echo(f"{size:6} attempts with {EVENTS} events each: a save costs {median(ratios):.2f} x the floor")


def grow(app: Flask, low: int, high: int) -> None:
    """Copy the one attempt and its events until there are so many."""
    one = "(SELECT * FROM attempt ORDER BY id LIMIT 1)"
    some = f"(SELECT * FROM event WHERE attempt_id = (SELECT min(id) FROM attempt) AND seq <= {EVENTS})"
    changed = {"id": "r.id + n.i", "public_id": "'copy-' || n.i", "number": "r.number + n.i"}
    changed |= {"state": "'scored'", "submitted_at": "r.started_at", "max": "100"}
    with app.app_context(), writing() as session:
        for table, rows, own in (
            ("attempt", one, changed),
            ("event", some, {"attempt_id": "r.attempt_id + n.i"}),
        ):
            columns = [row.name for row in session.execute(text(f"PRAGMA table_info({table})"))]
            names = ", ".join(f'"{name}"' for name in columns)
            values = ", ".join(own.get(name, f'r."{name}"') for name in columns)
            copy = f"{NUMBERS} INSERT INTO {table} ({names}) SELECT {values} FROM n, {rows} r"
            session.execute(text(copy), {"low": low, "high": high - 1})


if __name__ == "__main__":
    main()
