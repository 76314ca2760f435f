"""The browser that the tests drive has turned off whatever Playwright wants to be off."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser


def test_our_flag_turns_off_all_that_playwrights_flag_does(chromium):
    assert chromium.is_connected()
    started = next(line for line in command_lines() if "--remote-debugging" in line and "--type=" not in line)
    flags = re.findall(r"--disable-features=(\S+)", started)

    playwrights, ours = (set(flag.split(",")) for flag in flags)
    assert playwrights < ours


def command_lines():
    """Return how the processes of this machine were started."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            yield path.read_text(errors="replace").replace("\0", " ")
        except OSError:
            # it has ended meanwhile
            continue
