"""What must be true of every page: no fault in the console, nothing from elsewhere, readable for all."""

from typing import Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import ConsoleMessage, Page, Request, ViewportSize

Theme = Literal["light", "dark"]
THEMES: tuple[Theme, Theme] = ("light", "dark")
WIDTHS: dict[str, ViewportSize] = {
    "desktop": {"width": 1280, "height": 900},
    "phone": {"width": 390, "height": 844},
}
CHECK = """async () => {
    const options = { resultTypes: ["violations"], iframes: false, preload: false };
    const { violations } = await axe.run(document, options);
    return violations.flatMap(({ id, nodes }) => nodes.map(
        (node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary.replace(/\\s+/g, " ")}`));
}"""
#: what stands out of the page to the right, unless something lets it scroll or keeps it out of sight
OVERFLOW = """() => {
    const edge = document.documentElement.clientWidth;
    const scrolls = (one) =>
        one && (getComputedStyle(one).overflowX !== "visible" || scrolls(one.parentElement));
    const named = (one) => `${one.tagName.toLowerCase()}.${one.getAttribute("class")}`;
    const wide = document.documentElement.scrollWidth > edge ? ["the page scrolls sideways"] : [];
    return [...document.body.querySelectorAll("*")]
        .filter((one) => one.getBoundingClientRect().right > edge + 1 && !scrolls(one.parentElement))
        .map((one) => `${named(one)} stands out`).concat(wide);
}"""


def watch(page: Page, address: str, faults: list[str]) -> None:
    """Note whatever goes wrong in a page from now on."""

    def note_console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not is_refusal_of_page(page, message):
            faults.append(f"{page.url}: console: {message.text}")

    def note_request(request: Request) -> None:
        if not request.url.startswith((f"{address}/", "data:")):
            faults.append(f"{page.url}: asks elsewhere: {request.url}")

    page.on("console", note_console)
    page.on("pageerror", lambda error: faults.append(f"{page.url}: script: {error}"))
    page.on("request", note_request)


def is_refusal_of_page(page: Page, message: ConsoleMessage) -> bool:
    """Whether the browser only says that the page itself was answered with 4xx, which tests ask for."""
    is_status = message.text.startswith("Failed to load resource: the server responded with a status of 4")
    return is_status and message.location["url"] == page.url


def look(page: Page, faults: list[str], *, with_axe: bool = True) -> None:
    """Look at the page wide and light, narrow and dark: nothing stands out, axe finds nothing.

    What axe finds does not depend on the language: it looks at pages in Chinese where they are narrow, at
    pages in English where they are wide.
    """
    if with_axe:
        page.evaluate(AXE_SCRIPT)
    in_chinese = page.locator("html").get_attribute("lang") == "zh-CN"
    for name, theme in zip(WIDTHS, THEMES, strict=True):
        page.set_viewport_size(WIDTHS[name])
        page.emulate_media(color_scheme=theme)
        found = page.evaluate(OVERFLOW)
        if with_axe and name == ("phone" if in_chinese else "desktop"):
            found += page.evaluate(CHECK)
        faults += [f"{page.url} ({name}, {theme}): {fault}" for fault in found]
    page.set_viewport_size(WIDTHS["desktop"])
    page.emulate_media(color_scheme="light")
