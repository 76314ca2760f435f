"""What an author wrote is handed back when it cannot be taken; an archived text has no buttons."""

import pytest

from app.operations.offerings import archive_offering
from app.web.errors import page as error_page
from tests.support.pages import Page, open_page
from tests.web.authors import author, case, changed, form_of, page_of, send, texts

__all__ = ["author", "case", "texts"]


def test_who_was_signed_out_while_writing_gets_the_text_back(app, author, case):
    form, text = form_of(author, case), changed(author, case)
    stranger = app.test_client()

    answer = stranger.post(form.action, data={"text": text, "message": "换一辆车，理由写在这里。"})

    assert answer.status_code == 401
    assert "一辆黑色轿车停下" in answer.text
    assert "换一辆车，理由写在这里。" in answer.text


def test_what_the_server_could_not_take_is_sent_again_to_the_same_text(app, case):
    address = f"{case}?language=en"
    with app.test_request_context(address, method="POST", data={"text": "一段足够长的文字，不能丢。"}):
        page = Page(error_page(503, "busy", "busy"))

    (form,) = [form for form in page.forms if form.value("text")]
    assert form.action == address


@pytest.mark.parametrize(("act", "ending"), [("save", ""), ("publish", "/history"), ("discard", "")])
def test_the_browser_is_told_once_that_the_server_has_the_text(author, case, act, ending):
    send(author, form_of(author, case), changed(author, case))
    author.get(case)

    answer = send(author, form_of(author, case), None, act)

    told = f'data-taken="{case}/check?language=zh"'
    assert f"{ending}?language=zh" in answer.headers["Location"]
    pages = [author.get(answer.headers["Location"]).text for _ in range(2)]
    assert [told in page for page in pages] == [True, False]


@pytest.fixture
def archived(author, case, store, classroom, now):
    send(author, form_of(author, case), changed(author, case))
    with store() as session:
        archive_offering(session.merge(classroom.offering), now)


def test_in_an_archived_offering_a_text_can_be_read_and_has_no_buttons(author, case, texts, archived):
    html = author.get(case, headers={"Accept-Language": "en"}).text

    page = Page(html)
    assert "readonly" in html
    assert "This course offering is archived and can only be read." in page.text
    assert not any(
        name in html for name in ('name="save"', 'name="publish"', 'name="discard"', "data-snippet")
    )
    assert "data-editor=" not in html
    assert "一辆黑色轿车停下" in page.text
    assert not any("/restore" in form.action for form in open_page(author, f"{case}/history").forms)


def test_in_an_archived_offering_nothing_new_is_begun(author, texts, archived):
    assert author.get(f"{texts}/new").status_code == 409
    assert "New case or quiz" not in page_of(author, texts).text
