"""Learners' files: known by their bytes, bounded, pictures drawn anew."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from PIL import Image

from app.content.uploads import MAX_BYTES, clean_name, read_upload, type_of
from app.domain.errors import FileRefused


def archive(*names):
    out = BytesIO()
    with ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return out.getvalue()


def picture(form, size=(8, 6), **extra):
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, form, **extra)
    return out.getvalue()


TYPES = "[Content_Types].xml"
KINDS = [
    ("pdf", b"%PDF-1.7"),
    ("docx", archive(TYPES, "word/document.xml")),
    ("xlsx", archive(TYPES, "xl/workbook.xml")),
    ("pptx", archive(TYPES, "ppt/presentation.xml")),
    ("png", picture("PNG")),
    ("jpg", picture("JPEG")),
    ("gif", picture("GIF")),
    ("webp", picture("WEBP")),
    ("mp3", b"ID3\x04rest"),
    ("mp3", b"\xff\xfbrest"),
    ("mp4", b"\0\0\0\x20ftypisom"),
]
STRANGE = {
    "nothing": b"",
    "a program": b"MZ\x90\0",
    "a page": b"<html>",
    "a drawing": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "an archive without types": archive("word/document.xml"),
    "an archive of something else": archive(TYPES, "other.xml"),
    "a broken archive": b"PK\x03\x04broken",
    "another program": b"\x7fELF",
}


@pytest.mark.parametrize(("kind", "data"), KINDS, ids=[f"{n} {kind}" for n, (kind, _) in enumerate(KINDS)])
def test_a_file_is_what_its_bytes_are(kind, data):
    assert type_of(data) == kind


@pytest.mark.parametrize("data", STRANGE.values(), ids=STRANGE)
def test_other_files_are_of_no_type(data):
    assert type_of(data) is None


def test_what_is_no_picture_is_kept_as_it_came():
    assert read_upload(b"%PDF-1.7 x") == (b"%PDF-1.7 x", "application/pdf")


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_picture_is_drawn_anew_in_its_own_format(form):
    data, media_type = read_upload(picture(form))

    with Image.open(BytesIO(data)) as drawn:
        assert (drawn.format, drawn.size) == (form, (8, 6))
    assert media_type == f"image/{form.lower()}"


def test_a_picture_is_turned_as_its_camera_meant_it_and_loses_what_it_added():
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "a camera"

    data, _ = read_upload(picture("JPEG", exif=exif))

    with Image.open(BytesIO(data)) as drawn:
        assert (drawn.size, dict(drawn.getexif())) == ((6, 8), {})


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"%PDF-" + b"x" * MAX_BYTES, "too-large"),
        (b"MZ", "type"),
        (picture("PNG")[:45], "broken"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "broken"),
        (picture("PNG", (1, 17_000)), "broken"),
    ],
    ids=["empty", "too large", "of no type", "cut off", "without a head", "too long a side"],
)
def test_a_file_that_cannot_be_taken_is_refused_by_name(data, reason):
    with pytest.raises(FileRefused) as refusal:
        read_upload(data)

    assert str(refusal.value) == reason


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("报告.pdf", "报告.pdf"),
        ("C:\\a\\b.pdf", "C:ab.pdf"),
        ("../../etc/passwd", "....etcpasswd"),
        ("a\0b\n.png", "ab.png"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("x" * 200 + ".pdf", "x" * 116 + ".pdf"),
        (" ", "file"),
    ],
)
def test_a_name_keeps_no_folder_and_no_trick(name, clean):
    assert clean_name(name) == clean
