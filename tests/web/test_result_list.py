"""The result list: every student with what the attempt that counts earned; sorted, exported, printed."""

from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import select, update

from app.models import AuditRow, User
from app.web.database import reading
from tests.support.pages import open_page
from tests.support.sitting import make_student
from tests.web.aftermath import ANSWERS, aftermath

__all__ = ["aftermath"]

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx")


@pytest.fixture
def teacher(time, browse):
    return browse("instructor")


@pytest.fixture
def page(aftermath):
    return f"{aftermath.teach}/results"


@pytest.fixture
def sat(aftermath):
    """Let three students sit: one complete, one to be marked, one absent; return the attempts' addresses."""
    with aftermath.store() as session:
        second = make_student(session, aftermath.room, "xiaolin")
        make_student(session, aftermath.room, "absent")
    complete = aftermath.hand_in(**ANSWERS)
    aftermath.mark(complete, "3.5")
    return complete, aftermath.hand_in(second, written="因为")


def workbook(client, page, language="en"):
    form = open_page(client, page).form("/export")
    with client.post(form.action, data=dict(form.fields), headers={"Accept-Language": language}) as answer:
        assert answer.status_code == 200
        assert answer.mimetype.endswith("spreadsheetml.sheet")
        return openpyxl.load_workbook(BytesIO(answer.data)), answer.headers["Content-Disposition"]


def rows_of(sheet):
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_everybody_has_a_line_and_all_have_figures(teacher, aftermath, page, sat, time):
    time.move_to(aftermath.over)

    told = open_page(teacher, page).text

    assert "小xiaohe 航空2301 4 3.5 7.5 14 Scored 0 No" in told
    assert "小xiaolin 航空2301 0 – – 14 To be marked (1) 0 –" in told
    assert "小absent 航空2301 – – – – Absent – –" in told
    assert open_page(teacher, page).links["小xiaohe"] == f"{aftermath.teach}{sat[0]}"
    for figure in ("Expected 3", "Sat 2", "Absent 1", "Mean 7.5", "Highest 7.5", "Pass rate 0%", "counted 1"):
        assert figure in told


def test_a_column_sorts_both_ways(teacher, page, sat):
    links = open_page(teacher, page).links
    down = open_page(teacher, links["Total"])
    up = open_page(teacher, f"{page}?sort=total&order=up")

    assert down.text.index("小xiaohe") < down.text.index("小absent")
    assert up.text.index("小xiaohe") < up.text.index("小xiaolin")
    assert open_page(teacher, f"{page}?sort=password&order=x").text.index("小absent")


@pytest.mark.parametrize(
    ("language", "heads"),
    [
        (
            "zh",
            ["学号", "姓名", "班级", "客观题", "主观题", "总分", "满分", "状态", "用时（分钟）", "及格"],
        ),
        (
            "en",
            [
                *("Student number", "Name", "Class", "Machine-scored", "Marked by a person"),
                *("Total", "Full marks", "Status", "Time used (min)", "Pass"),
            ],
        ),
    ],
)
def test_the_workbook_says_the_same_with_numbers_as_numbers(teacher, page, sat, language, heads):
    book, disposition = workbook(teacher, page, language)

    first, *lines = rows_of(book.worksheets[0])
    line = next(one for one in lines if one[0] == "xiaohe")
    assert first == heads
    assert line[1:7] == ["小xiaohe", "航空2301", 4, 3.5, 7.5, 14]
    assert [type(cell) for cell in line[3:7]] == [int, float, float, int]
    assert "xlsx" in disposition
    summary = dict(row[:2] for row in rows_of(book.worksheets[1]))
    assert 7.5 in summary.values()
    assert "期末考试" in summary.values()


def test_leading_zeros_of_a_number_stay(app, teacher, page, store, aftermath):
    with store() as session:
        make_student(session, aftermath.room, "0042")

    assert "0042" in [row[0] for row in rows_of(workbook(teacher, page)[0].worksheets[0])]


@pytest.mark.parametrize("name", FORMULAS)
def test_c8_a_name_that_is_a_formula_is_a_text(teacher, page, sat, store, *, classroom, name):
    with store() as session:
        session.execute(update(User).where(User.id == classroom.student.id).values(name=name))

    book, _ = workbook(teacher, page)

    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    # a carriage return is written in the workbook's own way
    texts = [cell.value.replace("_x000D_", "\r") for cell in cells if isinstance(cell.value, str)]
    assert [text for text in texts if text.endswith(name.strip())] == [f"'{name}"]


def test_an_export_stands_in_the_audit_log(app, teacher, page, sat, classroom):
    workbook(teacher, page)

    with app.app_context():
        row = reading().scalars(select(AuditRow).where(AuditRow.action == "exam.export")).one()
    assert (row.actor_id, row.detail["lines"]) == (classroom.instructor.id, 3)


def test_the_page_has_what_paper_needs(teacher, page, sat):
    told = open_page(teacher, page).text

    for words in ("Result list: 期末考试", "2026春", "2 Mar 2026", "Marked by:", "Checked by:", "Date:"):
        assert words in told


@pytest.mark.parametrize("who", ["student", "assistant"])
def test_who_does_not_watch_exams_sees_no_list(browse, page, who):
    client = browse(who)

    assert client.get(page).status_code == 403
    token = client.get("/csrf").get_json()["csrf"]
    assert client.post(f"{page}/export", data={"csrf_token": token}).status_code == 403
