"""Fixtures: a served site, a browser, pages that are watched, a student of one's own."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect

from tests.browser.browsing import PLAIN, chromium_started, find_chromium
from tests.browser.looking import WIDTHS, look, watch
from tests.browser.papers import Sitter, change
from tests.browser.people import let_in, sign_in
from tests.browser.site import INSTRUCTOR, Person, Site, enrol_student, prepare_once, site_served
from tests.browser.words import BROWSERS

Browse = Callable[..., Page]

# two browsers share a machine that may be slow: what is waited for is seen as soon as it is there
expect.set_options(timeout=30_000)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of the tour first: they are the longest, and one worker prepares the pages for all."""
    items.sort(key=lambda item: "stops" not in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve a prepared instance for all tests of this process; several beside each other have copies."""
    place, own = tmp_path_factory.getbasetemp(), tmp_path_factory.mktemp("site")
    prepared = prepare_once(place.parent if "PYTEST_XDIST_WORKER" in os.environ else place)
    shutil.copytree(prepared, own, dirs_exist_ok=True)
    with site_served(own) as site:
        yield site


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start one browser for all tests; each page gets a profile of its own."""
    program = find_chromium()
    assert program, "Chromium is missing; BROWSER=no leaves these tests out"
    with chromium_started(program) as browser:
        yield browser


@pytest.fixture
def faults() -> Iterator[list[str]]:
    """Collect what is wrong with the pages of a test; it fails in the end if there is anything."""
    faults: list[str] = []
    yield faults
    assert not faults, "\n".join(dict.fromkeys(faults))


@pytest.fixture
def offline_faults(faults: list[str]) -> Iterator[None]:
    """Forgive what the browser says of requests that did not get out."""
    yield
    faults[:] = [fault for fault in faults if "ERR_INTERNET_DISCONNECTED" not in fault]


@pytest.fixture
def lost_faults(faults: list[str]) -> Iterator[None]:
    """Forgive what the browser says of requests that did not get through, or were refused."""
    yield
    allowed = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "status of 401", "status of 409")
    faults[:] = [fault for fault in faults if not any(one in fault for one in allowed)]


@pytest.fixture
def browse(chromium: Browser, site: Site, faults: list[str]) -> Iterator[Browse]:
    """Return what opens a page of a new browser, in which a person is signed in if one is named."""
    contexts: list[BrowserContext] = []

    def open_page(
        person: Person | None = None, language: str = "zh", address: str = site.address, **options: Any
    ) -> Page:
        context = chromium.new_context(
            base_url=address,
            locale=BROWSERS[language],
            reduced_motion="reduce",
            **({"viewport": WIDTHS["desktop"]} | options),
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        watch(page, address, faults)
        if person:
            let_in(context, person)
        return page

    yield open_page
    for context in contexts:
        # what a page asks in its last moment is answered by nobody any more
        for page in context.pages:
            page.unroute_all(behavior="ignoreErrors")
        context.close()


@pytest.fixture
def browse_plainly(browse: Browse, site: Site, faults: list[str]) -> Iterator[Callable[[Person], Page]]:
    """Return what opens a page for a person on plain http, under a name, as in a classroom of its own."""

    def open_page(person: Person) -> Page:
        page = browse(address=site.address.replace("127.0.0.1", PLAIN))
        sign_in(page, person)
        assert not page.evaluate("isSecureContext || 'locks' in navigator || 'clipboard' in navigator")
        return page

    yield open_page
    # the browser says that it ignores a header of secure pages
    faults[:] = [fault for fault in faults if "Cross-Origin-Opener-Policy" not in fault]


@pytest.fixture
def looks(faults: list[str]) -> Callable[[Page], None]:
    """Return what looks at a page for everything that must be true of every page."""
    return lambda page: look(page, faults)


@pytest.fixture(scope="session")
def cookies(site: Site, chromium: Browser) -> StorageState:
    """Return the cookies of a student who signed in once, for the tests of papers."""
    return cookies_of(site, chromium, enrol_student(site, "小贺"))


@pytest.fixture(scope="session")
def instructor_cookies(site: Site, chromium: Browser) -> StorageState:
    """Return the cookies of the instructor who signed in once."""
    return cookies_of(site, chromium, INSTRUCTOR)


def cookies_of(site: Site, chromium: Browser, person: Person) -> StorageState:
    """Let a person sign in; return the cookies of their browser."""
    context = chromium.new_context(base_url=site.address)
    let_in(context, person)
    kept = context.storage_state()
    context.close()
    return kept


@pytest.fixture
def sitter(site: Site, browse: Browse, cookies: StorageState) -> Sitter:
    """Return a student who has no attempt open."""
    change(site, "UPDATE attempt SET state = 'submitted', submitted_at = started_at WHERE state = 'open'")
    return Sitter(browse, cookies)


@pytest.fixture
def student(site: Site) -> Person:
    """Return a student of the course who has done nothing yet."""
    return enrol_student(site, "小贺")
