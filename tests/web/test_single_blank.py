"""A blank that is alone has no number: it is the answer."""

import pytest

from tests.support.builders import publish_texts
from tests.support.pages import open_page, press, send_form

QUIZ = "---\ntitle: 送客\nmodule: smiles\nobjectives: 1.1\n---\n\n## 送客要送到哪里？ {#door}\n\n= 门口\n"
ADDRESS = "/courses/etiquette/quizzes/smile"


@pytest.fixture
def client(browse):
    return browse("student")


@pytest.fixture
def paper(client, store, classroom, now):
    with store() as session:
        publish_texts(session, classroom.library, {"quizzes/etiquette/smile.md": QUIZ}, now)
    return send_form(client, open_page(client, ADDRESS).form("/start")).headers["Location"]


def test_it_is_asked_for_and_shown_without_a_number(client, paper):
    asked = open_page(client, paper, language="en").text
    press(client, paper, "/answers", **{"answer_door.1": "车站"})
    press(client, f"{paper}/review", "/submit")
    shown = open_page(client, f"{paper}/result", language="en").text

    assert "Your answer" in asked
    assert "Blank 1" not in asked
    assert "Accepted: 门口" in shown
    assert "Blank 1" not in shown
