"""The part of the tour where files are put beside the modules of a course."""

import struct

from playwright.sync_api import Page

SILENCE = b"\x80" * 8000
SOUND = b"".join(
    (
        b"RIFF",
        struct.pack("<I", 36 + len(SILENCE)),
        b"WAVEfmt ",
        struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8),
        b"data",
        struct.pack("<I", len(SILENCE)),
        SILENCE,
    )
)
FILES = (
    ("overview", "第1讲 地面服务概述.pdf", b"%PDF-1.7\n" + bytes(1_400_000)),
    ("overview", "广播词示范 先生您好.wav", SOUND),
    ("ticketing", "售票柜台一天.mp4", b"\0\0\0\x18ftypmp42" + bytes(9_300_000)),
)


def upload_files(page: Page, paths: dict[str, str], offering: str) -> None:
    """Put files beside two modules."""
    paths["files"] = f"{offering}/files"
    for module, name, data in FILES:
        page.goto(paths["files"])
        page.locator("#module").select_option(module)
        page.locator("#file").set_input_files({"name": name, "mimeType": "", "buffer": data})
        page.locator("form[data-send-file] button").click()
        page.get_by_role("link", name=name.rpartition(".")[0]).wait_for()
