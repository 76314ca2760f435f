"""Files for a module of a course: whether they are what their names say."""

from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from app.content.uploads import LOOKS
from app.domain.course_files import COURSE_FILE_TYPES, MAX_BYTES, ending_of
from app.domain.errors import FileRefused

#: how far into a WebM file its type may stand
_HEAD = 4096
_MARKUP = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script", b"<!--")


def check_course_file(data: bytes, name: str) -> str:
    """Return the ending of a file that a module may have; its bytes must look like that.

    :raises FileRefused: ``empty``, ``too-large``, ``markup`` (a web page or SVG), ``type`` (of no type
        taken), ``mismatch`` (it is not what its name says) or ``macros``.
    """
    if not 0 < len(data) <= MAX_BYTES:
        raise FileRefused("too-large" if data else "empty")
    if data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_MARKUP):
        raise FileRefused("markup")
    ending = ending_of(name)
    if ending not in COURSE_FILE_TYPES:
        raise FileRefused("type")
    if not _LOOKS[ending](data):
        raise FileRefused("mismatch")
    if ending == "pptx" and _has_macros(data):
        raise FileRefused("macros")
    return ending


def _is_mp3(data: bytes) -> bool:
    """Whether the bytes begin with a tag or with the head of an MPEG audio frame of layer 3."""
    if data.startswith(b"ID3"):
        return True
    is_frame = len(data) > 3 and data[0] == 0xFF and data[1] & 0xE6 == 0xE2
    return is_frame and data[2] & 0xF0 != 0xF0 and data[2] & 0x0C != 0x0C


def _has_macros(data: bytes) -> bool:
    try:
        with ZipFile(BytesIO(data)) as archive:
            return any(name.lower().endswith("vbaproject.bin") for name in archive.namelist())
    except BadZipFile:
        return True


#: how the bytes of each type look
_LOOKS: Mapping[str, Callable[[bytes], bool]] = {
    "pdf": LOOKS["pdf"],
    "pptx": LOOKS["pptx"],
    "mp3": _is_mp3,
    "m4a": LOOKS["mp4"],
    "wav": lambda data: data[:4] == b"RIFF" and data[8:12] == b"WAVE",
    "mp4": LOOKS["mp4"],
    "webm": lambda data: data.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in data[:_HEAD],
}
