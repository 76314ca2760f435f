"""Progress is the same in every language; renamed endings keep their names; refusals lead back."""

from datetime import timedelta

from tests.support.builders import publish_texts
from tests.support.pages import Page, open_page, press, send_form
from tests.support.texts import make_case_text, make_syllabus_text

CASE = "/courses/etiquette/cases/door"


def test_a_pairing_in_the_original_syllabus_counts_in_every_language(browse, store, classroom, now):
    english = make_syllabus_text("Manners").replace("案例: door\n", "").replace("测验: smile\n", "")
    texts = {"cases/etiquette/syllabus.en.md": english.replace("---\n", "---\nlanguage: en\n", 1)}
    with store() as session:
        publish_texts(session, classroom.library, texts, now + timedelta(minutes=1))
    client = browse("student")

    chinese, page = (open_page(client, "/courses/etiquette", language=one) for one in ("zh", "en"))

    assert "Manners" in page.text
    assert CASE in page.links.values()
    assert "0 / 4" in chinese.text
    assert "0 / 4" in page.text


def test_an_ending_that_was_renamed_is_named_by_its_title(browse, store, classroom, now):
    client = browse("student")
    address = send_form(client, open_page(client, CASE).form("/start")).headers["Location"]
    press(client, address, "/commit", choice="2")
    renamed = make_case_text().replace("{#pleased}", "{#smiling was=pleased}").replace("#pleased", "#smiling")
    with store() as session:
        publish_texts(session, classroom.library, {"cases/etiquette/door.md": renamed}, now)

    page = open_page(client, CASE, language="zh")

    assert "zqending-title" in page.text
    assert "pleased" not in page.text


def test_an_ending_that_is_gone_is_said_to_be(browse, store, classroom, now):
    client = browse("student")
    address = send_form(client, open_page(client, CASE).form("/start")).headers["Location"]
    press(client, address, "/commit", choice="2")
    with store() as session:
        changed = make_case_text().replace("#pleased", "#content")
        publish_texts(session, classroom.library, {"cases/etiquette/door.md": changed}, now)

    assert "这个案例已不再有的结局" in open_page(client, CASE, language="zh").text


def refuse(client, host):
    """Commit an option that there is not, from a page of this host; return the walk and the refusal."""
    address = send_form(client, open_page(client, CASE).form("/start")).headers["Location"]
    fields = open_page(client, address).form("/commit").filled(choice="9")
    came_from = {"Referer": f"http://{host}{address}", "Accept-Language": "en"}
    answer = client.post(f"{address}/commit", data=dict(fields), headers=came_from)
    assert answer.status_code == 422
    return address, Page(answer.text)


def test_a_refused_form_leads_back_to_its_page(browse):
    address, page = refuse(browse("student"), "localhost")

    assert page.links["Back to where you were"] == address


def test_a_page_of_another_site_is_no_way_back(browse):
    _, page = refuse(browse("student"), "elsewhere.example")

    assert "Back to where you were" not in page.links
