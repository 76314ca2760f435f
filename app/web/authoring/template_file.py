"""A workbook to begin with: the columns of the table, an example of each type, and what the columns mean."""

from io import BytesIO

from flask_babel import gettext

from app.content.parse import Kind, parse_text
from app.domain.quiz import Quiz
from app.interchange.exporting import export_quiz
from app.interchange.table_writing import table_of
from app.interchange.workbook import Table, write_workbook
from app.web.authoring.templates import new_text


def template_file(language: str) -> BytesIO:
    """Return the workbook, its heads and examples in a language."""
    title = gettext("Questions")
    document = parse_text(new_text(Kind.QUIZ, language, title, ""), Kind.QUIZ).document
    assert isinstance(document, Quiz)
    sheets = [
        table_of(export_quiz(document), language),
        Table(gettext("Help"), [gettext("How to fill it in")], _help()),
    ]
    return BytesIO(write_workbook(sheets))


def _help() -> list[list[str]]:
    lines = [
        gettext("One question a row; the examples are to be deleted. The order of columns does not matter."),
        gettext(
            "Type: 单项选择题 多项选择题 判断题 填空题 名词解释 简答题 论述题 案例分析题 计算题 排序题"
            " 连线题 附件题."
        ),
        gettext("Answer of a choice: letters, such as A or AC. Of a judgement: 正确 or 错误."),
        gettext("Blanks: ____ in the question; in the answer | between blanks and ; between wordings."),
        gettext(
            "Material with several questions: a row of its own with an Id, named by the others in Belongs to."
        ),
        gettext("Marking points: one a line, such as 2分：names the rule. They add up to the points."),
        gettext(
            "Scoring of multiple choice: a number of points for a part, 一半, 按比例; empty: all or nothing."
        ),
    ]
    return [[line] for line in lines]
