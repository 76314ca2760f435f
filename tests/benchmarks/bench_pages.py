"""What pages cost: ``python -m tests.benchmarks.bench_pages``.

Statements, bytes sent and CPU per request of what a student opens and does, and in the same run the floor:
a bare Flask endpoint that reads one row, and one that commits one row durably. Quote the ratios; machines
are noisy.
"""

import gzip
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from time import process_time
from uuid import UUID

import click
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from app.cli.folders import default_folders
from app.cli.loading import load_library
from app.domain.accounts import draw_password
from app.factory import create_app
from app.operations.demo import create_demo
from app.operations.demo_people import missing_people
from app.operations.passwords import hash_password
from app.settings import ROOT
from app.web.attempts.boxes import EXTENSION
from app.web.clock import chance, clock
from app.web.database import database, reading, writing
from tests.support.counting import statements
from tests.support.instance import make_settings, make_template

STUDENT = "2023010101"
COURSE = "/courses/ground-service"
ROUNDS = 50
LONG, LONG_SLUG = 50, "long-drill"
WRITTEN, NUMBERS = "explain", count(1)
ID = re.compile(r"\{#([a-z-]+) ")
WRITES = ("INSERT", "UPDATE", "DELETE")
ASSET = re.compile(r'(?:href|src)="(/(?:static|bootstrap)/[^"]+)"')
Ask = Callable[[], TestResponse]


@dataclass(frozen=True, slots=True)
class Cost:
    """Cost of one request: statements, writing ones among them, bytes sent compressed, CPU in ms."""

    name: str
    statements: int
    writes: int
    sent: int
    cpu: float


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        app, password = make_school(Path(folder))
        client = sign_in(app, password)
        floors = measure_floors(app)
        costs = [measure(app, name, ask) for name, ask in requests(client)]
        show(floors, costs)
        show_first_visit(app)
        with app.app_context():
            database().close()


def make_school(folder: Path) -> tuple[Flask, str]:
    """Return an application with the demo course, the floor's endpoints, and a student's password."""
    make_template(folder)
    app = create_app(make_settings(folder))
    password = draw_password(1)
    with app.app_context():
        load_library([*default_folders(), write_long_quiz(folder / "library")])
        hashes = {one.login: hash_password(password) for one in missing_people(reading())}
        with writing() as session:
            create_demo(session, hashes, clock(), chance())
            session.execute(text("CREATE TABLE floor (id INTEGER PRIMARY KEY, n INTEGER)"))
    return app, password


def write_long_quiz(folder: Path) -> Path:
    """Write a quiz of 50 items of all types into a folder of quizzes, and return it."""
    text = (ROOT / "quizzes/ground-service/service-drill.md").read_text(encoding="utf-8")
    front, _, body = text.partition("\n# ")
    items = [f"## {item}" for item in body.split("\n## ")[1:]]
    chosen = [item.partition("\n# ")[0] for item in items if "说明}" not in item and "路径=" not in item]
    copies = [ID.sub(rf"{{#\1-{number} ", chosen[number % len(chosen)], count=1) for number in range(LONG)]
    quiz = folder / "quizzes" / "ground-service" / f"{LONG_SLUG}.md"
    quiz.parent.mkdir(parents=True)
    quiz.write_text("\n\n".join([front, *copies]) + "\n", encoding="utf-8")
    return folder / "quizzes"


def measure_floors(app: Flask) -> list[Cost]:
    """Measure a bare endpoint that reads one row, and one that commits one row durably."""
    bare = Flask("floor")
    bare.add_url_rule("/read", "read", lambda: read_one(app))
    bare.add_url_rule("/write", "write", lambda: write_one(app))
    client = bare.test_client()
    return [
        Cost("floor: read one row", 1, 0, 0, cpu_of(lambda: client.get("/read"))),
        Cost("floor: commit one row", 1, 1, 0, cpu_of(lambda: client.get("/write"))),
    ]


def read_one(app: Flask) -> str:
    """Read one row through the driver."""
    with app.app_context(), database().engine.connect() as connection:
        return str(connection.exec_driver_sql("SELECT count(*) FROM floor").scalar())


def write_one(app: Flask) -> str:
    """Commit one row durably through the driver."""
    with app.app_context(), writing() as session:
        session.connection().exec_driver_sql("INSERT INTO floor (n) VALUES (1)")
    return "ok"


def sign_in(app: Flask, password: str) -> FlaskClient:
    """Return a student's browser."""
    client = app.test_client()
    form = {"username": STUDENT, "password": password, "csrf_token": token(client.get("/login"))}
    assert client.post("/login", data=form).status_code == 303
    return client


def token(page: TestResponse) -> str:
    """Return the token of a page's forms."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert found
    return found.group(1)


def requests(client: FlaskClient) -> Iterator[tuple[str, Ask]]:
    """Give what a student opens and does."""
    case, quiz = f"{COURSE}/cases/first-car-door", f"{COURSE}/quizzes/ladies-first"
    form = {"csrf_token": token(client.get(case))}
    walk = client.post(f"{case}/start", data=form).headers["Location"]
    attempt = client.post(f"{quiz}/start", data=form).headers["Location"]
    long = client.post(f"{COURSE}/quizzes/{LONG_SLUG}/start", data=form).headers["Location"]
    for name, address in [
        ("front page", "/"),
        ("course", COURSE),
        ("case", case),
        ("walk", walk),
        ("quiz", quiz),
        ("paper", attempt),
        ("check before handing in", f"{attempt}/review"),
        (f"paper of {LONG} items", long),
    ]:
        yield name, partial(client.get, address)
    yield "the same, nothing kept", lambda: _anew(client, long)
    yield "save one answer", lambda: save(client, attempt, form["csrf_token"])
    yield "ask how it stands", partial(client.get, f"{attempt}/state")
    yield "go on with a walk", lambda: client.post(f"{case}/start", data=form)
    yield "hand in (again)", lambda: client.post(f"{attempt}/submit", data=form)
    yield "result", lambda: client.get(f"{attempt}/result")


def save(client: FlaskClient, attempt: str, token: str) -> TestResponse:
    """Save an answer that differs from the one before, as a page with scripts does."""
    number = next(NUMBERS)
    event = {
        "id": str(UUID(int=number)),
        "client": "benchmark",
        "n": number,
        "base": 0,
        "kind": "answer",
        "item": WRITTEN,
        "answer": f"第{number}稿：先为女宾开门。",
        "at": number,
    }
    return client.post(f"{attempt}/events", json={"events": [event]}, headers={"X-CSRF-Token": token})


def _anew(client: FlaskClient, address: str) -> TestResponse:
    """Open a paper as the first who is asked its items."""
    client.application.extensions.pop(EXTENSION, None)
    return client.get(address)


def measure(app: Flask, name: str, ask: Ask) -> Cost:
    """Ask once to count, then many times to measure."""
    ask()
    with statements(app) as sent:
        response = ask()
    assert response.status_code < 400, (name, response.status_code)
    writes = sum(one.lstrip().upper().startswith(WRITES) for one in sent)
    return Cost(name, len(sent), writes, compressed(response), cpu_of(ask))


def cpu_of(ask: Ask) -> float:
    """Return the CPU of one request in milliseconds."""
    ask()
    begin = process_time()
    for _ in range(ROUNDS):
        ask()
    return (process_time() - begin) * 1000 / ROUNDS


def compressed(response: TestResponse) -> int:
    """Return how many bytes gzip, which every browser takes, leaves of a body."""
    return len(gzip.compress(response.data, 6))


def show(floors: list[Cost], costs: list[Cost]) -> None:
    """Print the table; ratios are against the floor that reads or the one that commits."""
    click.echo(f"{'request':26} {'SQL':>4} {'writes':>6} {'bytes':>7} {'CPU ms':>7} {'x floor':>8}")
    for cost in [*floors, *costs]:
        floor = floors[1] if cost.writes else floors[0]
        numbers = (
            f"{cost.statements:4} {cost.writes:6} {cost.sent:7} {cost.cpu:7.2f} {cost.cpu / floor.cpu:8.1f}"
        )
        click.echo(f"{cost.name:26} {numbers}")


def show_first_visit(app: Flask) -> None:
    """Print what a first visit sends in all: the page with its style sheets and scripts, compressed."""
    client = app.test_client()
    page = client.get("/")
    assets = {name: compressed(client.get(name)) for name in sorted(set(ASSET.findall(page.text)))}
    total = compressed(page) + sum(assets.values())
    click.echo(f"first visit: {total} bytes in {len(assets) + 1} files, the page itself {compressed(page)}")


if __name__ == "__main__":
    main()
