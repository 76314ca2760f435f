"""Tables and Word documents as teachers have them, and those that are broken or made to do harm."""

import zipfile
from collections import Counter
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.domain.errors import BadTable
from app.domain.imported import Verdict
from app.domain.items import ItemType
from app.interchange.building import build
from app.interchange.docx_text import read_docx
from app.interchange.question_table import read_questions
from tests.interchange.papers import (
    EQUATION,
    FOOTNOTE,
    TEXT_BOX,
    document,
    long_paper,
    paragraph,
    picture,
    run,
    table,
)
from tests.interchange.test_roster import workbook
from tests.support.pictures import PNG

CSV = (
    "题库,,,,,,,\n题型,题干,选项A,选项B,选项C,答案,分值,难度\n"
    '单选题,"先开哪扇门，为什么？",甲,乙,丙,b,2,易\n多选,礼仪包括,微笑,起立,背对,"A,B",4,3\n判断题,女士优先,,,,√,1,0.8\n'
)
SOME = settings(
    deadline=None, max_examples=40, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
)


def built(data) -> Any:
    return [build(question) for question in read_questions(data).questions]


def taken(data, keep=lambda data: "a.png") -> Any:
    return [build(question) for question in read_docx(data, keep).questions]


def refusal_of(read, data):
    with pytest.raises(BadTable) as refusal:
        read(data)
    return str(refusal.value.sentence)


def without_pictures(data):
    return read_docx(data, lambda picture: None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_is_read_by_its_heads_in_either_encoding(encoding):
    found = built(CSV.encode(encoding))

    assert [(one.line, one.item.type, one.item.points) for one in found] == [
        (3, ItemType.SINGLE, 2),
        (4, ItemType.MULTIPLE, 4),
        (5, ItemType.TRUE_FALSE, 1),
    ]
    assert [one.item.difficulty for one in found] == ["easy", "medium", "hard"]


def test_other_heads_and_orders_are_known_and_unused_columns_told():
    data = workbook(
        ["序号", "答案", "试题", "备选答案A", "备选答案B", "年级"], [1, "A", "题", "甲", "乙", "大一"]
    )

    sheet = read_questions(data)

    assert build(sheet.questions[0]).verdict is Verdict.TAKEN
    assert [str(note.said) for note in sheet.notes] == ["Columns without a use here: 年级"]


def test_the_answer_in_the_brackets_of_a_cell_is_taken_out():
    rows = (
        "题型,题干,选项A,选项B,选项C,答案\n"
        "单选,先为谁开门（ C ）？,甲,乙,丙,C\n"
        "多选,礼仪包括(A、B)。,微笑,起立,背对,AB\n"
        "判断,女士优先。（√）,,,,√\n"
        "单选,方案（B）为什么不妥？,甲,乙,丙,A\n"
    )

    headings = [one.item.heading for one in built(rows.encode())]

    assert headings == ["先为谁开门（　　）？", "礼仪包括（　　）。", "女士优先。", "方案（B）为什么不妥？"]


def test_a_question_with_options_among_the_blanks_is_one_to_choose_from():
    rows = "题型,题干,选项A,选项B,答案\n填空,先做什么？,问候,开门,a\n填空,先____。,问候,开门,问候\n"

    assert [one.item.type for one in built(rows.encode())] == [ItemType.SINGLE, ItemType.BLANKS]


def test_a_sheet_for_each_type_gives_the_type():
    book = openpyxl.Workbook()
    for name, answer in (("判断题", "对"), ("简答题", "因为")):
        sheet = book.create_sheet(name)
        sheet.append(["题干", "答案"])
        sheet.append(["女士优先", answer])
    out = BytesIO()
    book.save(out)

    assert [(one.place, one.item.type) for one in built(out.getvalue())] == [
        ("判断题", ItemType.TRUE_FALSE),
        ("简答题", ItemType.CONSTRUCTED),
    ]


def test_options_of_a_written_question_are_kept_as_lettered_lines_of_its_stem():
    rows = "题型,题干,选项A,选项B,答案\n简答题,比较两种做法：,先道歉,先解释,先平息情绪\n"

    (found,) = built(rows.encode())

    assert found.item.heading == "比较两种做法："
    assert found.item.body == "A. 先道歉\n\nB. 先解释"


def test_questions_stand_under_the_material_that_they_name():
    heads = ["编号", "题型", "题干", "答案", "父题号"]
    rows = [
        ["m1", "材料题", "一段材料", "", ""],
        ["", "", "为什么？", "因为", "m1"],
        ["", "", "何时？", "", "m9"],
    ]

    first, second = built(workbook(heads, *rows))

    assert (first.section.stem, first.item.heading) == ("一段材料", "为什么？")
    assert str(second.said[0]) == 'There is no row with the number "m9" to belong to.'


def test_each_row_with_a_fault_says_which_and_the_others_are_read():
    heads = ["题型", "题干", "选项A", "选项B", "答案"]
    rows = [
        ["单选题", "好题", "甲", "乙", "A"],
        ["口语题", "题", "甲", "乙", "A"],
        ["单选题", "", "甲", "乙", "A"],
        ["单选题", "题", "甲", "乙", "=1+1"],
        ["单选题", "题", "甲", "", "A"],
    ]

    found = built(workbook(heads, *rows))

    assert [one.verdict for one in found] == [Verdict.TAKEN, *[Verdict.FAULT] * 4]
    assert [str(one.said[0]).split(".")[0] for one in found[1:]] == [
        'The type "口语题" is not known',
        "There is no stem: nothing is asked",
        'A formula stands here ("=1+1")',
        "A choice needs two options or more; here are 1",
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "This file is empty."),
        ("只有字\n没有表".encode(), "No row among the first 10 names the columns."),
        ("题干,答案\n".encode(), "Below the heads there are no questions."),
        (b"PK\x03\x04broken", "This file is broken, or no workbook."),
        (b"\x89\x00\x01\x80\x81", "This file is neither a workbook"),
        (
            workbook(["题干", "答案"], *[["题", "对"]] * 5001),
            "These are 5001 questions; 5000 at most in one file.",
        ),
    ],
)
def test_a_table_that_is_none_says_so(data, said):
    assert refusal_of(read_questions, data).startswith(said)


def bomb(name):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"\0" * 60_000_000)
    return buffer.getvalue()


@pytest.mark.parametrize("read", [read_questions, without_pictures])
def test_a_bomb_is_not_unpacked(read):
    assert "far too large when it is unpacked" in refusal_of(read, bomb("word/document.xml"))


def test_a_paper_of_two_hundred_questions_with_answers_at_the_end_is_read_whole():
    found = taken(long_paper())

    assert Counter((one.verdict, one.item.type, one.item.points) for one in found) == {
        (Verdict.TAKEN, ItemType.SINGLE, 2): 50,
        (Verdict.TAKEN, ItemType.MULTIPLE, 4): 50,
        (Verdict.TAKEN, ItemType.TRUE_FALSE, 1): 50,
        (Verdict.TAKEN, ItemType.CONSTRUCTED, 5): 50,
    }
    assert [option.is_key for option in found[1].item.options] == [False, True, False, False]


OPTIONS = [paragraph("A. 甲"), paragraph("B. 乙"), paragraph("答案：A")]


def test_pictures_tables_raised_signs_and_gaps_stand_in_the_text():
    gap = run("    ", '<w:u w:val="single"/>')
    raised = run("2", '<w:vertAlign w:val="subscript"/>')
    data = document(
        paragraph("1. 水是 H", more=raised + run("O，填") + gap + picture("rPng")),
        table([["项目", "分"], ["礼仪", "5|6"]]),
        *OPTIONS,
        pictures={"rPng": PNG},
    )

    (found,) = taken(data)

    assert found.item.heading == "水是 H<sub>2</sub>O，填____![图](media/a.png)"
    assert found.item.body == "| 项目 | 分 |\n| --- | --- |\n| 礼仪 | 5\\|6 |"


def test_options_laid_out_in_a_table_are_options():
    data = document(paragraph("1. 题"), table([["A. 甲", "B. 乙"], ["C. 丙", "D. 丁"]]), paragraph("答案：D"))

    assert [option.text for option in taken(data)[0].item.options] == ["甲", "乙", "丙", "丁"]


def test_what_cannot_be_kept_is_told_where_it_stood():
    hidden = run("暗号", "<w:vanish/>")
    bold = run("重点", "<w:b/>")
    deleted = f"<w:del>{run('删去')}</w:del>"
    more = EQUATION + TEXT_BOX + FOOTNOTE + hidden + bold + deleted + picture("rEmf")
    data = document(paragraph("1. 题", more=more), *OPTIONS, pictures={"rEmf": b"\x01\0\0\0 EMF"})

    sheet = read_docx(data, lambda picture: None)
    found: Any = build(sheet.questions[0])

    assert found.item.heading == "题[公式]重点[图]"
    assert [str(said).split(".")[0] for said in found.said] == [
        "An equation (x²+1) became [公式]",
        'The text box "框里的字" is left out',
        "A footnote is left out",
        'Hidden text "暗号" is left out',
        "A picture is left out: it is no PNG, JPEG, GIF or WebP (EMF or WMF perhaps)",
    ]
    assert [str(note.said)[:36] for note in sheet.notes] == ["Bold and coloured text (1 places) be"]


ENTITY = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (document(paragraph("没有题")), "There is no question here."),
        (document(paragraph("1. 题"), head=ENTITY), "This document is broken, or no document of Word."),
        (document("<w:p>" * 300 + "</w:p>" * 300), "This document is broken, or no document of Word."),
        (
            document(parts={"word/document.xml": "<w:document"}),
            "This document is broken, or no document of Word.",
        ),
        (b"PK\x03\x04word/document.xml", "This document is broken, or no document of Word."),
        (b"\xd0\xcf\x11\xe0 old", "This is a document of Word before 2007, or has a password."),
    ],
)
def test_a_document_that_is_none_says_so(data, said):
    assert refusal_of(without_pictures, data).startswith(said)


FILES = {"xlsx": workbook(["题干", "答案"], ["题", "对"]), "csv": CSV.encode(), "docx": long_paper(8)}


@SOME
@given(
    st.sampled_from(list(FILES)), st.lists(st.tuples(st.integers(0, 9_999), st.integers(0, 255)), max_size=8)
)
def test_a_damaged_file_is_read_or_refused(kind, changes):
    data = bytearray(FILES[kind])
    for place, value in changes:
        data[place % len(data)] = value

    try:
        sheet = (without_pictures if kind == "docx" else read_questions)(bytes(data))
    except BadTable:
        return
    assert all(build(question).title is not None for question in sheet.questions)
