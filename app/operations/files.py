"""Files that learners give to an attempt, and who may have them back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import AttemptClosed, FileRefused, NotFound, UnknownFile
from app.domain.file_types import FILE_TYPES
from app.domain.items import Item
from app.domain.roles import Person
from app.domain.timing import Taking
from app.models import Attempt, AttemptFile, Blob
from app.operations.blobs import store_blob
from app.operations.devices import check_device
from app.operations.offerings import check_running
from app.operations.sittings import Sitting, lock_attempt, open_sitting

#: files that one attempt may hold, those that no answer names any more too
FILES_LIMIT = 50


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was received: its bytes as they are kept, their type by content, its name.

    ``item`` is the one that it was chosen at, "" where that was not told.
    """

    data: bytes
    media_type: str
    name: str
    item: str = ""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of an attempt, ``size`` in bytes."""

    sha256: str
    name: str
    media_type: str
    size: int


def attach_file(
    session: Session,
    person: Person,
    public: str,
    upload: Upload,
    place: tuple[Path, datetime, str | None],
) -> KeptFile:
    """Keep a file with an attempt that still takes answers, if only late; the same bytes are the same file.

    :param place: the instance's folder, now, and the device that asks (None: whichever it is).
    :raises NotFound: this person has no such attempt.
    :raises AttemptClosed, OfferingArchived: the attempt no longer takes answers.
    :raises OtherDevice: the attempt is open on another device.
    :raises UnknownItem: the drawn paper holds no such item.
    :raises FileRefused: its item does not take files of this type, or the attempt holds too many.
    """
    instance, now, device = place
    lock_attempt(session, person, public)
    sitting = open_sitting(session, person, public)
    if sitting.attempt.timing.takes(now) is Taking.CLOSED:
        raise AttemptClosed(public)
    check_running(sitting.offering)
    check_device(sitting.attempt, device)
    _check_item(sitting, upload)
    known = list_files(session, sitting.attempt)
    blob = store_blob(session, instance, upload.data, upload.media_type, now)
    found = next((one for one in known if one.sha256 == blob.sha256), None)
    if found is not None:
        return found
    if len(known) >= FILES_LIMIT:
        raise FileRefused("too-many")
    row = AttemptFile(attempt_id=sitting.attempt.id, sha256=blob.sha256, name=upload.name, received_at=now)
    session.add(row)
    session.flush()
    return KeptFile(blob.sha256, row.name, blob.media_type, blob.size)


def _check_item(sitting: Sitting, upload: Upload) -> None:
    if upload.item and not takes(sitting.items()[sitting.layout.place(upload.item).key], upload.media_type):
        raise FileRefused("type")


def list_files(session: Session, attempt: Attempt) -> Sequence[KeptFile]:
    """Return the files of an attempt in the order received, in one statement."""
    statement = (
        select(AttemptFile, Blob)
        .join(Blob, Blob.sha256 == AttemptFile.sha256)
        .where(AttemptFile.attempt_id == attempt.id)
        .order_by(AttemptFile.received_at, AttemptFile.sha256)
    )
    rows = session.execute(statement)
    return [
        KeptFile(row.Blob.sha256, row.AttemptFile.name, row.Blob.media_type, row.Blob.size) for row in rows
    ]


def get_file(session: Session, person: Person, public: str, sha256: str) -> KeptFile:
    """Return a file of the person's own attempt.

    :raises NotFound: this person has no such attempt, or it holds no such file.
    """
    return find_file(list_files(session, open_sitting(session, person, public).attempt), sha256)


def find_file(files: Sequence[KeptFile], sha256: str) -> KeptFile:
    """Return the file with this content.

    :raises NotFound: there is none.
    """
    found = next((one for one in files if one.sha256 == sha256), None)
    if found is None:
        raise NotFound(sha256)
    return found


def check_files(known: Mapping[str, str], item: Item, answer: Sequence[str] | None) -> None:
    """Refuse an answer whose files were not given to its attempt, or are of another type.

    :param known: the attempt's files, SHA-256 to media type.

    :raises UnknownFile: the attempt has no such file.
    :raises FileRefused: the item does not take files of this type.
    """
    for sha256 in answer or ():
        if sha256 not in known:
            raise UnknownFile(sha256)
        if not takes(item, known[sha256]):
            raise FileRefused("type")


def takes(item: Item, media_type: str) -> bool:
    """Whether an item takes files of a media type."""
    return media_type in {FILE_TYPES[name] for name in item.file}
