"""A Casehall that is really served, in a folder of its own, and the people who use it."""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.cli.prepare import prepare
from app.factory import create_app
from app.settings import ROOT
from app.web.database import database
from tests.support.command import call_casehall
from tests.support.instance import make_settings
from tests.support.postgres import free_port
from tests.support.server import serving

COURSE, CASE, QUIZ = "ground-service", "first-car-door", "ladies-first"
COHORT = "地勤1班"
PASSWORD = "corridor-in-march"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account, as people of the college know them."""

    login: str
    name: str
    password: str = PASSWORD


@dataclass(slots=True)
class Site:
    """Where it is served, and from which instance; ``students`` counts those who were enrolled."""

    address: str
    instance: Path
    students: int = 0
    keys: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    @property
    def course(self) -> str:
        """Return the path of the course."""
        return f"/courses/{COURSE}"


INSTRUCTOR = Person("chen", "陈老师")
ADMIN = Person("admin", "管理员")


def prepare_once(place: Path) -> Path:
    """Return an instance that is prepared; of several processes with one place, the first prepares it."""
    with (place / "preparing").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        prepared = place / "prepared"
        if not prepared.exists():
            prepare_site(place / "half")
            (place / "half").rename(prepared)
    return prepared


def prepare_site(folder: Path) -> None:
    """Fill an instance as ``make run`` does; its two lasting people get passwords we know."""
    app = create_app(make_settings(folder))
    with app.app_context():
        prepare(app)
        database().close()
    site = Site("", folder)
    for person in (INSTRUCTOR, ADMIN):
        ask(site, "users", "reset-password", person.login, "--password-stdin", told=person.password)


@contextmanager
def site_served(instance: Path) -> Iterator[Site]:
    """Serve an instance that is prepared until the end."""
    port = free_port()
    with serving(instance, port):
        yield Site(f"http://127.0.0.1:{port}", instance)


def enrol_student(site: Site, name: str) -> Person:
    """Give a new student an account and a place in the course's class."""
    site.students += 1
    student = Person(f"20260301{site.students:02}", name)
    place = ("--course", COURSE, "--role", "student", "--cohort", COHORT)
    ask(site, "users", "add", student.login, "--name", name, *place, "--password-stdin", told=PASSWORD)
    return student


def ask(site: Site, *arguments: str, told: str = "") -> str:
    """Run a command beside the server and return what it says."""
    done = call_casehall(site.instance, *arguments, told=told)
    assert done.returncode == 0, done.stderr
    return done.stdout


def items_of(site: Site, quiz: str, language: str) -> list[dict[str, Any]]:
    """Return the items of a quiz with their keys, as ``casehall content show`` tells them."""
    if (quiz, language) not in site.keys:
        name = f"{quiz}.md" if language == "zh" else f"{quiz}.en.md"
        shown = ask(site, "content", "show", str(ROOT / "quizzes" / COURSE / name), "--json")
        site.keys[quiz, language] = json.loads(shown)
    items: list[dict[str, Any]] = site.keys[quiz, language]["items"]
    return items
