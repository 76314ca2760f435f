"""An exam under load: ``python -m tests.benchmarks.bench_exam --students 500 [--database postgresql]``.

Simulated students sign in, start, open the paper, save and poll, hand in, against a real server on
loopback. Printed: how long each request took, the server's CPU for a save with its share of polls, how
much memory it took, and the floor of the same run. Bounded in number and time. The students run on the
same machine as the server and take part of it.
"""

import asyncio
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http import HTTPStatus
from pathlib import Path
from random import Random
from time import perf_counter

import click

from app.domain.roles import Role
from app.factory import create_app
from app.operations.enrolment import Seat, enrol
from app.web.clock import clock
from app.web.database import database, writing
from tests.benchmarks.load_client import Meter, Student, at_rate, spread
from tests.support import postgres
from tests.support.builders import make_classroom
from tests.support.exams import set_exam
from tests.support.instance import make_settings, make_template
from tests.support.people import PASSWORD, make_user
from tests.support.server import serving, worker_of

TICKS = os.sysconf("SC_CLK_TCK")
NAMES = ("sign in", "start", "paper", "save", "poll", "hand in")


@click.command()
@click.option("--students", type=click.IntRange(1, 5000), default=100, show_default=True)
@click.option("--rate", type=click.IntRange(1, 1000), default=50, show_default=True, help="Saves a second.")
@click.option("--seconds", type=click.IntRange(1, 600), default=10, show_default=True)
@click.option("--database", "kind", type=click.Choice(["sqlite", "postgresql"]), default="sqlite")
def command(students: int, rate: int, seconds: int, kind: str) -> None:
    """Let so many students sit an exam, and print what it took."""
    run(students, rate, seconds, kind)


def main() -> None:
    """Run a small exam, as a part of all benchmarks."""
    run(50, 25, 4, "sqlite")


def run(students: int, rate: int, seconds: int, kind: str) -> None:
    """Sit the exam."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        instance, more = Path(folder) / "instance", {}
        if kind == "postgresql":
            more["DATABASE_URL"] = stack.enter_context(postgres_database())
        exam = prepare(instance, students, more)
        port = postgres.free_port()
        server = stack.enter_context(serving(instance, port, **more))
        meter = Meter()
        chance = Random(1)
        people = [
            Student(f"s{n:04d}", PASSWORD, port, meter, Random(chance.random())) for n in range(students)
        ]
        worker = worker_of(server)
        cpu = asyncio.run(sit(people, exam, worker, (rate, seconds)))
        show(meter, students, cpu, memory_of(worker))


@contextmanager
def postgres_database() -> Iterator[str]:
    """Give a new database in a throw-away cluster."""
    programs = postgres.find_programs()
    assert programs is not None, "PostgreSQL is not installed here"
    with postgres.cluster(programs) as address:
        postgres.run_sql(address, "CREATE DATABASE bench")
        yield f"{address}bench"


def prepare(instance: Path, students: int, more: dict[str, str]) -> str:
    """Make the instance with its exam and its students; return the exam's public id."""
    instance.mkdir()
    make_template(instance, **more)
    app = create_app(make_settings(instance, **more))
    with app.app_context():
        now = clock()
        with writing() as session:
            room = make_classroom(session, instance.parent, now)
            for number in range(students):
                user = make_user(session, f"s{number:04d}", now=now)
                enrol(session, user.id, Seat(room.offering.id, Role.STUDENT, None), None, now)
            exam = set_exam(session, room, now).public_id
        database().close()
    return exam


async def sit(people: list[Student], exam: str, worker: int, load: tuple[int, int]) -> float:
    """Go through the whole exam; return the CPU of the server in ms for a save with a poll."""
    began = perf_counter()
    await asyncio.gather(*(one.sign_in() for one in people))
    click.echo(f"everybody signed in after {perf_counter() - began:.1f} s")
    began = perf_counter()
    await spread(people, min(10, len(people) / 50), lambda one: one.start(exam))
    click.echo(f"everybody started after {perf_counter() - began:.1f} s")
    await spread(people, min(10, len(people) / 50), lambda one: one.open_paper())
    rate, seconds = load
    before, began = cpu_seconds(worker), perf_counter()
    await asyncio.gather(
        at_rate(people, rate, seconds, lambda one: one.save()),
        at_rate(people[::-1], rate, seconds, lambda one: one.poll()),
    )
    took, used = perf_counter() - began, cpu_seconds(worker) - before
    saved = sum(one.saved for one in people)
    click.echo(f"{saved / took:.0f} saves and as many polls a second for {took:.1f} s")
    began = perf_counter()
    await spread(people, min(10, len(people) / 50), lambda one: one.hand_in())
    click.echo(f"everybody handed in after {perf_counter() - began:.1f} s")
    for one in people:
        one.leave()
    return 1000 * used / max(saved, 1)


def show(meter: Meter, students: int, cpu: float, memory: int) -> None:
    """Print a table."""
    click.echo(
        f"{students} students; {'request':10} {'n':>6} {'p50 ms':>8} {'p95 ms':>8} {'p99 ms':>8}  not 2xx/3xx"
    )
    for name in NAMES:
        n, p50, p95, p99 = meter.centiles(name)
        other = {
            status: count
            for (asked, status), count in sorted(meter.statuses.items())
            if asked == name and status >= HTTPStatus.BAD_REQUEST
        }
        click.echo(f"{'':14}{name:10} {n:6} {p50:8.1f} {p95:8.1f} {p99:8.1f}  {other or ''}")
    click.echo(f"server: {cpu:.2f} ms CPU for a save and a poll, {memory // 1024 // 1024} MB at most")


def cpu_seconds(pid: int) -> float:
    """Return the CPU time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory_of(pid: int) -> int:
    """Return the most memory that a process had at a time, in bytes."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) * 1024
    return 0


if __name__ == "__main__":
    command()
