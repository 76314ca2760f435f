"""Pictures that authors put into a course, before a text that shows them is published."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from app.domain.file_types import FILE_TYPES
from app.domain.roles import Person
from app.models import CoursePicture
from app.operations import audit
from app.operations.blobs import store_blob
from app.operations.offerings import Place, check_running, take_turn
from app.operations.shelves import pictures_of

#: what is drawn in pixels; an SVG comes with the files of a course only
KINDS = ("png", "jpg", "webp", "gif")
_ENDINGS = {FILE_TYPES[kind]: kind for kind in KINDS}
_OTHER = re.compile(r"[^a-z0-9]+")
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture that was checked: its bytes as they are kept, its media type, what its file was called."""

    data: bytes
    media_type: str
    file_name: str


def add_picture(
    session: Session, person: Person, place: Place, drawn: Drawn, where: tuple[Path, datetime]
) -> str:
    """Keep a picture with a course and return its name in ``media/``; the same bytes again keep their name.

    :param where: the folder of the instance, and now.
    :raises OfferingArchived: the offering is read-only.
    """
    check_running(place.offering)
    take_turn(session, place)
    instance, now = where
    blob = store_blob(session, instance, drawn.data, drawn.media_type, now)
    known = pictures_of(session, place.course.id)
    same = next((name for name, sha256 in known.items() if sha256 == blob.sha256), None)
    if same is not None:
        return same
    name = _free_name(drawn, blob.sha256, known.keys())
    session.add(
        CoursePicture(
            course_id=place.course.id, name=name, sha256=blob.sha256, author_id=person.id, added_at=now
        )
    )
    session.flush()
    about = audit.About(offering_id=place.offering.id, detail={"name": name})
    audit.record(session, person, "text.picture", now=now, **about)
    return name


def _free_name(drawn: Drawn, sha256: str, taken: Collection[str]) -> str:
    """Return a name that stands well in an address: that of the file, with its digest where it is taken."""
    ending = _ENDINGS[drawn.media_type]
    stem = _OTHER.sub("-", Path(drawn.file_name).stem.lower()).strip("-")[:_LONGEST] or "picture"
    name = f"{stem}.{ending}"
    return name if name not in taken else f"{stem}-{sha256[:12]}.{ending}"
