"""The path report of each revision that a class walked, also of a case that is retired."""

import pytest

from tests.support.builders import CLASS_2, make_person
from tests.support.counting import statements
from tests.support.pages import open_page, press, send_form
from tests.support.people import browser_of
from tests.support.texts import make_case_text, make_syllabus_text

CASE = "/courses/etiquette/cases/door"
DOOR, DOOR_EN = "cases/etiquette/door.md", "cases/etiquette/door.en.md"
SYLLABUS = "cases/etiquette/syllabus.md"


@pytest.fixture
def client(browse):
    return browse("instructor")


@pytest.fixture
def walk(app, store, classroom):
    """Return a function that lets a new student of the second class walk the case."""

    def act(login, *choices):
        with store() as session:
            person = make_person(session, classroom.offering, login, cohort=CLASS_2)
        browser = browser_of(app, person.id)
        address = send_form(browser, open_page(browser, CASE).form("/start")).headers["Location"]
        for choice in choices:
            press(browser, address, "/commit", choice=choice, reason=f"理由 {login}")

    return act


@pytest.fixture
def walked(publish, walk):
    """Let two walk the first revision, one the second."""
    walk("one", "1", "2")
    walk("two", "1", "1")
    publish({DOOR: make_case_text("先开哪一扇门。")})
    walk("three", "2")


def test_the_newest_revision_is_shown_with_links_to_the_others(client, home, walked):
    page = open_page(client, f"{home}/paths/door")

    assert "Revision 2 · 1 walk Revision 1 · 2 walks" in page.text
    assert page.links["Revision 1 · 2 walks"] == f"{home}/paths/door?revision=1"
    assert "理由 one" not in page.text


def test_an_earlier_revision_is_a_link_away_with_its_reasons_and_scores(client, home, walked):
    body = client.get(f"{home}/paths/door?revision=1").text
    page = open_page(client, f"{home}/paths/door?revision=1")

    assert "理由 one" in page.text
    assert "mean score" in page.text
    assert '?revision=1"\n           aria-current="page">' in body
    assert '?revision=2"\n           >' in body


def test_one_mended_mark_empties_no_report(client, home, publish, walk):
    walk("one", "1", "2")
    publish({DOOR: make_case_text("先开哪一扇门。")})

    page = open_page(client, f"{home}/paths/door")
    present = open_page(client, page.links["Revision 2 · 0 walks"])

    assert "理由 one" in page.text
    assert "Nobody has walked this revision yet" in present.text
    assert "理由 one" not in present.text


def test_a_case_of_one_revision_has_nothing_to_choose(client, home, walk):
    walk("one", "1", "2")

    page = open_page(client, f"{home}/paths/door")

    assert "1 walk" in page.text
    assert "Revision" not in page.text


@pytest.mark.parametrize(
    "wanted", ["", "x", "0", "3", "-1", "+1", "1.0", "1e0", " 1", "٢", "１", "9" * 9, "9" * 30, "9" * 5000]
)
def test_a_revision_that_is_not_there_is_404(client, home, walked, wanted):
    answer = client.get(f"{home}/paths/door", query_string={"revision": wanted})

    assert answer.status_code == 404


def test_an_assistant_reads_no_revision(browse, home, walked):
    for query in ("", "?revision=1", "?revision=x"):
        assert browse("assistant").get(f"{home}/paths/door{query}").status_code == 403
        assert browse("student").get(f"{home}/paths/door{query}").status_code == 403


def test_what_teachers_try_holds_no_revision(client, home, publish):
    address = send_form(client, open_page(client, CASE).form("/start")).headers["Location"]
    press(client, address, "/commit", choice="1", reason="试一试")
    publish({DOOR: make_case_text("先开哪一扇门。")})

    assert "Revision" not in open_page(client, f"{home}/paths/door").text
    assert client.get(f"{home}/paths/door?revision=1").status_code == 404


@pytest.mark.usefixtures("walked")
def test_many_revisions_cost_no_more_statements_than_two(app, client, home, publish, walk):
    def cost(address):
        client.get(address)
        with statements(app) as sent:
            assert client.get(address).status_code == 200
        return len(sent)

    few = cost(f"{home}/paths/door?revision=1")
    for n in range(3):
        publish({DOOR: make_case_text(f"第{n}次改")})
        walk(f"later-{n}", "1", "1")

    assert cost(f"{home}/paths/door?revision=1") == few
    assert cost(f"{home}/paths/door") == few - 1


# retired


def test_a_retired_case_is_read_and_linked_as_retired(client, home, walked, publish):
    publish({DOOR: None, DOOR_EN: None})

    page = open_page(client, f"{home}/paths/door?revision=1")
    matrix = open_page(client, home)

    assert "This case is retired" in page.text
    assert "理由 one" in page.text
    assert matrix.links["Which door first"] == f"{home}/paths/door"
    assert "Which door first Retired" in matrix.text


def test_a_retired_case_that_nobody_walked_is_not_listed(client, home, publish):
    publish({DOOR: None, DOOR_EN: None})

    assert "Which door first" not in open_page(client, home).links
    assert "Nobody has walked this case yet" in open_page(client, f"{home}/paths/door").text


def test_an_assistant_sees_nothing_of_a_retired_case(browse, home, walked, publish):
    publish({DOOR: None, DOOR_EN: None})

    assert "Which door first" not in open_page(browse("assistant"), home).text
    assert browse("assistant").get(f"{home}/paths/door").status_code == 403


def test_a_case_that_no_module_lists_any_more_stays_listed(client, home, walked, publish):
    publish({SYLLABUS: make_syllabus_text().replace("案例: door\n", "")})

    page = open_page(client, home)

    assert page.links["Which door first"] == f"{home}/paths/door"
    assert "Retired" not in page.text
