"""Files that instructors put beside the modules of a course (课件): their types and how much there may be."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

MEBIBYTE = 1024 * 1024
#: of one file, and of all that a course shows
MAX_BYTES = 20 * MEBIBYTE
COURSE_BYTES = 500 * MEBIBYTE
LONGEST_TITLE = 100


class FileKind(StrEnum):
    """What learners do with a file."""

    DOCUMENT = "document"
    SLIDES = "slides"
    AUDIO = "audio"
    VIDEO = "video"


@dataclass(frozen=True, slots=True)
class FileType:
    """A type of file. A browser shows or plays it by itself, or only keeps it (``is_inline``)."""

    media_type: str
    kind: FileKind
    is_inline: bool = True


#: ending -> type
COURSE_FILE_TYPES: Mapping[str, FileType] = {
    "pdf": FileType("application/pdf", FileKind.DOCUMENT),
    "pptx": FileType(
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        FileKind.SLIDES,
        is_inline=False,
    ),
    "mp3": FileType("audio/mpeg", FileKind.AUDIO),
    "m4a": FileType("audio/mp4", FileKind.AUDIO),
    "wav": FileType("audio/wav", FileKind.AUDIO),
    "mp4": FileType("video/mp4", FileKind.VIDEO),
    "webm": FileType("video/webm", FileKind.VIDEO),
}


def ending_of(name: str) -> str:
    """Return the ending of a file's name in lower case, "" where it has none.

    >>> ending_of("第1讲.PDF"), ending_of("pdf")
    ('pdf', '')
    """
    return name.rpartition(".")[2].lower() if "." in name else ""
