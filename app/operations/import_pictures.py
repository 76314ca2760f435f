"""The pictures of a file that is being taken in, and whether a file is small enough to be read at once."""

from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from app.content.media import MediaRefused, read_media
from app.content.uploads import read_upload as redraw
from app.domain.errors import FileRefused
from app.interchange.table_file import ZIP

#: what is read at once; more is a job
QUICK_TEXT, QUICK_XML = 64 * 1024, 128 * 1024
#: a few pictures, which are drawn anew
QUICK_BYTES = 1024 * 1024
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}


@dataclass(slots=True)
class Pictures:
    """Keeps the pictures of a file, drawn anew, under names made of their bytes."""

    kept: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)

    def keep(self, data: bytes) -> str | None:
        """Keep a picture; return its name, None where the bytes are no picture that may be shown."""
        try:
            drawn, _ = redraw(data)
            media = read_media(drawn, "")
        except (FileRefused, MediaRefused):
            return None
        if media.media_type not in _ENDINGS:
            return None
        name = f"q-{sha256(drawn).hexdigest()[:16]}.{_ENDINGS[media.media_type]}"
        self.kept[name], self.types[name] = drawn, media.media_type
        return name


def is_quick(data: bytes) -> bool:
    """Whether a file is read in less than a second: by its length, or that of its parts of XML."""
    if not data.startswith(ZIP):
        return len(data) <= QUICK_TEXT
    if len(data) > QUICK_BYTES:
        return False
    try:
        with ZipFile(BytesIO(data)) as archive:
            return (
                sum(one.file_size for one in archive.infolist() if one.filename.endswith(".xml")) <= QUICK_XML
            )
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        return True
