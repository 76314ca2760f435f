"""``python -m tests.browser.screenshots FOLDER``: every page, in both languages, widths and themes."""

import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser.browsing import chromium_started, find_chromium
from tests.browser.people import sign_in
from tests.browser.site import Person, Site, site_served
from tests.browser.tour import Stop, prepare_tour
from tests.browser.words import BROWSERS

SIZES = {"wide": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
THEMES = ("light", "dark")


def main(folder: Path) -> None:
    """Serve a site, tour it, and write a picture of every page."""
    program = find_chromium()
    if program is None:
        raise SystemExit("Chromium is missing. Type: apt-get install chromium fonts-noto-cjk")
    with (
        tempfile.TemporaryDirectory() as instance,
        site_served(Path(instance)) as site,
        chromium_started(program) as chromium,
    ):
        stops = prepare_tour(chromium, site)
        for language in BROWSERS:
            for size in SIZES:
                shoot(chromium, site, stops, folder / f"{language}-{size}")


def shoot(chromium: Browser, site: Site, stops: Iterable[Stop], folder: Path) -> None:
    """Take pictures of all stops in the language and size that the folder names."""
    language, size = folder.name.split("-")
    folder.mkdir(parents=True, exist_ok=True)
    pages: dict[Person | None, Page] = {}
    for number, stop in enumerate(stops, start=1):
        if stop.person not in pages:
            pages[stop.person] = open_page(chromium, site, stop.person, language, size)
        page = pages[stop.person]
        page.goto(stop.path)
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            page.screenshot(path=folder / f"{number:02}-{stop.name}-{theme}.png", full_page=True)
    for page in pages.values():
        page.context.close()


def open_page(chromium: Browser, site: Site, person: Person | None, language: str, size: str) -> Page:
    """Open a page as large as that device, signed in if somebody is named."""
    context = chromium.new_context(
        base_url=site.address,
        locale=BROWSERS[language],
        viewport=SIZES[size],
        is_mobile=size == "phone",
        has_touch=size == "phone",
        reduced_motion="reduce",
    )
    page = context.new_page()
    if person:
        sign_in(page, person)
    return page


if __name__ == "__main__":
    main(Path(sys.argv[1]))
