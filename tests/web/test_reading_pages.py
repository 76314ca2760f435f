"""What tests read of a page is what stands in it, though most of its tags are passed by."""

from html.parser import HTMLParser

import pytest

from tests.support.pages import Page

ADDRESSES = [
    "/",
    "/login",
    "/courses/etiquette",
    "/courses/etiquette/cases/door",
    "/courses/etiquette/quizzes/ladies",
]


class WholePage(Page):
    """A page of which every tag is taken apart."""

    parse_starttag = HTMLParser.parse_starttag
    parse_endtag = HTMLParser.parse_endtag


def read(page: Page):
    return page.text, page.links, page.forms, page.items


@pytest.mark.parametrize("who", ["student", "instructor"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_read_as_if_every_tag_were_taken_apart(browse, who, address):
    html = browse(who).get(address, follow_redirects=True).text

    assert read(Page(html)) == read(WholePage(html))


@pytest.mark.parametrize(
    "html",
    [
        '<div data-item="a" class="b">one</div>',
        '<p title="2 > 1" id="x">more</p> <a href="/y">there</a>',
        "<p title='2 > 1'>more</p>",
        '<form action="/z"><p class="a"><textarea name="t">&lt;p&gt; </textarea></p></form>',
        "<article>1 &lt; 2<br>3</article><svg><path d='M0'/></svg>",
    ],
)
def test_tags_with_signs_in_them_are_too(html):
    assert read(Page(html)) == read(WholePage(html))
