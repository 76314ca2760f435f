"""Taking questions in: what they become, that nothing is half done, what is left to jobs."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.content.parse import Kind, parse_text
from app.content.writer import format_document
from app.domain.errors import BadTable
from app.domain.imported import Imported, Verdict
from app.domain.items import ItemType
from app.domain.merging import add_groups
from app.domain.quiz import Group, Quiz
from app.domain.roles import Permission
from app.models import QuestionImport, TextDraft
from app.operations.import_files import read_result
from app.operations.import_jobs import read_waiting, take_waiting
from app.operations.import_proving import prove, prove_all
from app.operations.import_reading import Course, read_file
from app.operations.import_rows import drop_import, find_import
from app.operations.offerings import get_offering
from app.operations.people import load_person
from app.operations.question_imports import (
    Sent,
    Wanted,
    begin_import,
    keep_look,
    keep_upload,
    look_into,
    note_look,
    queue_reading,
)
from app.web.database import reading
from tests.interchange.asked import WORDS, quizzes
from tests.interchange.papers import document, long_paper, paragraph, picture
from tests.support.at_once import at_once, do
from tests.support.builders import make_classroom, place_of

ABOUT = Quiz("卷", language="zh")
SOME = settings(
    deadline=None, max_examples=30, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
)
PUBLIC = "0" * 26


PLAIN = Course("zh")


def read(text, course=PLAIN):
    return read_file(text.encode(), "", course, ABOUT)


def quiz_of(text) -> Any:
    found = parse_text(text, Kind.QUIZ)
    assert [one.message for one in found.diagnostics if one.is_error] == []
    assert found.document is not None
    return found.document


@SOME
@given(st.lists(st.sampled_from([*WORDS, "1. 门", "2. 车", "A. 甲", "B. 乙", "答案：A"]), max_size=25))
def test_whatever_is_read_makes_texts_without_errors(lines):
    try:
        result, reading, _ = read("\n".join(lines))
    except BadTable:
        return

    items = [item for text in result.texts for item in quiz_of(text).items]

    assert len(items) == sum(1 for _ in reading.kept)


def test_lettered_lines_of_a_written_question_come_in_as_lines_of_its_stem():
    result, _, _ = read("一、简答题\n1. 比较：\nA. 先道歉\nB. 先解释\n答案：先平息情绪")

    (text,) = result.texts
    (item,) = quiz_of(text).items
    assert item.stem.replace("\\", "").split("\n\n") == ["比较：", "A. 先道歉", "B. 先解释"]


@SOME
@given(quizzes())
def test_an_item_is_proven_or_told_why_not(quiz):
    found = [Imported(1, "", Verdict.TAKEN, item=item) for item in quiz.items]

    for one, other in zip(prove_all(found, "zh"), (prove(question, "zh") for question in found), strict=True):
        assert (one.verdict, one.item) == (other.verdict, other.item)
        assert one.item is not None or one.said


@pytest.mark.parametrize("odd", ["集合 {x=1}", "{#id}", "甲 {2分}", "甲 {2 分}", "# 号键", "1) 甲"])
@pytest.mark.parametrize("place", ["1. {}\nA. 一\nB. 二\n答案：A", "1. 选哪一个？\nA. {}\nB. 二\n答案：A"])
def test_signs_that_would_be_more_than_text_are_kept_as_text(place, odd):
    result, _, _ = read(place.format(odd))

    (text,) = result.texts
    (item,) = quiz_of(text).items
    assert odd in f"{item.stem}\n{item.options[0].text}".replace("\\", "")
    assert item.options[0].is_key


@pytest.mark.parametrize(
    "text",
    ["1. `# 甲` {x=1}\nA. 一\nB. 二\n答案：A", "1. 填上：____ {x=1}\n答案：甲"],
    ids=["code", "blanks"],
)
def test_where_a_backslash_would_be_seen_or_counted_the_question_is_not_taken(text):
    _, reading, _ = read(text)

    (question,) = reading.questions
    assert question.verdict is Verdict.FAULT
    assert "without a change of its text" in question.said[0].text


def test_a_part_that_is_too_long_for_one_text_makes_several():
    long = "长" * 3_000
    text = "\n".join(f"{number}. {number}{long}\n答案：对" for number in range(1, 41))

    result, _, _ = read(text)

    assert len(result.texts) > 1
    assert sum(len(list(quiz_of(one).items)) for one in result.texts) == 40


def test_what_is_added_keeps_what_is_there_and_gets_ids_that_were_never_used():
    old = quiz_of("---\ntitle: 卷\n---\n# 判断题 {每题=2分}\n\n## 甲 {#q1}\n\n= 对\n")
    new = quiz_of(
        "---\ntitle: x\n---\n# 判断题 {每题=1分}\n\n## 乙 {#q1}\n\n= 错\n\n# 简答题\n\n## 丙 {#q2}\n\n____\n"
    )

    groups = add_groups(old, new.groups, {"q1", "q2", "q3"})

    assert [(group.title, [(item.id, item.points) for item in group.items]) for group in groups] == [
        ("判断题", [("q1", None), ("q4", 1)]),
        ("简答题", [("q5", None)]),
    ]
    assert quiz_of(format_document(replace(old, groups=groups))).groups == groups


def test_too_many_for_a_quiz_are_refused_whole():
    known = tuple(quiz_of("---\ntitle: 卷\n---\n## 甲\n= 对\n").items) * 500

    with pytest.raises(BadTable) as refusal:
        read("1. 乙\n答案：错", Course("zh", known=known, is_added=True))

    assert str(refusal.value.sentence).startswith("The quiz has 500 questions;")


def test_objectives_that_the_syllabus_does_not_have_are_left_out_and_told():
    _, reading, _ = read("1. 乙\n答案：错\n目标：1.1、9.9", Course("zh", frozenset({"1.1"})))

    (found,) = reading.questions
    assert (found.item and found.item.objectives, found.verdict) == (("1.1",), Verdict.LOSSY)


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"])
def test_what_is_no_picture_is_not_kept(data):
    options = (paragraph("A. 甲"), paragraph("B. 乙"), paragraph("答案：A"))
    file = document(paragraph("1. 门", more=picture("r")), *options, pictures={"r": data})

    result, reading, pictures = read_file(file, "卷.docx", Course("zh"), ABOUT)

    assert (reading.counts["lossy"], pictures.kept, result.pictures) == (1, {}, {})
    assert "media/" not in result.texts[0]


@pytest.fixture
def sent(session, classroom, tmp_path, now):
    """Return a function that sends a file, to be read by a job."""
    person = load_person(session, classroom.instructor)

    def send(data, name="卷.docx", **wanted):
        place = get_offering(session, person, classroom.offering.public_id, Permission.AUTHOR)
        keep_upload(tmp_path, PUBLIC, data)
        file = Sent(data, name, Wanted(**{"slug": "big", "language": "zh", "title": "大卷"} | wanted))
        row = begin_import(session, person, place, file, (now, PUBLIC))
        queue_reading(session, row, now)
        return row

    return send


def test_jobs_read_and_take_in_steps_that_each_write_at_once(session, sent, tmp_path, now):
    row = sent(long_paper(520))
    row.is_published = False

    write = read_waiting(session, tmp_path, {"import": PUBLIC})
    assert (row.state, write and write(session, now), row.state) == ("waiting", 1, "ready")
    row.state = "taking"
    for done in (1, 2):
        write = take_waiting(session, tmp_path, {"import": PUBLIC})
        assert len(session.scalars(select(TextDraft)).all()) == done - 1
        assert (write and write(session, now)) == 1
    assert (row.state, take_waiting(session, tmp_path, {"import": PUBLIC})) == ("done", None)


def test_a_file_that_cannot_be_read_by_a_job_says_why(session, sent, tmp_path, now):
    row = sent("没有题".encode(), "卷.txt")

    write = read_waiting(session, tmp_path, {"import": PUBLIC})

    assert (write and write(session, now)) == 1
    assert row.state == "refused"
    assert row.refusal["text"].startswith("There is no question here.")


def test_who_writes_no_texts_any_more_takes_nothing_in(session, sent, classroom, tmp_path, now):
    row = sent("1. 甲\n答案：对".encode(), "卷.txt")
    write = read_waiting(session, tmp_path, {"import": PUBLIC})
    assert (write and write(session, now)) == 1
    row.state, classroom.offering.archived_at = "taking", now
    session.flush()

    write = take_waiting(session, tmp_path, {"import": PUBLIC})

    assert (write and write(session, now), row.state) == (1, "refused")
    assert session.scalars(select(TextDraft)).all() == []


def test_items_and_groups_of_the_result_are_read_back(session, sent, tmp_path, now):
    sent("1. 甲\n答案：对".encode(), "卷.txt")
    write = read_waiting(session, tmp_path, {"import": PUBLIC})
    assert (write and write(session, now)) == 1

    result = read_result(tmp_path, PUBLIC)

    assert [item.type for item in quiz_of(result.texts[0]).items] == [ItemType.TRUE_FALSE]
    assert session.scalar(select(QuestionImport.counts))["taken"] == 1
    assert isinstance(quiz_of(result.texts[0]).groups[0], Group)


def test_what_is_given_up_while_it_is_read_leaves_nothing(session, sent, settings, tmp_path, now):
    row = sent("1. 甲\n答案：对".encode(), "卷.txt")
    write = read_waiting(session, tmp_path, {"import": PUBLIC})
    assert drop_import(session, row, tmp_path) == 0
    # the process that reads goes on for a moment
    keep_upload(settings.instance, PUBLIC, b"")

    assert (write and write(session, now)) == 1

    assert session.scalars(select(QuestionImport)).all() == []
    assert list((settings.instance / "imports").iterdir()) == []
    assert read_waiting(session, tmp_path, {"import": PUBLIC}) is None


def test_what_is_given_up_while_it_is_taken_is_not_taken_any_further(session, sent, tmp_path, now):
    row = sent(long_paper(520))
    write = read_waiting(session, tmp_path, {"import": PUBLIC})
    assert (write and write(session, now)) == 1
    row.state, row.is_published = "taking", False
    for expected in (1, 0):
        write = take_waiting(session, tmp_path, {"import": PUBLIC})
        if not expected:
            assert drop_import(session, row, tmp_path) == 1
        assert (write and write(session, now)) == expected

    assert [draft.slug for draft in session.scalars(select(TextDraft))] == ["big"]


@pytest.mark.parametrize("where", ["app", "app_on_postgresql"])
def test_who_gives_a_file_up_while_a_quiz_is_made_of_it_hears_of_that_quiz(request, where, tmp_path, now):
    app = request.getfixturevalue(where)
    room = do(app, lambda session: make_classroom(session, tmp_path, now))

    for number in range(6):
        public, name = f"{number}" * 26, f"quiz-{number}"
        sent = Sent("1. 甲\n答案：对".encode(), "卷.txt", Wanted(name, "zh", "卷"))

        def begin(session, public=public, sent=sent):
            looked = look_into(session, place_of(session, room.instructor), sent)
            keep_look(tmp_path, public, looked)
            place = place_of(session, room.instructor)
            row = begin_import(session, room.instructor, place, sent, (now, public))
            note_look(row, looked.seen, looked.counts)
            row.state, row.is_published = "taking", False

        do(app, begin)
        with app.app_context():
            write = take_waiting(reading(), tmp_path, {"import": public})

        def go_on(session, write=write):
            return write(session, now)

        def give_up(session, public=public):
            row = find_import(session, public)
            assert row is not None
            return drop_import(session, row, tmp_path)

        written, made = at_once(app, go_on, give_up)

        with app.app_context():
            drafts = reading().scalars(select(TextDraft).where(TextDraft.slug == name)).all()
        assert written == made == len(drafts)
