"""Pictures: what they are by their content, and whether they may be shown."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from app.content.svg import fault_of_svg
from app.domain.errors import Refusal

MAX_BYTES = 10 * 1024 * 1024
MAX_SVG_BYTES = 512 * 1024
MAX_SIDE = 16_384
MAX_PIXELS = 50_000_000

#: width and height
Extent = tuple[int, int]


class MediaRefused(Refusal):
    """The file is no picture of a known type, or one that may not be shown."""

    code = "media_refused"

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"{name}: {message}")
        self.name = name
        self.message = message


@dataclass(frozen=True, slots=True)
class Media:
    """A picture that may be kept: the SHA-256 of its bytes, its type by content, its size in bytes."""

    sha256: str
    media_type: str
    size: int


def read_media(data: bytes, name: str) -> Media:
    """Return what the bytes are. Their name decides nothing; nothing in them is changed.

    :raises MediaRefused: not a PNG, JPEG, GIF, WebP or SVG, too large, broken, or an SVG that does
        more than draw.
    """
    media_type = _type_of(data)
    if media_type is None:
        raise MediaRefused(name, "not a PNG, JPEG, GIF, WebP or SVG picture")
    limit = MAX_SVG_BYTES if media_type == "image/svg+xml" else MAX_BYTES
    if len(data) > limit:
        raise MediaRefused(name, f"{len(data):,} bytes; a picture of this type may have {limit:,}")
    fault = fault_of_svg(data) if media_type == "image/svg+xml" else _fault_of_raster(data, media_type)
    if fault:
        raise MediaRefused(name, fault)
    return Media(sha256(data).hexdigest(), media_type, len(data))


def _type_of(data: bytes) -> str | None:
    for media_type, (is_such, _) in RASTERS.items():
        if is_such(data):
            return media_type
    start = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    return "image/svg+xml" if start.startswith(b"<") and b"<svg" in data[:65_536] else None


def _fault_of_raster(data: bytes, media_type: str) -> str | None:
    extent = RASTERS[media_type][1](data)
    if extent is None or 0 in extent:
        return "the picture is broken: its width and height cannot be read"
    width, height = extent
    if max(extent) > MAX_SIDE or width * height > MAX_PIXELS:
        return f"{width} × {height} pixels are too many"
    return None


def _png(data: bytes) -> Extent | None:
    if len(data) < 33 or data[12:16] != b"IHDR":
        return None
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def _gif(data: bytes) -> Extent | None:
    if len(data) < 13:
        return None
    return int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")


def _jpeg(data: bytes) -> Extent | None:
    """Walk from marker to marker to the frame header, which has the extent."""
    place = 2
    while place + 9 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xFF:  # fill byte
            place += 1
        elif 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = data[place + 5 : place + 7], data[place + 7 : place + 9]
            return int.from_bytes(width, "big"), int.from_bytes(height, "big")
        else:
            place += 2 + max(2, int.from_bytes(data[place + 2 : place + 4], "big"))
    return None


def _webp(data: bytes) -> Extent | None:
    if len(data) < 30:
        return None
    match data[12:16]:
        case b"VP8X":
            return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
        case b"VP8L" if data[20] == 0x2F:
            bits = int.from_bytes(data[21:25], "little")
            return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
        case b"VP8 " if data[23:26] == b"\x9d\x01\x2a":
            width, height = data[26:28], data[28:30]
            return int.from_bytes(width, "little") & 0x3FFF, int.from_bytes(height, "little") & 0x3FFF
    return None


#: type -> how it begins, and how its extent is read
RASTERS: dict[str, tuple[Callable[[bytes], bool], Callable[[bytes], Extent | None]]] = {
    "image/png": (lambda data: data.startswith(b"\x89PNG\r\n\x1a\n"), _png),
    "image/jpeg": (lambda data: data.startswith(b"\xff\xd8\xff"), _jpeg),
    "image/gif": (lambda data: data[:6] in {b"GIF87a", b"GIF89a"}, _gif),
    "image/webp": (lambda data: data[:4] == b"RIFF" and data[8:12] == b"WEBP", _webp),
}
