"""The address of a picture: whoever may not see it learns nothing, not even that it is there."""

from hashlib import sha256

import pytest

from tests.support.builders import Texts, make_person, publish_texts
from tests.support.exams import set_exam, sit_exam
from tests.support.people import browser_of
from tests.support.texts import EXAM_QUIZ, make_png

PICTURE = f"/media/{sha256(make_png()).hexdigest()}"
pytestmark = pytest.mark.usefixtures("time")


@pytest.fixture
def exam(store, classroom, now):
    """Return an exam whose only item shows a picture."""
    texts: Texts = {
        "quizzes/etiquette/guard.md": EXAM_QUIZ.replace("{#only}\n", "{#only}\n\n![](media/plan.png)\n"),
        "cases/etiquette/media/plan.png": make_png(),
    }
    with store() as session:
        publish_texts(session, classroom.library, texts, now)
        return set_exam(session, classroom, now, "guard")


def test_a12_a_picture_of_the_paper_is_for_who_sits_the_exam(store, classroom, app, browse, exam, *, now):
    client = browse("student")
    assert client.get(PICTURE).status_code == 404

    with store() as session:
        neighbour = make_person(session, classroom.offering, "neighbour")
        attempt = sit_exam(session, classroom.student, exam, now)

    assert PICTURE in client.get(f"/attempts/{attempt.public_id}").text
    with client.get(PICTURE) as shown:
        assert (shown.status_code, shown.data) == (200, make_png())
    assert browser_of(app, neighbour.id).get(PICTURE).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("assistant", 404), ("stranger", 403)])
def test_a12_a_picture_behind_the_wall_answers_like_one_that_is_not_there(browse, exam, who, status):
    client = browse(who)

    assert client.get(PICTURE).status_code == client.get(f"/media/{'0' * 64}").status_code == status
