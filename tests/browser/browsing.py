"""The browser itself: Debian's Chromium, driven by Playwright."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from playwright.sync_api import Browser, Error, Page, sync_playwright

#: the first is Chromium without windows of its own: the same pages for a fifth less work
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
#: what Playwright turns off itself: of two such flags the browser hears the last one only
OFF_ANYWAY = (
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "TcpPortRandomizationWin",
    "ThirdPartyStoragePartitioning",
    "msEdgeUpdateLaunchServicesPreferredVersion",
    "msForceBrowserSignIn",
)
#: pages of its own that the address bar of each new window would load, longer than most pages of ours take
SUGGESTIONS = ("WebUIOmniboxAimPopup", "WebUIOmniboxPopup")
#: a name of this machine: what is served on plain http under a name is no secure context
PLAIN = "classroom.test"
#: no sandbox, since root has none; no word to anybody else
FLAGS = (
    f"--host-resolver-rules=MAP {PLAIN} 127.0.0.1",
    f"--disable-features={','.join(OFF_ANYWAY + SUGGESTIONS)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> str | None:
    """Return the program, None where there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@contextmanager
def chromium_started(program: str) -> Iterator[Browser]:
    """Start the browser with a new empty profile; close it in the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


def crash(page: Page) -> None:
    """Kill what shows a page: it has no time for last words."""
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash")
    page.close()


def wait_until_gone(page: Page, prefix: str) -> None:
    """Wait until the device keeps nothing under names that begin so."""
    # words instead of a function would be refused by the page's own policy when they are asked again
    page.wait_for_function(
        "(prefix) => !Object.keys(localStorage).some((name) => name.startsWith(prefix))", arg=prefix
    )
