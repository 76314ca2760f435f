"""A draft that was begun before somebody published a newer revision: nothing is overwritten unseen."""

import pytest

from tests.support.builders import publish_texts
from tests.support.pages import Page, follow
from tests.web.authors import author, case, changed, form_of, head, page_of, send, texts

__all__ = ["author", "case", "texts"]

DOOR = "cases/etiquette/door.md"
NEWER = ("停下", "停稳")


@pytest.fixture
def behind(author, case, store, classroom, now):
    """Leave a draft, load a newer revision from a file, and open the draft."""
    mine = changed(author, case)
    send(author, form_of(author, case), mine)
    text = (classroom.library / DOOR).read_text().replace(*NEWER)
    with store() as session:
        publish_texts(session, classroom.library, {DOOR: text}, now)
    return mine


def test_the_editor_tells_what_was_published_since_and_leads_to_it(author, case, behind):
    page = page_of(author, case)

    assert "Something newer was published since this draft was begun" in page.text
    assert "Revision 2" in page.text
    assert "old=1&new=2" in page.links["What changed in it"]
    assert form_of(author, case).value("text") == behind


def test_what_was_published_since_is_not_overwritten_until_its_author_has_seen_it(
    author, case, store, behind
):
    answer = send(author, form_of(author, case), None, "publish")

    page = Page(answer.text)
    assert answer.status_code == 409
    assert "From revision 2 to your text" in page.text
    assert NEWER[1] in page.text
    assert head(store)[0] == 2
    form = page.form("?language=zh")
    assert form.value("text") == behind
    follow(author, send(author, form, None, "publish"))
    assert head(store)[::2] == (3, behind)


def test_a_draft_that_is_behind_is_saved_and_stays_behind_until_it_is_said_to_take_account(
    author, case, store, behind
):
    follow(author, send(author, form_of(author, case), behind + "\n尾声。\n"))
    assert "Something newer was published" in page_of(author, case).text

    page = follow(author, send(author, form_of(author, case), None, "save", looked="2"))

    assert "Something newer was published" not in page.text
    assert send(author, form_of(author, case), None, "publish").status_code == 303
    assert head(store)[0] == 3
