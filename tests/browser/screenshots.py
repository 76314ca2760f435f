"""``python -m tests.browser.screenshots FOLDER``: every page, in both languages, widths and themes.

The few that the documents show are written to ``docs/screenshots/``.
"""

import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page

from app.settings import ROOT
from tests.browser.browsing import chromium_started, find_chromium
from tests.browser.looking import THEMES, WIDTHS, Theme
from tests.browser.people import let_in
from tests.browser.site import Person, Site, prepare_once, site_served
from tests.browser.tour import Stop, prepare_tour
from tests.browser.words import BROWSERS

SHOWN = ROOT / "docs" / "screenshots"


@dataclass(frozen=True, slots=True)
class Choice:
    """A picture for the documents: what the window shows when it is scrolled to ``top``."""

    file: str
    stop: str
    language: str
    width: str
    theme: Theme = "light"
    top: str = "body"


CHOICES = (
    Choice("course.png", "course", "zh", "desktop"),
    Choice("case.png", "walk-begun", "zh", "desktop", top="#first-move .step-kind"),
    Choice("case-phone.png", "walk-begun", "zh", "phone", top="#first-move .step-kind"),
    Choice("paper-phone-dark.png", "paper", "zh", "phone", "dark", top=".group-title"),
    Choice("items.png", "drill-tries", "zh", "desktop", top="#item-steps"),
    Choice("result-english.png", "result", "en", "desktop"),
    Choice("class.png", "matrix", "zh", "desktop"),
)


@dataclass(slots=True)
class Camera:
    """What takes the pictures of one language and width: a page for each person."""

    chromium: Browser
    site: Site
    language: str
    width: str
    pages: dict[Person | None, Page] = field(default_factory=dict)

    def page_of(self, person: Person | None) -> Page:
        """Return the person's page in a window of that width."""
        if person not in self.pages:
            on_phone = self.width == "phone"
            context = self.chromium.new_context(
                base_url=self.site.address,
                locale=BROWSERS[self.language],
                viewport=WIDTHS[self.width],
                device_scale_factor=2 if on_phone else 1,
                is_mobile=on_phone,
                has_touch=on_phone,
                reduced_motion="reduce",
            )
            if person:
                let_in(context, person)
            self.pages[person] = context.new_page()
        return self.pages[person]

    def shoot(self, stops: Iterable[Stop], folder: Path) -> None:
        """Take whole pages of all stops, light and dark."""
        for number, stop in enumerate(stops, start=1):
            page = self.page_of(stop.person)
            page.goto(stop.path)
            for theme in THEMES:
                page.emulate_media(color_scheme=theme)
                page.screenshot(path=folder / f"{number:02}-{stop.name}-{theme}.png", full_page=True)

    def show(self, stops: Iterable[Stop]) -> None:
        """Take the pictures for the documents."""
        by_name = {stop.name: stop for stop in stops}
        for one in CHOICES:
            if (one.language, one.width) == (self.language, self.width):
                stop = by_name[one.stop]
                page = self.page_of(stop.person)
                page.emulate_media(color_scheme=one.theme)
                page.goto(stop.path)
                page.locator(one.top).first.evaluate("(one) => one.scrollIntoView()")
                page.screenshot(path=SHOWN / one.file)

    def put_away(self) -> None:
        """Close all windows."""
        for page in self.pages.values():
            page.context.close()


def main(folder: Path) -> None:
    """Serve a site, tour it, and write a picture of every page."""
    program = find_chromium()
    if program is None:
        raise SystemExit("Chromium is missing. Type: apt-get install chromium fonts-noto-cjk")
    with (
        tempfile.TemporaryDirectory() as place,
        site_served(prepare_once(Path(place))) as site,
        chromium_started(program) as chromium,
    ):
        stops = prepare_tour(chromium, site)
        for language in BROWSERS:
            for width in WIDTHS:
                camera = Camera(chromium, site, language, width)
                camera.shoot(stops, folder / f"{language}-{width}")
                camera.show(stops)
                camera.put_away()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
