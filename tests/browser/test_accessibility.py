"""Every page, in both languages: axe finds nothing, nothing stands out, whatever the width and theme."""

import pytest

from tests.browser.tour import prepare_tour

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def stops(chromium, site):
    """Prepare something on every page, and list the pages."""
    return prepare_tour(chromium, site)


@pytest.mark.timeout(480)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_is_fit_to_be_read_by_all(browse, looks, stops, language):
    answers = {}
    for person in dict.fromkeys(stop.person for stop in stops):
        page = browse(person, language)
        for stop in stops:
            if stop.person == person:
                answers[stop.name] = page.goto(stop.path).status
                looks(page)
        page.context.close()

    # a page of an error would be fit to be read too
    expected = dict.fromkeys((stop.name for stop in stops), 200) | {"not-found": 404, "forbidden": 403}
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
