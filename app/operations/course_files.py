"""Files beside the modules of a course: put there by its authors, for the people of the course alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.course_files import COURSE_BYTES, COURSE_FILE_TYPES
from app.domain.errors import FileRefused, NotFound
from app.domain.roles import Person
from app.models import Blob, CourseFile
from app.operations import audit
from app.operations.blobs import store_blob
from app.operations.hours import LARGEST_ID
from app.operations.offerings import Place, check_running, get_place, take_turn


@dataclass(frozen=True, slots=True)
class Label:
    """Where a file stands and what it is called."""

    module: str
    title: str


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that was received and checked."""

    data: bytes
    ending: str
    label: Label


def add_file(
    session: Session, place: Place, person: Person, new: NewFile, moment: tuple[Path, datetime]
) -> CourseFile:
    """Put a file beside a module; the same bytes there again are the same file.

    :param moment: the instance's folder, and now.
    :raises OfferingArchived: the offering is read-only.
    :raises FileRefused: ``quota``, the course holds too much already.
    """
    check_running(place.offering)
    take_turn(session, place)
    instance, now = moment
    media_type = COURSE_FILE_TYPES[new.ending].media_type
    blob = store_blob(session, instance, new.data, media_type, now)
    known = _find_same(session, place, new.label.module, blob.sha256)
    if known is not None:
        return known
    check_room(session, place, blob.size)
    row = CourseFile(
        course_id=place.course.id,
        module=new.label.module,
        title=new.label.title,
        ending=new.ending,
        sha256=blob.sha256,
        added_by_id=person.id,
        added_at=now,
    )
    session.add(row)
    session.flush()
    _tell(session, place, person, ("file.add", row), now)
    return row


def change_file(
    session: Session, place: Place, person: Person, change: tuple[int, Label], now: datetime
) -> None:
    """Give a file another title or module.

    :raises OfferingArchived: the offering is read-only.
    :raises NotFound: the course shows no such file.
    """
    check_running(place.offering)
    number, label = change
    row = _get_shown(session, place, number)
    if (row.module, row.title) != (label.module, label.title):
        row.module, row.title = label.module, label.title
        _tell(session, place, person, ("file.change", row), now)


def remove_file(session: Session, place: Place, person: Person, number: int, now: datetime) -> None:
    """Show a file to nobody any more; row and bytes stay.

    :raises OfferingArchived: the offering is read-only.
    :raises NotFound: the course shows no such file.
    """
    check_running(place.offering)
    row = _get_shown(session, place, number)
    row.removed_at, row.removed_by_id = now, person.id
    _tell(session, place, person, ("file.remove", row), now)


def list_files(session: Session, course_id: int) -> Sequence[tuple[CourseFile, int]]:
    """Return the files that a course shows with their sizes in bytes, the oldest first."""
    statement = (
        select(CourseFile, Blob.size)
        .join(Blob, Blob.sha256 == CourseFile.sha256)
        .where(CourseFile.course_id == course_id, CourseFile.removed_at.is_(None))
        .order_by(CourseFile.id)
    )
    return [(row.CourseFile, row.size) for row in session.execute(statement)]


def check_room(session: Session, place: Place, size: int) -> None:
    """Let pass a file of so many bytes, if the course may show as much.

    :raises FileRefused: ``quota``, it holds too much already.
    """
    if sum(one for _, one in list_files(session, place.course.id)) + size > COURSE_BYTES:
        raise FileRefused("quota")


def get_course_file(session: Session, person: Person, slug: str, number: int, today: date) -> CourseFile:
    """Return a file of a course in which the person has a place.

    :raises NotFound: the person has no place there, or the course shows no such file.
    """
    return _get_shown(session, get_place(session, person, slug, today), number)


def _get_shown(session: Session, place: Place, number: int) -> CourseFile:
    row = session.get(CourseFile, number) if number <= LARGEST_ID else None
    if row is None or row.course_id != place.course.id or row.removed_at is not None:
        raise NotFound(str(number))
    return row


def _find_same(session: Session, place: Place, module: str, sha256: str) -> CourseFile | None:
    statement = select(CourseFile).where(
        CourseFile.course_id == place.course.id,
        CourseFile.module == module,
        CourseFile.sha256 == sha256,
        CourseFile.removed_at.is_(None),
    )
    return session.scalars(statement).first()


def _tell(
    session: Session, place: Place, person: Person, done: tuple[str, CourseFile], now: datetime
) -> None:
    action, row = done
    detail = {"number": str(row.id), "module": row.module, "name": row.name, "sha256": row.sha256}
    audit.record(session, person, action, offering_id=place.offering.id, detail=detail, now=now)
