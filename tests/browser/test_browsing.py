"""The browser that the tests drive has turned off whatever Playwright wants to be off."""

import re

import pytest

pytestmark = pytest.mark.browser


def test_our_flag_turns_off_all_that_playwrights_flag_does(chromium):
    page = chromium.new_page()
    page.goto("chrome://version")
    flags = re.findall(r"--disable-features=(\S+)", page.locator("#command_line").inner_text())
    page.close()

    playwrights, ours = (set(flag.split(",")) for flag in flags)
    assert playwrights < ours
