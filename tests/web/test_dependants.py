"""Before a text is published its author reads what will not fit any more; it is no error."""

from tests.support.pages import Page, follow
from tests.web.authors import author, case, changed, form_of, head, page_of, send, text_of, texts

__all__ = ["author", "case", "texts"]

WARNING = "These will not fit any more"


def gone(author, syllabus):
    """Return a syllabus whose first module has another id."""
    return text_of(author, syllabus).replace("{#doors", "{#gates")


def test_what_will_not_fit_is_told_before_it_is_published_and_then_it_is(author, texts, store):
    syllabus = f"{texts}/syllabus/syllabus"
    text = gone(author, syllabus)

    answer = send(author, form_of(author, syllabus), text, "publish")

    page = Page(answer.text)
    assert answer.status_code == 409
    assert WARNING in page.text
    assert "module: doors" in page.text
    assert "The syllabus has no such module. Name another one there, or keep the id here." in page.text
    assert "/texts/case/door?" in page.links["先开哪一扇门"]
    assert head(store, "syllabus")[0] == 1
    follow(author, send(author, page.form("?language=zh"), None, "publish"))
    assert head(store, "syllabus")[0] == 2


def test_what_will_not_fit_is_told_while_one_writes(author, texts):
    syllabus = f"{texts}/syllabus/syllabus"
    text, token = gone(author, syllabus), form_of(author, syllabus).value("csrf_token")

    answer = author.post(
        f"{syllabus}/check",
        data={"text": text, "csrf_token": token},
        headers={"Accept-Language": "en", "Accept": "application/json"},
    )

    assert WARNING in answer.json["diagnostics"]


def test_other_words_are_published_at_once_and_the_translation_is_named(author, case, store):
    text = changed(author, case)

    page = Page(send(author, form_of(author, case), text, "check").text)

    assert WARNING not in page.text
    assert "Look whether they still say the same" in page.text
    assert send(author, form_of(author, case), text, "publish").status_code == 303


def test_a_text_that_fits_says_nothing(author, case):
    page = page_of(author, case)

    assert WARNING not in page.text
    assert "still say the same" not in page.text
