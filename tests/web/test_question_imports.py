"""Taking questions in: a look first, then a draft, a published quiz or more questions of one; or nothing."""

import re
from datetime import timedelta
from itertools import islice

import pytest

from app.cli.jobs import run_waiting_jobs
from app.models import AuditRow, CoursePicture, Job, QuestionImport, TextDraft
from tests.interchange.papers import document, long_paper, paragraph, picture
from tests.support.builders import publish_texts
from tests.support.pages import Page, follow, open_page
from tests.support.pictures import PNG
from tests.web.authors import author, colleague, form_of, head, rows, send, text_of, texts
from tests.web.importing import PAPER, imports, look, take

__all__ = ["author", "colleague", "imports", "look", "take", "texts"]

JUDGED = "1. 女士优先。\n答案：对\n"


def status(client, address):
    with client.get(address) as answer:
        return answer.status_code


def refused(answer):
    assert answer.status_code == 422
    return Page(answer.text).text


def test_the_list_of_texts_leads_there(author, texts, imports):
    assert open_page(author, texts).links["Import questions"] == imports


def test_a_file_that_is_refused_for_want_of_a_title_must_be_chosen_again(look):
    kept = "The file was not kept: choose it again."

    assert kept in refused(look(b"1. x\n", "a.txt", title=""))
    assert kept not in refused(look("1. x", title=""))


def test_quizzes_to_add_to_have_their_titles_in_the_language_of_the_page(author, imports):
    assert "Ladies first (ladies)" in open_page(author, imports, language="en").text


def test_a_look_tells_of_each_question_and_writes_nothing(author, look, store):
    page = follow(author, look(PAPER))

    assert "Import 2, skip 1" in page.text
    assert 'The answer "也许" names no option' in page.text or "A choice needs two options" in page.text
    assert '难度 "天" was not understood and is left out.' in page.text
    assert "先做什么" in page.text
    assert rows(store, TextDraft) == []


@pytest.mark.parametrize("sizes", [(3, 1), (3, 2), (4, 2), (1, 3), (2, 2, 2), (39, 3), (50, 45)])
def test_the_look_shows_each_question_once_in_its_place(author, look, sizes):
    numbers = iter(range(1, sum(sizes) + 1))
    heads = ["一、单项选择题", "二、判断题", "三、单项选择题"]
    parts = [
        f"{head}\n" + "".join(f"{n}. 题干{n}号\n{TYPED[head[2:]]}" for n in islice(numbers, size))
        for head, size in zip(heads, sizes, strict=False)
    ]
    address = look("".join(parts)).headers["Location"]

    pages = [open_page(author, f"{address}?page={page}").text for page in range(1, -(-sum(sizes) // 40) + 1)]

    shown = [int(n) for page in pages for n in re.findall(r"题干(\d+)号", page)]
    assert shown == list(range(1, sum(sizes) + 1))


TYPED = {"单项选择题": "A. 问候\nB. 登记\n答案：A\n", "判断题": "答案：对\n"}
SEEN = "---\ntitle: 图\n---\n\n## 看 ![图](media/plan.png) {#q 1分}\n\n= 对\n"
MANY = "一、单项选择题\n" + "".join(
    f"{n}. 第{n}位客人先做什么？\nA. 问候\nB. 登记\n答案：A\n难度：天{n}\n" for n in range(7, 20)
)


def test_a_reminder_is_told_once_with_the_questions_it_is_of_by_their_own_numbers(author, look):
    page = open_page(author, look(MANY).headers["Location"])

    assert page.text.count("13 questions") == 1
    assert "Question 7: 第7位客人先做什么？" in page.text
    assert "Question 19: 第19位客人先做什么？" in page.text


def test_a_column_of_numbers_names_the_questions(author, look):
    table = "题号,题型,题干,答案\n12,判断题,微笑是语言。,也许\n13,判断题,先问候。,对\n"

    page = open_page(author, look(table.encode(), "题.csv").headers["Location"])

    assert "Question 12: 微笑是语言。" in page.text


def test_what_is_taken_is_a_draft_that_can_be_published(author, look, take, texts, store):
    answer = take(look(PAPER, use="exam"))

    assert "2 questions were taken in. They are in the draft" in follow(author, answer).text
    text = text_of(author, f"{texts}/quiz/new-quiz")
    assert "用途: 考试" in text
    assert "# 单项选择题 {每题=2分}" in text
    assert "# 简答题 {每题=5分}\n\n## 为什么？ {#q2 类型=简答}" in text
    assert rows(store, AuditRow)[-1].action == "text.import"


def test_a_picture_that_is_nowhere_is_told_in_the_look_and_keeps_from_publishing(author, look, take, store):
    answer = look("1. 看图 ![图](media/none.png)\nA. 一\nB. 二\n答案：A\n")

    assert "There is no picture none.png in this course." in follow(author, answer).text
    assert "Take it as a draft" in refused(take(answer, "publish"))
    assert take(answer).status_code == 303


def test_a_picture_that_the_course_has_is_no_loss(author, look, store, classroom, now):
    with store() as session:
        files: dict[str, str | bytes | None] = {"cases/etiquette/media/plan.png": PNG}
        files["quizzes/etiquette/seen.md"] = SEEN
        publish_texts(session, classroom.library, files, now)

    page = follow(author, look("1. 看图 ![图](media/plan.png)\nA. 一\nB. 二\n答案：A\n"))

    assert "Taken: 1" in page.text
    assert "There is no picture" not in page.text


def test_it_can_be_published_at_once(author, look, take, store, browse):
    answer = take(look(JUDGED), "publish")

    assert answer.status_code == 303
    assert head(store, "new-quiz")[:2] == (1, "导入：new-quiz")
    assert browse("student").get("/courses/etiquette/quizzes/new-quiz").status_code == 200


def test_questions_for_exams_only_are_hidden_from_students(look, take, browse):
    take(look(JUDGED, use="exam"), "publish")

    assert browse("student").get("/courses/etiquette/quizzes/new-quiz").status_code == 404


def test_questions_are_added_to_a_quiz_with_ids_that_were_never_used(author, look, take, texts, store):
    take(look(PAPER, to="smile"), "publish")
    take(look(JUDGED, to="smile"))

    text = text_of(author, f"{texts}/quiz/smile")
    assert [part.split("}")[0].split()[0] for part in text.split("{#")[1:]] == ["smile", "q1", "q2", "q3"]
    assert "## 笑不笑？ {#smile}" in text


def test_what_the_quiz_has_already_is_not_added_again(author, look, take):
    take(look(JUDGED), "publish")

    page = follow(author, look(JUDGED + "2. 男士先上。\n答案：错\n", to="new-quiz"))

    assert "Import 1, skip 1" in page.text
    assert "The quiz has this question already." in page.text


def test_a_quiz_that_changed_since_is_not_added_to(author, look, take, texts):
    looked = look(PAPER, to="smile")
    take(look(JUDGED, to="smile"))

    assert "The quiz was changed since the file was read." in refused(take(looked))


def write_on(client, quiz):
    """Save a draft of a quiz in which its question is asked otherwise."""
    form = form_of(client, quiz)
    send(client, form, form.value("text").replace("笑不笑", "笑还是不笑"))


def test_what_a_colleague_is_writing_is_not_published_with_a_file(author, colleague, look, take, texts):
    quiz = f"{texts}/quiz/smile"
    write_on(colleague, quiz)
    looked = look(JUDGED, to="smile")

    said = refused(take(looked, "publish"))
    taken = take(looked)

    assert "小second is writing on this quiz" in said
    assert taken.status_code == 303
    assert [words in text_of(author, quiz) for words in ("笑还是不笑", "女士优先")] == [True, True]


def test_ones_own_draft_is_published_with_a_file(author, look, take, texts, store):
    write_on(author, f"{texts}/quiz/smile")

    take(look(JUDGED, to="smile"), "publish")

    assert [words in head(store, "smile")[2] for words in ("笑还是不笑", "女士优先")] == [True, True]


def test_a_short_name_that_is_taken_is_refused_before_and_after(look, take):
    assert 'a quiz with the short name "smile" already' in refused(look(JUDGED, slug="smile"))
    looked = look(JUDGED)
    take(look(PAPER))

    assert "Somebody has written a quiz of this name meanwhile." in refused(take(looked))


def test_what_was_taken_is_not_taken_twice(look, take, store):
    looked = look(JUDGED)
    take(looked)

    assert "was taken already" in Page(take(looked).text).text or len(rows(store, TextDraft)) == 1
    assert [row.version for row in rows(store, TextDraft)] == [1]


def test_a_file_is_given_up_without_a_trace(author, look, take, store, settings):
    looked = look(JUDGED)

    assert "nothing of it was taken" in follow(author, take(looked, "drop")).text
    assert (rows(store, QuestionImport), rows(store, TextDraft)) == ([], [])
    assert list((settings.instance / "imports").iterdir()) == []
    assert author.get(looked.headers["Location"]).status_code == 404


def test_a_file_is_given_up_while_it_waits_to_be_read(app, author, look, take, store):
    looked = look(long_paper(520), "期末.docx")
    assert "The file is being read." in follow(author, looked).text

    answer = take(looked, "drop")
    with app.app_context():
        run_waiting_jobs()

    assert "nothing of it was taken" in follow(author, answer).text
    assert (rows(store, QuestionImport), rows(store, TextDraft)) == ([], [])
    assert list((app.config["SETTINGS"].instance / "imports").iterdir()) == []


def test_who_gives_a_file_up_late_hears_what_was_made_of_it(author, look, take, store):
    looked = look(JUDGED)
    with store() as session:
        (row,) = session.query(QuestionImport).all()
        row.state, row.parts, row.done = "taking", 3, 2

    answer = take(looked, "drop")

    assert "2 quizzes that were made of it stay" in follow(author, answer).text


def test_a_file_belongs_to_who_sent_it_and_is_forgotten_after_a_day(author, colleague, look, take, time):
    looked = look(JUDGED)
    address = looked.headers["Location"]

    assert [client.get(address).status_code for client in (colleague, author)] == [404, 200]
    assert take(looked, client=colleague).status_code in {403, 404}
    time.shift(timedelta(days=1).total_seconds())
    assert author.get(address).status_code in {303, 404}


def test_old_files_are_purged(app, look, store, settings, time):
    look(JUDGED)
    time.shift(timedelta(days=1, minutes=1).total_seconds())

    with app.app_context():
        run_waiting_jobs()

    assert rows(store, QuestionImport) == []
    assert list((settings.instance / "imports").iterdir()) == []


def test_pictures_of_a_document_are_its_authors_until_they_are_published(
    author, colleague, look, take, store
):
    data = document(
        paragraph("1. 哪一扇门？", more=picture("rPng")),
        paragraph("A. 前门"),
        paragraph("B. 后门"),
        paragraph("答案：B"),
        pictures={"rPng": PNG},
    )
    looked = look(data, "卷.docx")
    page = author.get(looked.headers["Location"]).text
    at = page.partition('src="/teach/offerings/')[2].partition('"')[0]
    shown = f"/teach/offerings/{at}"

    assert [status(client, shown) for client in (author, colleague)] == [200, 404]
    taken = take(looked)
    (kept,) = rows(store, CoursePicture)
    addresses = [f"/media/{kept.sha256}"]
    assert f'src="{addresses[0]}"' in author.get(taken.headers["Location"]).text
    assert status(colleague, addresses[0]) == 200


@pytest.mark.parametrize(
    ("sent", "name", "said"),
    [
        ("", "", "Choose a file, or paste a text."),
        ("没有题", "", "There is no question here."),
        (b"PK\x03\x04", "卷.docx", "This file is broken, or no workbook."),
        (b"\xd0\xcf\x11\xe0", "卷.doc", "This is a document of Word before 2007"),
        (b"\x00\x01\x02", "卷.xlsx", "This file is neither a workbook"),
        ("题,答\n1,2\n".encode(), "题.csv", "No row among the first 10 names the columns."),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_leaves_nothing(look, store, sent, name, said):
    assert said in refused(look(sent, name))
    assert rows(store, QuestionImport) == []


def test_a_file_in_gb18030_is_read(author, look):
    data = "题型,题干,答案\n判断题,女士优先,对\n".encode("gb18030")

    assert "女士优先" in follow(author, look(data, "题.csv")).text


def test_a_large_file_is_read_and_taken_by_jobs(app, author, look, take, store):
    looked = look(long_paper(520), "卷.docx")
    waiting = author.get(looked.headers["Location"])
    assert waiting.headers["Refresh"] == "2"

    with app.app_context():
        run_waiting_jobs()
    assert "Import 520, skip 0" in open_page(author, looked.headers["Location"]).text
    taken = take(looked)
    assert taken.headers["Location"] == looked.headers["Location"]
    with app.app_context():
        run_waiting_jobs()

    assert [(row.slug, row.text.count("\n## ")) for row in rows(store, TextDraft)] == [
        ("new-quiz", 500),
        ("new-quiz-2", 20),
    ]
    assert {row.state for row in rows(store, Job)} == {"done"}
    assert "new-quiz-2" in open_page(author, looked.headers["Location"]).text


def test_the_template_can_be_sent_back(author, imports, look):
    data = author.get(f"{imports}/template", headers={"Accept-Language": "zh"}).data

    assert "Import 5, skip 0" in follow(author, look(data, "模板.xlsx")).text


@pytest.mark.parametrize("form", ["docx", "xlsx", "csv", "txt"])
def test_what_is_given_out_can_be_taken_in_again(author, texts, look, store, form):
    page = open_page(author, f"{texts}/quiz/ladies/export")
    token = page.forms[-1].value("csrf_token")

    answer = author.post(f"{texts}/quiz/ladies/export", data={"csrf_token": token, "form": form})

    saved = answer.headers["Content-Disposition"]
    assert saved.startswith(f"attachment; filename=ladies.{form}; filename*=UTF-8''%")
    assert saved.endswith(f".{form}")
    assert "skip 0" in follow(author, look(answer.data, f"卷.{form}")).text
    assert "text.export" in [row.action for row in rows(store, AuditRow)]


def test_chosen_questions_alone_are_given_out(author, texts):
    form = open_page(author, f"{texts}/quiz/smile/export").forms[-1]
    (first, *_) = [one for one in text_of(author, f"{texts}/quiz/smile").split("{#")[1:]]
    data = {"csrf_token": form.value("csrf_token"), "form": "txt", "item": first.split()[0].strip("}")}

    given = author.post(f"{texts}/quiz/smile/export", data=data).text

    assert "1. " in given


def test_what_excel_would_cut_is_said_before_it_is_given_out(author, classroom, store, now, texts):
    text = TWO.format(title="长") + f"\n> {'长' * 9_000}" * 4 + "\n"
    with store() as session:
        publish_texts(session, classroom.library, {"quizzes/etiquette/two.md": text}, now)

    page = open_page(author, f"{texts}/quiz/two/export?language=zh", language="en")

    assert "A cell of Excel holds 32,767 characters" in page.text


def test_only_quizzes_are_given_out(author, texts):
    assert author.get(f"{texts}/case/door/export").status_code == 404


TWO = "---\ntitle: {title}\n---\n## 甲 {{#q1}}\n\n= 对\n\n## 乙 {{#q2}}\n\n= 错\n"


def test_questions_are_not_added_to_a_draft_that_is_behind_what_is_published(
    author, classroom, *, store, now, look, texts
):
    """Publishing it would bring an old key back unseen."""
    with store() as session:
        publish_texts(session, classroom.library, {"quizzes/etiquette/two.md": TWO.format(title="题")}, now)
    address = f"{texts}/quiz/two"
    form = form_of(author, address)
    send(author, form, form.value("text").replace("## 乙", "## 乙乙"))
    with store() as session:
        mended = TWO.format(title="题").replace("= 错", "= 对")
        publish_texts(session, classroom.library, {"quizzes/etiquette/two.md": mended}, now)

    refused = look("1. 新题吗？\nA. 是\nB. 否\n答案：A\n", to="two", title="", slug="")

    assert refused.status_code == 422
    assert "was begun before what is published now" in Page(refused.text).text


def test_a_title_with_an_apostrophe_where_sheets_cut_names_is_exported(author, classroom, store, now, texts):
    title = "a" * 30 + "'s test"
    with store() as session:
        publish_texts(session, classroom.library, {"quizzes/etiquette/two.md": TWO.format(title=title)}, now)
    page = open_page(author, f"{texts}/quiz/two/export?language=zh", language="en")
    form = next(form for form in page.forms if "export" in form.action)

    answer = author.post(form.action, data=dict(form.filled()) | {"form": "xlsx"})

    assert answer.status_code == 200
    assert answer.data.startswith(b"PK")
