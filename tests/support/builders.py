"""A course that is published, its people, and what they begin: plain functions on a session."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from sqlalchemy import insert, inspect, select
from sqlalchemy.orm import Session

from app.content.edition import Edition, make_edition
from app.content.library import check_library
from app.content.render import Renderer
from app.domain.events import AnswerEvent
from app.domain.roles import Person, Role
from app.domain.terms import Term
from app.models import Attempt, Base, CaseWalk, Cohort, Offering, User
from app.operations.attempts import start_practice
from app.operations.closing import submit_attempt
from app.operations.courses import ensure_course
from app.operations.loads import LoadPlan, Scope, plan_load
from app.operations.offerings import Place, create_offering, get_place
from app.operations.papers import open_quiz
from app.operations.people import load_person
from app.operations.publishing import load_editions, render_missing
from app.operations.saving import save_answers
from app.operations.scoring import score_attempt
from app.operations.walks import open_case, start_walk
from tests.support.chance import randbits
from tests.support.moments import TODAY
from tests.support.people import give_place, make_user
from tests.support.texts import make_texts

COURSE = "etiquette"
TERM = Term("2026春", date(2026, 3, 1), date(2026, 7, 1))
CLASS_1, CLASS_2 = "航空2301", "航空2302"
KINDS = {"cases": ("case", "syllabus"), "quizzes": ("quiz",)}
#: path of a file in the library -> what it holds; None takes the file away
Texts = Mapping[str, str | bytes | None]
#: course, kind, slug and language
Identity = tuple[str, str, str, str]
_gathered: dict[tuple[tuple[Path, bytes], ...], tuple[Path, list[Edition], frozenset[Identity]]] = {}


class KeepingRenderer(Renderer):
    """The renderer, asked once for each text in all tests."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, dict[str, str]] = {}

    def render(self, fragments: Mapping[str, str], manifest: Mapping[str, str]) -> dict[str, str]:
        """Return what was rendered before, else render."""
        name = repr((sorted(fragments.items()), sorted(manifest.items())))
        if name not in self.kept:
            self.kept[name] = super().render(fragments, manifest)
        return self.kept[name]


@cache
def renderer() -> KeepingRenderer:
    """Return the renderer that the tests of this process share."""
    return KeepingRenderer()


def gather_library(library: Path) -> tuple[list[Edition], frozenset[Identity]]:
    """Return the sound texts of a library and the identities of all: checked once where files are equal."""
    files = sorted(path for path in library.rglob("*") if path.is_file())
    named = tuple((path.relative_to(library), path.read_bytes()) for path in files)
    if named not in _gathered:
        _gathered[named] = library, *_gather(library)
    before, editions, present = _gathered[named]
    return [_moved(one, before, library) for one in editions], present


def _gather(library: Path) -> tuple[list[Edition], frozenset[Identity]]:
    checked = check_library(library / name for name in KINDS if (library / name).is_dir())
    refused = {Path(one.path) for one in checked.errors}
    sources = sorted(checked.parsed)
    editions = [make_edition(one, checked.parsed[one]) for one in sources if one.path not in refused]
    return editions, frozenset((one.course, one.kind.value, one.slug, one.language) for one in sources)


def _moved(edition: Edition, before: Path, library: Path) -> Edition:
    """Return an edition as it is read from another folder with the same files."""
    media = {name: (one, library / path.relative_to(before)) for name, (one, path) in edition.media.items()}
    source = replace(edition.source, path=library / edition.source.path.relative_to(before))
    return replace(edition, source=source, media=media)


def write_texts(library: Path, texts: Texts) -> None:
    """Write files of a library, or take them away."""
    for name, text in texts.items():
        path = library / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            path.unlink()
        else:
            path.write_bytes(text if isinstance(text, bytes) else text.encode())


def publish_texts(
    session: Session,
    library: Path,
    texts: Texts,
    now: datetime,
    *,
    is_over: bool = False,
    meanwhile: Callable[[], object] = lambda: None,
) -> LoadPlan:
    """Write files and load the library as it then stands, as ``casehall content load`` does.

    :param meanwhile: what happens between planning and writing.
    """
    write_texts(library, texts)
    editions, present = gather_library(library)
    courses = {path.name for name in KINDS for path in library.glob(f"{name}/*")}
    areas = frozenset((course, kind) for course in courses for kind in ("case", "syllabus", "quiz"))
    plan = plan_load(session, editions, Scope(areas, present), is_over=is_over)
    rendered, failures = render_missing(plan, renderer())
    assert failures == []
    meanwhile()
    load_editions(session, plan, rendered, library.parent / "instance", now)
    return plan


#: who is in a classroom, by what they do there
PEOPLE = {"student": "xiaohe", "stranger": "stranger", "assistant": "zhou", "instructor": "chen"}
#: by the public id of their offering: all copies of a template have the same people
_people: dict[str, dict[str, Person]] = {}


@dataclass(frozen=True, slots=True)
class Classroom:
    """The published course in a term, with its people. 小贺 studies in the first class."""

    library: Path
    offering: Offering
    student: Person
    stranger: Person
    assistant: Person
    instructor: Person


def make_classroom(
    session: Session, folder: Path, now: datetime, texts: Texts | None = None, *, course: str = COURSE
) -> Classroom:
    """Publish a course, open it in a term, enrol somebody of each kind; the stranger is not enrolled."""
    library = folder / "library"
    publish_texts(session, library, make_texts(course) if texts is None else texts, now)
    offering = make_term(session, now, course)
    return Classroom(
        library=library,
        offering=offering,
        student=make_person(session, offering, PEOPLE["student"], cohort=CLASS_1),
        stranger=load_person(session, make_user(session, PEOPLE["stranger"], now=now)),
        assistant=make_person(session, offering, PEOPLE["assistant"], Role.ASSISTANT, cohort=CLASS_2),
        instructor=make_person(session, offering, PEOPLE["instructor"], Role.INSTRUCTOR),
    )


def find_classroom(session: Session, library: Path) -> Classroom:
    """Return the people and the offering that ``make_classroom`` made in a template of this database."""
    offering = session.scalars(select(Offering)).one()
    people = _people.setdefault(offering.public_id, {})
    for role, login in PEOPLE.items():
        if role not in people:
            user = session.scalars(select(User).where(User.login == login)).one()
            people[role] = load_person(session, user)
    return Classroom(library=library, offering=offering, **people)


def make_term(session: Session, now: datetime, course: str = COURSE, term: Term = TERM) -> Offering:
    """Open a course in a term."""
    return create_offering(session, ensure_course(session, course, now), term, now, randbits(128))


def make_person(
    session: Session, offering: Offering, login: str, role: Role = Role.STUDENT, cohort: str | None = None
) -> Person:
    """Make a person with a place in an offering."""
    user = make_user(session, login, now=offering.created_at)
    give_place(session, user, offering, role, cohort)
    return load_person(session, user)


def reload(session: Session, person: Person) -> Person:
    """Return the person as the next request would find them."""
    return load_person(session, session.get_one(User, person.id))


def place_of(session: Session, person: Person, course: str = COURSE) -> Place:
    """Return where the person stands in the course."""
    return get_place(session, person, course, TODAY)


def begin_walk(session: Session, person: Person, slug: str = "door", *, now: datetime) -> CaseWalk:
    """Start to walk a case, or go on with it."""
    place = place_of(session, person)
    return start_walk(session, person, place, open_case(session, person, place, slug), (now, randbits(128)))


def begin_attempt(
    session: Session, person: Person, slug: str = "ladies", *, now: datetime, seed: int | None = None
) -> Attempt:
    """Start to practise a quiz, or go on with it."""
    place = place_of(session, person)
    moment = (now, randbits(128) if seed is None else seed)
    text = open_quiz(session, person, place, slug)
    return start_practice(session, person, (place, text), moment)


def answer(
    item: str, given: object, *, window: str = "window-1", n: int | None = None, base: int = 0, name: str = ""
) -> AnswerEvent:
    """Return an answer as a window sends it; by default each is named by what it says."""
    return AnswerEvent(name or f"{window}-{item}-{n}-{base}-{given}", window, n, base, item, given)


def hand_in(session: Session, person: Person, attempt: Attempt, *, now: datetime, **given: object) -> Attempt:
    """Answer by item, hand in and score."""
    save_answers(session, person, attempt.public_id, [answer(*pair) for pair in given.items()], now)
    score_attempt(session, submit_attempt(session, person, attempt.public_id, now), now)
    return attempt


def shown_at(attempt: Attempt, item: str, file_place: int) -> str:
    """Return the position at which an attempt shows the option that stands there in the file."""
    order = next(place["order"] for place in attempt.layout["items"] if place["key"] == item)
    return str(order.index(file_place) + 1)


def cohort_id(session: Session, name: str) -> int:
    """Return the id of a teaching class."""
    return session.scalars(select(Cohort.id).where(Cohort.name == name)).one()


def insert_copy(session: Session, row: Base, **changes: object) -> None:
    """Insert another row with the same columns, but for the changes."""
    columns = {column.key: getattr(row, column.key) for column in inspect(row).mapper.column_attrs}
    session.execute(insert(type(row)).values(columns | changes))


def later(now: datetime, minutes: int = 1) -> datetime:
    """Return a later moment."""
    return now + timedelta(minutes=minutes)
