"""Files for a module: what their bytes are counts, and must be what their names say."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from app.content.course_files import check_course_file
from app.domain.course_files import MAX_BYTES
from app.domain.errors import FileRefused


def make_slides(*more: str) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name in ("[Content_Types].xml", "ppt/presentation.xml", *more):
            archive.writestr(name, "<x/>")
    return out.getvalue()


PDF, MP4 = b"%PDF-1.7\n", b"\0\0\0\x18ftypmp42"
WAV, WEBM = b"RIFF\x24\0\0\0WAVEfmt ", b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm"
SVG = b"\xef\xbb\xbf\n <svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"


@pytest.mark.parametrize(
    ("data", "name", "ending"),
    [
        (PDF, "第1讲.PDF", "pdf"),
        (make_slides(), "a.pptx", "pptx"),
        (b"ID3\x04", "a.mp3", "mp3"),
        (b"\xff\xfb\x90\x00", "a.mp3", "mp3"),
        (MP4, "a.m4a", "m4a"),
        (WAV, "a.wav", "wav"),
        (MP4, "a.b.mp4", "mp4"),
        (WEBM, "a.webm", "webm"),
    ],
)
def test_a_file_that_is_what_its_name_says_is_taken(data, name, ending):
    assert check_course_file(data, name) == ending


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "a.pdf", "empty"),
        (b"%PDF-" + bytes(MAX_BYTES), "a.pdf", "too-large"),
        (SVG, "a.svg", "markup"),
        (SVG, "a.pdf", "markup"),
        (b"<!DOCTYPE html><script>", "a.mp4", "markup"),
        (b"MZ\x90", "a.exe", "type"),
        (PDF, "pdf", "type"),
        (PDF, "a.mp4", "mismatch"),
        (MP4, "a.pdf", "mismatch"),
        (WEBM, "a.mp4", "mismatch"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "a.wav", "mismatch"),
        (b"\xff\xff\xff\xff", "a.mp3", "mismatch"),
        (b"PK\x03\x04" + PDF, "a.pptx", "mismatch"),
        (make_slides("ppt/vbaProject.bin"), "a.pptx", "macros"),
    ],
)
def test_a_file_that_is_something_else_is_refused_by_its_reason(data, name, reason):
    with pytest.raises(FileRefused, match=f"^{reason}$"):
        check_course_file(data, name)
