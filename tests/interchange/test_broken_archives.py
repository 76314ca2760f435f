"""Archives that are damaged or forged in each way in which one trips over them: refused, never an error."""

import zlib
from io import BytesIO
from zipfile import ZIP_LZMA, ZIP_STORED, ZipFile

import pytest

from app.content.uploads import type_of
from app.domain.errors import BadTable
from app.interchange.building import build
from app.interchange.docx_text import read_docx
from app.interchange.question_table import read_questions
from app.operations.import_pictures import is_quick
from tests.interchange.papers import document, paragraph, picture
from tests.interchange.test_roster import workbook
from tests.support.pictures import PNG

ENTRY = b"PK\x01\x02"
DOCUMENT = document(paragraph("1. 女士优先。"), paragraph("答案：对"))
WORKBOOK = workbook(["题干", "答案"], ["女士优先。", "对"])


def packed(data, method):
    """Return an archive with its parts packed in another way."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return out.getvalue()


def with_entries(data, place, value):
    """Return an archive with bytes of each entry of its list replaced."""
    parts = data.split(ENTRY)
    return ENTRY.join(
        [parts[0], *(one[: place - 4] + value + one[place - 4 + len(value) :] for one in parts[1:])]
    )


def damaged(data, name):
    """Return an archive with the bytes of a part damaged, whose list is in order."""
    with ZipFile(BytesIO(data)) as archive:
        info = archive.getinfo(name)
    start = info.header_offset + 30 + len(info.filename.encode()) + 9
    return data[:start] + b"\xff" * 12 + data[start + 12 :]


WAYS = {
    "a version that there is not": lambda data, main: with_entries(data, 6, b"\xff\0"),
    "a method that there is not": lambda data, main: with_entries(data, 10, b"\x63\0"),
    "a password": lambda data, main: with_entries(data, 8, b"\x01\0"),
    "an entry behind the end": lambda data, main: with_entries(
        data, 42, (len(data) - 9).to_bytes(4, "little")
    ),
    "an entry before the beginning": lambda data, main: data[300:],
    "damaged bytes, deflated": damaged,
    "damaged bytes, by LZMA": lambda data, main: damaged(packed(data, ZIP_LZMA), main),
    "damaged bytes, stored": lambda data, main: damaged(packed(data, ZIP_STORED), main),
    "half of it": lambda data, main: data[: len(data) // 2],
}


@pytest.mark.parametrize("way", WAYS)
def test_a_broken_document_is_refused(way):
    data = WAYS[way](DOCUMENT, "word/document.xml")

    assert is_quick(data) in {True, False}
    assert type_of(data) in {"docx", None}
    with pytest.raises(BadTable):
        read_docx(data, lambda picture: None)


@pytest.mark.parametrize("way", WAYS)
def test_a_broken_workbook_is_refused(way):
    data = WAYS[way](WORKBOOK, "xl/worksheets/sheet1.xml")

    assert is_quick(data) in {True, False}
    assert type_of(data) in {"xlsx", None}
    with pytest.raises(BadTable):
        read_questions(data)


def test_a_broken_picture_is_lost_and_its_question_is_not():
    whole = document(
        paragraph("1. 门", more=picture("r")),
        *(paragraph(line) for line in ("A. 甲", "B. 乙", "答案：A")),
        pictures={"r": PNG * 20},
    )
    data = damaged(whole, "word/media/r.bin")
    with pytest.raises(zlib.error), ZipFile(BytesIO(data)) as archive:
        archive.read("word/media/r.bin")

    (question,) = read_docx(data, lambda picture: "a.png").questions

    assert build(question).item is not None
    assert "media/" not in question["stem"]
