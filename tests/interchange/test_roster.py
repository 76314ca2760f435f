"""Rosters as teachers have them: workbooks, CSV in either encoding, titles above the heads; and bad files."""

import zipfile
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadTable
from app.interchange.roster import MOST_ROWS, read_roster
from app.interchange.workbook import Table, write_workbook

CSV = "学号,姓名,班级\n0042,贺小贺,航空2301\n0043,林晓彤,航空2302\n"
HEADS = [
    ("学号", "姓名"),
    (" 学 号 ", "姓　名"),
    ("Student number", "Name"),
    ("LOGIN", "Full Name"),
    ("账号", "名字"),
]


def workbook(*rows, formats=None):
    """Return a workbook with these rows; ``formats`` maps cells to number formats."""
    book = openpyxl.Workbook()
    (sheet,) = book.worksheets
    for row in rows:
        sheet.append(row)
    for cell, shape in (formats or {}).items():
        sheet[cell].number_format = shape
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def people(data):
    return [(row.line, row.login, row.name, row.class_name) for row in read_roster(data).rows]


def refused(data):
    with pytest.raises(BadTable) as refusal:
        read_roster(data)
    return str(refusal.value.sentence)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_csv_is_read_in_either_encoding_with_any_delimiter(encoding, delimiter, end):
    data = CSV.replace(",", delimiter).replace("\n", end).encode(encoding)

    assert people(data) == [(2, "0042", "贺小贺", "航空2301"), (3, "0043", "林晓彤", "航空2302")]


def test_a_workbook_is_read_with_a_title_above_its_heads_and_empty_rows():
    heads = ["序号", "姓名", "学号", "班级"]
    data = workbook(["2026春 地勤服务 名单"], [], heads, [1, "贺小贺", "0042", "航空2301"], [], [2, "林", 43])

    assert people(data) == [(4, "0042", "贺小贺", "航空2301"), (6, "43", "林", "")]


def test_a_number_keeps_the_zeros_that_its_format_shows():
    data = workbook(["学号", "姓名"], [42, "贺"], [2026030101.0, "林"], formats={"A2": "0000000"})

    assert [login for _, login, *_ in people(data)] == ["0000042", "2026030101"]


@pytest.mark.parametrize("heads", HEADS)
def test_heads_are_found_by_many_names(heads):
    assert people("\n".join([",".join(heads), "7,贺"]).encode()) == [(2, "7", "贺", "")]


def test_columns_without_a_use_are_named_and_cohorts_are_read():
    roster = read_roster("学号,姓名,性别,教学班,手机号\n7,贺,女,1班,138\n".encode())

    assert roster.unused == ["性别", "手机号"]
    assert roster.rows[0].cohort == "1班"


def test_a_formula_is_a_fault_of_its_row():
    (row,) = read_roster(workbook(["学号", "姓名"], ["=1+1", "贺"])).rows

    assert "A formula stands here" in str(row.fault)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "This file is empty."),
        (b" \r\n ", "This file is empty."),
        (b",,\n,,\n", "This file is empty."),
        ("姓名,班级\n贺,1\n".encode(), "No row among the first 10 names the columns."),
        ("学号,姓名\n".encode(), "Below the heads in line 1 there is nobody."),
        ("学号,姓名,账号\n1,贺,2\n".encode(), "Line 1 has two columns for the same"),
        ('学号,姓名\n1,"贺\n'.encode(), "a quotation mark is opened and not closed"),
        (b"\xff\xfe\x00\x01\x02", "neither a workbook (.xlsx) nor a text"),
        (b"%PDF-1.7\x00\x00", "neither a workbook (.xlsx) nor a text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "has a password"),
        (b"PK\x03\x04nonsense", "This file is broken, or no workbook."),
        (("学号,姓名\n" + "1,贺\n" * (MOST_ROWS + 1)).encode(), f"These are {MOST_ROWS + 1} rows"),
    ],
)
def test_what_is_no_roster_gets_a_sentence(data, sentence):
    assert sentence in refused(data)


def changed(name, content):
    """Return a workbook, its texts shared as a spreadsheet writes them, in which one member is another."""
    buffer = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(write_workbook([Table("名单", ["学号", "姓名"], [["1", "贺"]])]))) as whole,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for member in whole.namelist():
            made.writestr(member, content if member == name else whole.read(member))
        if name not in whole.namelist():
            made.writestr(name, content)
    return buffer.getvalue()


def test_c7_an_archive_that_would_become_too_large_is_not_unpacked():
    assert "far too large" in refused(changed("xl/media/zeros.bin", b"\0" * (100 * 1024 * 1024)))


def test_c7_nor_one_of_very_many_files():
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for number in range(1_001):
            made.writestr(f"../{number}", b"")

    assert "far too large" in refused(buffer.getvalue())


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
)
OUTSIDE = ENTITIES.replace(b'<!ENTITY a "ha">', b'<!ENTITY a SYSTEM "file:///etc/passwd">')


@pytest.mark.parametrize("content", [ENTITIES, OUTSIDE, b"<worksheet>"])
@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml"])
def test_c6_entities_and_broken_xml_are_refused(name, content):
    assert "This file is broken, or no workbook." in refused(changed(name, content))


def read_or_refused(data):
    """Return the rows, or the sentence of the refusal; anything else that happens is a fault."""
    try:
        return read_roster(data).rows
    except BadTable as refusal:
        return str(refusal.sentence)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data):
    assert read_or_refused(data)


@given(st.integers(0, 6_000), st.binary(min_size=1, max_size=8))
def test_any_damage_to_a_workbook_is_read_or_refused(place, damage):
    whole = workbook(["学号", "姓名"], ["1", "贺"])
    place %= len(whole)

    assert read_or_refused(whole[:place] + damage + whole[place + len(damage) :])
