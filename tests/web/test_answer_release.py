"""Model answers kept back until the instructor releases them."""

import pytest

from app.operations.offerings import archive_offering
from tests.support.pages import open_page, press, send_form

CASE = "/courses/etiquette/cases/door"
KEPT_BACK = "zqrelease"


@pytest.fixture
def client(browse):
    return browse("student")


@pytest.fixture
def walk(client):
    """Return the address of a walk whose question was answered."""
    address = send_form(client, open_page(client, CASE).form("/start")).headers["Location"]
    press(client, address, "/commit", choice="2")
    press(client, address, "/commit", text="她应当先下车。")
    return address


@pytest.fixture
def paths(classroom):
    """Return the address of the case's path report."""
    return f"/teach/offerings/{classroom.offering.public_id}/paths/door"


def test_a_model_answer_is_kept_back_until_it_is_released(browse, client, walk, paths):
    before = open_page(client, walk).text

    page = press(browse("instructor"), paths, "/release")

    assert "The model answers are released." in page.text
    assert KEPT_BACK not in before
    assert KEPT_BACK in open_page(client, walk).text


def test_a_release_shows_nothing_to_who_has_not_answered(browse, client, paths):
    address = send_form(client, open_page(client, CASE).form("/start")).headers["Location"]

    press(browse("instructor"), paths, "/release")

    assert KEPT_BACK not in open_page(client, address).text


def test_a_second_release_changes_nothing(browse, paths):
    instructor = browse("instructor")
    form = open_page(instructor, paths).form("/release")
    send_form(instructor, form)
    once = open_page(instructor, paths)

    again = send_form(instructor, form)

    assert again.status_code == 303
    assert open_page(instructor, paths).text.count("Model answers released on") == 1
    assert "Model answers released on" in once.text
    assert not once.has_form("/release")


def test_an_archived_offering_releases_nothing(browse, store, classroom, paths, now):
    instructor = browse("instructor")
    form = open_page(instructor, paths).form("/release")
    with store() as session:
        archive_offering(session.merge(classroom.offering), now)

    assert send_form(instructor, form).status_code == 409
    assert not open_page(instructor, paths).has_form("/release")
