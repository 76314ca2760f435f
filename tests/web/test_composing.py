"""An author composes a paper: chooses quizzes, reads the stock, says what is wanted, reads the table."""

from urllib.parse import unquote

import pytest
from sqlalchemy import select

from app.models import AuditRow, Document, Revision
from app.web.database import reading
from tests.support.builders import publish_texts
from tests.support.pages import follow, open_page, send_form
from tests.support.texts import make_exam_texts, make_quiz_text

SINGLE, MANY, TRUTH, WRITTEN = (
    f"doors...{name}" for name in ("single", "multiple", "true-false", "constructed")
)
EXAMS = {"quiz": "ladies"}


@pytest.fixture
def teacher(time, browse):
    return browse("instructor")


@pytest.fixture
def address(classroom):
    return f"/teach/offerings/{classroom.offering.public_id}/exams/blueprint"


@pytest.fixture
def fill(teacher, address):
    """Return a function that fills the table in: ``fill({SINGLE: "1"}, quizzes="quiz=ladies")``."""

    def filled(counts, quizzes="quiz=ladies", points=(), **values):
        form = open_page(teacher, f"{address}?{quizzes}").form("/blueprint")
        fields = {f"count-{name}": value for name, value in counts.items()}
        fields |= {f"points-{name}": value for name, value in dict(points).items()}
        return send_form(teacher, form, **fields, **values)

    return filled


def papers_of(app):
    with app.app_context():
        statement = select(Document).where(Document.slug.startswith("paper-"))
        return reading().scalars(statement.order_by(Document.language.desc())).all()


# the quizzes


def test_the_list_of_exams_leads_to_the_quizzes_with_what_can_be_taken_from_them(
    store, classroom, teacher, address, now
):
    with store() as session:
        publish_texts(session, classroom.library, make_exam_texts(), now)
    exams = open_page(teacher, address.removesuffix("/blueprint"))

    page = open_page(teacher, exams.links["Compose a paper from a blueprint"])

    assert "女士优先" not in page.text
    both = "6 questions · 6 can stand alone · Chinese, English Students can practise it"
    assert f"Ladies first {both}" in page.text
    assert "zqexam-title 1 question · 1 can stand alone · Chinese For exams only" in page.text


def test_nothing_chosen_is_said(teacher, address):
    assert "Choose a quiz at least." in open_page(teacher, f"{address}?next=yes", 422).text
    assert "Choose a quiz at least." in open_page(teacher, f"{address}?next=yes&quiz=nothing", 422).text


def test_one_can_go_back_to_the_quizzes_and_finds_them_chosen(teacher, address):
    page = open_page(teacher, f"{address}?quiz=smile")

    back = open_page(teacher, page.links["Choose other quizzes"])

    assert back.form("/blueprint").fields == [("quiz", "smile"), ("rows", "types")]


@pytest.fixture
def told(store, classroom, now):
    """Publish a quiz with an instruction above its first questions."""
    text = make_quiz_text().replace("{each=2分}\n", "{each=2分}\n\n每小题两分，\n看清题目。\n")
    with store() as session:
        publish_texts(session, classroom.library, {"quizzes/etiquette/told.md": text}, now)


def test_a_text_that_is_only_an_instruction_is_left_away(app, teacher, address, told):
    page = open_page(teacher, address, language="zh")
    assert "1段置于多题之上的文字" in page.text
    assert "一、选择题 (2题) 每小题两分， 看清题目。" in page.text
    assert "可单独抽用6题" in page.text

    ticked = open_page(teacher, f"{address}?quiz=told&instruction=told/1")
    answer = send_form(teacher, ticked.form("/blueprint"), **{f"count-{SINGLE}": "1"})

    assert "instruction=told/1" in unquote(ticked.links["Choose other quizzes"])
    assert answer.status_code == 303
    with app.app_context():
        row = reading().scalars(select(AuditRow).where(AuditRow.action == "quiz.compose")).one()
        paper = _paper_of(row.detail["quiz"])
    assert row.detail["instructions"] == {"told": [1]}
    assert "看清题目" not in paper


def _paper_of(slug):
    found = select(Revision.source).join(Document, Document.head_revision_id == Revision.id)
    return reading().scalars(found.where(Document.slug == slug)).one()


def test_a_question_takes_the_text_above_it_along(app, teacher, address, told):
    stock = open_page(teacher, f"{address}?quiz=told")

    answer = send_form(teacher, stock.form("/blueprint"), **{f"count-{SINGLE}": "1"})

    with app.app_context():
        paper = _paper_of(answer.location.rsplit("/", 1)[1])
    assert "\n\n每小题两分，\n看清题目。\n\n先开哪扇门？\n\n- ( ) 后排右门" in paper
    assert "Left out, because they belong" not in stock.text


def test_questions_below_a_case_are_left_out_and_the_page_says_so(store, classroom, teacher, address, now):
    text = make_quiz_text().replace("{each=2分}", "{each=2分 case=door}")
    with store() as session:
        publish_texts(session, classroom.library, {"quizzes/etiquette/of-case.md": text}, now)

    stock = open_page(teacher, f"{address}?quiz=of-case")

    assert "Left out, because they belong to a case: 2." in stock.text


def test_quizzes_without_a_common_language_are_refused(store, teacher, address):
    with store() as session:
        session.scalars(select(Document).where(Document.slug == "smile")).one().language = "en"
        session.scalars(
            select(Document).where(Document.slug == "ladies", Document.language == "en")
        ).one().language = "fr"

    page = open_page(teacher, f"{address}?quiz=ladies&quiz=smile", 422)

    assert "These quizzes have no language in common." in page.text


# the stock


def test_the_stock_is_told_by_module_with_its_share_of_the_class_hours(teacher, address):
    page = open_page(teacher, f"{address}?quiz=ladies&quiz=smile")

    assert "Languages of the paper: Chinese." in page.text
    assert "Left out, because nothing is asked: 1." in page.text
    assert "车门 7 questions · 3 class hours (50%)" in page.text
    assert "Level not set Difficulty not set Single choice There are 2" in page.text
    assert "Written answers 1 worth 4" in page.text
    form = page.form("/blueprint")
    assert [form.value(f"points-{name}") for name in (SINGLE, TRUTH, WRITTEN)] == ["2", "2", "4"]


def test_types_can_be_taken_together(app, fill, teacher, address):
    page = open_page(teacher, f"{address}?quiz=ladies&rows=cells")

    answer = fill({"doors...": "4"}, quizzes="quiz=ladies&rows=cells", points={"doors...": "2"})

    assert "True or false 1, Fill in the blanks 1" in page.text
    assert answer.status_code == 303
    assert "rows=cells" in page.links["Choose other quizzes"]
    assert len(papers_of(app)) == 2


def test_titles_of_both_languages_are_asked_for(teacher, address, fill):
    first = open_page(teacher, f"{address}?quiz=ladies").form("/blueprint")
    fill({SINGLE: "1"})
    second = open_page(teacher, f"{address}?quiz=ladies").form("/blueprint")

    for number, form in ((1, first), (2, second)):
        assert form.value("title-zh") == f"试卷 2026-03-02-{number}"
        assert form.value("title-en") == f"Paper 2026-03-02-{number}"


# the paper


def test_a_paper_is_composed_shown_and_an_exam_can_be_set_from_it(app, teacher, fill):
    answer = fill(
        {SINGLE: "1", MANY: "1", TRUTH: "１"}, points={MANY: "4"}, title_zh="期末试卷", title_en="Final"
    )

    page = follow(teacher, answer)
    assert "The paper is composed: 3 questions, 8 points." in page.text
    assert "Final" in page.text
    form = open_page(teacher, page.links["Set an exam from it"]).form("/new")
    assert form.value("quiz") == "paper-2026-03-02-1"
    chinese, english = papers_of(app)
    assert (chinese.title, english.title, english.is_translation) == ("期末试卷", "Final", True)
    with app.app_context():
        assert (
            reading().scalars(select(AuditRow.action).order_by(AuditRow.id.desc())).first() == "quiz.compose"
        )


def test_a_paper_that_each_person_draws_says_how_many_of_how_many(teacher, fill):
    page = follow(teacher, fill({SINGLE: "1"}, "quiz=ladies&quiz=smile", draws="each", points={SINGLE: "2"}))

    assert "车门：单项选择题" in page.text
    assert "Each person draws 1 of 2, 2 points" in page.text
    assert "Questions 1 Full marks 2" in page.text


def test_sending_the_same_page_twice_composes_one_paper(app, teacher, address):
    form = open_page(teacher, f"{address}?quiz=smile").form("/blueprint")

    twice = [send_form(teacher, form, **{f"count-{SINGLE}": "1"}) for _ in range(2)]

    assert len({answer.headers["Location"] for answer in twice}) == 1
    assert len(papers_of(app)) == 1


@pytest.mark.parametrize(
    ("counts", "points", "sentence"),
    [
        ({SINGLE: "3"}, {}, "Stock is short: 3 wanted, there are 1."),
        ({SINGLE: "two"}, {}, "Not a valid integer"),
        ({SINGLE: "-1"}, {}, "Number must be between 0 and 500."),
        ({SINGLE: "1"}, {SINGLE: "0"}, "Points are 0.1 to 100, with two decimals at most."),
        ({SINGLE: "1"}, {SINGLE: "0.125"}, "Points are 0.1 to 100, with two decimals at most."),
        ({SINGLE: "1"}, {SINGLE: "NaN"}, "Points are 0.1 to 100, with two decimals at most."),
        ({SINGLE: "1"}, {SINGLE: "sNaN"}, "Points are 0.1 to 100, with two decimals at most."),
        ({SINGLE: "1"}, {SINGLE: "1e999999"}, "Points are 0.1 to 100, with two decimals at most."),
        ({SINGLE: "1"}, {SINGLE: "much"}, "Not a valid decimal value."),
        ({SINGLE: "1"}, {SINGLE: ""}, "Say how many points each is worth."),
        ({}, {}, "Say of at least one row how many questions are wanted."),
        ({SINGLE: "0"}, {}, "Say of at least one row how many questions are wanted."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(app, fill, counts, points, sentence):
    answer = fill(counts, points=points, title_zh="我的卷子", draws="each")

    html = answer.get_data(as_text=True)
    assert (answer.status_code, papers_of(app)) == (422, [])
    assert sentence in html
    is_of_a_row = not sentence.startswith("Say of at least")
    assert html.count('class="stock-faulty"') == html.count('class="field-error"') == is_of_a_row
    for typed in ("我的卷子", *counts.values(), *points.values()):
        assert f'value="{typed}"' in html


def test_a_row_that_is_short_tells_how_many_more_could_only_be_worth_other_points(fill):
    html = fill({WRITTEN: "1"}, points={WRITTEN: "5"}).get_data(as_text=True)

    assert "Stock is short: 1 wanted, there are 0." in html
    assert "1 more can only be worth other points." in html


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("", "This field is required."),
        ("  ", "This field is required."),
        ("卷\x1b", "A title is one line of text."),
    ],
)
def test_a_paper_has_a_title_of_one_line(app, fill, title, sentence):
    answer = fill({SINGLE: "1"}, title_en=title)

    assert sentence in answer.get_data(as_text=True)
    assert (answer.status_code, papers_of(app)) == (422, [])


def test_a_title_may_look_like_a_key_or_a_heading(app, fill):
    answer = fill({SINGLE: "1"}, title_zh="# 标题: {#a} --- <b>", title_en="a: b")

    assert answer.status_code == 303
    assert [paper.title for paper in papers_of(app)] == ["# 标题: {#a} --- <b>", "a: b"]


def test_a_row_that_is_gone_meanwhile_is_said(app, fill):
    answer = fill({SINGLE: "1", "doors.know.hard.single": "1"})

    assert "A quiz was changed since you began." in answer.get_data(as_text=True)
    assert (answer.status_code, papers_of(app)) == (422, [])


def test_a_seed_that_no_page_gave_is_refused(app, fill):
    assert fill({SINGLE: "1"}, seed="x\ny").status_code == 422
    assert papers_of(app) == []


@pytest.mark.parametrize("who", ["student", "stranger", "assistant"])
def test_nobody_else_composes_papers_or_reads_a_table(browse, address, who):
    quiz = address.replace("exams/blueprint", "quizzes/ladies/table")

    assert browse(who).get(f"{address}?quiz=ladies").status_code == 403
    assert browse(who).get(quiz).status_code == 403


def test_students_see_nothing_of_a_composed_paper(browse, fill, classroom):
    fill({SINGLE: "1"}, title_zh="zqpaper-zh", title_en="zqpaper-en")
    student = browse("student")

    assert student.get("/courses/etiquette/quizzes/paper-2026-03-02-1").status_code == 404
    assert "zqpaper" not in student.get("/courses/etiquette").text


# the two-way table


def test_the_two_way_table_of_a_paper_stands_beside_the_class_hours(teacher, fill):
    paper = follow(teacher, fill({SINGLE: "1", WRITTEN: "1"}))

    page = open_page(teacher, paper.links["Two-way table"])

    assert "Module Class hours Together Level not set Single choice Written answers" in page.text
    assert "车门 3 (50%) 2 / 6 (100%) 1 / 2 1 / 4" in page.text
    assert "微笑 2 (33%)" in page.text
    assert "Together 2 / 6 1 / 2 1 / 4" in page.text


def test_a_quiz_has_a_table_too_and_one_that_is_not_there_has_none(teacher, address):
    quizzes = address.replace("exams/blueprint", "quizzes")

    assert "Together" in open_page(teacher, f"{quizzes}/ladies/table", language="en").text
    assert "双向细目表" in open_page(teacher, f"{quizzes}/ladies/table", language="zh").text
    assert teacher.get(f"{quizzes}/nothing/table").status_code == 404
