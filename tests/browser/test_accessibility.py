"""Every page, in both languages: axe finds nothing, nothing stands out, whatever the width and theme."""

import pytest

from tests.browser.looking import look
from tests.browser.tour import prepare_tour

pytestmark = pytest.mark.browser
LANGUAGES = ("zh", "en")


@pytest.fixture(scope="module")
def stops(chromium, site):
    """Prepare something on every page, and list the pages."""
    return prepare_tour(chromium, site)


@pytest.mark.timeout(900)
def test_every_page_is_fit_to_be_read_by_all(browse, faults, stops):
    """In one test: what the pages show is prepared once. Every page in English, whose words are longer.

    axe minds what a page is made of, not its words: it looks at every other page in each language.
    """
    # a page of an error would be fit to be read too
    expected = dict.fromkeys((stop.name for stop in stops), 200) | {"not-found": 404, "forbidden": 403}
    answers = {}
    for language in LANGUAGES:
        for person in dict.fromkeys(stop.person for stop in stops):
            page = browse(person, language)
            for number, stop in enumerate(stops):
                with_axe = number % 2 == LANGUAGES.index(language)
                if stop.person == person and (with_axe or language == "en"):
                    answers[stop.name] = page.goto(stop.path).status
                    look(page, faults, with_axe=with_axe)
            page.context.close()
    assert answers == expected


def test_a_page_with_faults_would_be_found_out(browse, faults, looks):
    page = browse()
    page.goto("/login")
    page.evaluate("""() => {
        document.querySelector("main").insertAdjacentHTML("beforeend",
            '<img src="/static/none.png"><div class="page" id="wide">wide</div>');
        document.querySelector("#wide").setAttribute("aria-hidden", "maybe");
        document.querySelector("#wide").style.minWidth = "700px";
        document.querySelector("#wide").style.cssText += "; color: #808080; background: #777";
    }""")

    looks(page)

    found = "\n".join(faults)
    faults.clear()
    assert "image-alt" in found
    assert "stands out" in found
    assert "color-contrast" in found
    assert "console: Failed to load resource" in found
