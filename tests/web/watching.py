"""An exam that the student has begun, as those who watch it and the student meet it in the browser."""

from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient

from tests.support.exams import set_exam
from tests.support.pages import Page, open_page, send_form


@dataclass(frozen=True)
class Watched:
    """The exam and the student's attempt, with a browser of each."""

    exam: str
    attempt: str
    student: FlaskClient
    teacher: FlaskClient

    @property
    def desk(self) -> str:
        """Return the address of the exam for those who watch it."""
        return f"/teach/exams/{self.exam}"

    @property
    def paper(self) -> str:
        """Return the address of the attempt for its student."""
        return f"/attempts/{self.attempt}"

    def board(self, query: str = "") -> Page:
        """Return the board as the instructor sees it."""
        return open_page(self.teacher, f"{self.desk}/board{query}")

    def state(self, unsaved: str | None = None) -> dict[str, object]:
        """Return what the student's page hears; ``unsaved`` is what it tells of itself."""
        headers = {} if unsaved is None else {"X-Unsaved": unsaved}
        answer = self.student.get(f"{self.paper}/state", headers=headers)
        assert answer.status_code == 200, answer.text
        told: dict[str, object] = answer.get_json()
        return told


@pytest.fixture
def watched(time, browse, store, classroom, now) -> Watched:
    """Return an exam that the student has begun; the clock stands still."""
    with store() as session:
        exam = set_exam(session, classroom, now).public_id
    student = browse("student")
    begun = send_form(student, open_page(student, f"/exams/{exam}").form("/start"))
    paper = begun.headers["Location"]
    open_page(student, paper)
    return Watched(exam, paper.rpartition("/")[2], student, browse("instructor"))


def row_of(page: Page, login: str = "xiaohe") -> str:
    """Return what the board says from a student's number on."""
    return page.text.partition(login)[2][:160]
