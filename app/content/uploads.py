"""Learners' files: what they are by their content; pictures are made anew without what cameras add."""

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from PIL import Image, ImageOps

from app.content.media import RASTERS, MediaRefused, read_media
from app.domain.errors import FileRefused
from app.domain.file_types import FILE_TYPES

MAX_BYTES = 20 * 1024 * 1024
ENTRIES_LIMIT = 10_000
_QUALITY = 90
_NAME_LENGTH = 120
_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
_FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/webp": "WEBP"}
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\\u202a-\u202e\u2066-\u2069]")


def read_upload(data: bytes) -> tuple[bytes, str]:
    """Return a file's bytes as they are kept, and its media type by content.

    :raises FileRefused: ``empty``, ``too-large``, ``type`` (of no type known here) or ``broken``.
    """
    if not data:
        raise FileRefused("empty")
    if len(data) > MAX_BYTES:
        raise FileRefused("too-large")
    kind = type_of(data)
    if kind is None:
        raise FileRefused("type")
    media_type = FILE_TYPES[kind]
    return (_redrawn(data, media_type) if media_type in RASTERS else data), media_type


def type_of(data: bytes) -> str | None:
    """Return what a file is, by its usual ending; its name decides nothing.

    >>> type_of(b"%PDF-1.7"), type_of(b"MZ")
    ('pdf', None)
    """
    return next((name for name, looks in LOOKS.items() if looks(data)), None)


def clean_name(name: str) -> str:
    """Return a file's name without folders and what could mislead a reader, at most 120 characters.

    >>> clean_name("../报告\u202egpj.exe"), clean_name("")
    ('..报告gpj.exe', 'file')
    """
    return _UNSAFE.sub("", name).strip()[-_NAME_LENGTH:] or "file"


def _redrawn(data: bytes, media_type: str) -> bytes:
    """Draw a picture anew: turned as its camera meant it, without place, device and hidden parts.

    Of a moving picture the first frame is kept.
    """
    try:
        read_media(data, "")
        with Image.open(BytesIO(data), formats=[_FORMATS[media_type]]) as picture:
            return _encoded(ImageOps.exif_transpose(picture), media_type)
    except (MediaRefused, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise FileRefused("broken") from None


def _encoded(picture: Image.Image, media_type: str) -> bytes:
    mode = "RGB" if media_type == "image/jpeg" else "RGBA"
    bare = Image.new(mode, picture.size)
    bare.paste(picture.convert(mode))
    out = BytesIO()
    bare.save(out, _FORMATS[media_type], quality=_QUALITY)
    return out.getvalue()


def _office(kind: str) -> Callable[[bytes], bool]:
    def looks(data: bytes) -> bool:
        if not data.startswith(b"PK\x03\x04"):
            return False
        try:
            with ZipFile(BytesIO(data)) as archive:
                names = archive.namelist()
        except (BadZipFile, OSError, ValueError, NotImplementedError):
            return False
        return len(names) <= ENTRIES_LIMIT and "[Content_Types].xml" in names and _PARTS[kind] in names

    return looks


def _raster(kind: str) -> Callable[[bytes], bool]:
    return RASTERS[FILE_TYPES[kind]][0]


#: how the bytes of each type look
LOOKS: Mapping[str, Callable[[bytes], bool]] = {
    "pdf": lambda data: data.startswith(b"%PDF-"),
    **{kind: _office(kind) for kind in _PARTS},
    **{kind: _raster(kind) for kind in ("png", "jpg", "gif", "webp")},
    "mp3": lambda data: data.startswith(b"ID3") or data[:2] in {b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"},
    "mp4": lambda data: data[4:8] == b"ftyp",
}
