"""Markdown → sanitised HTML. It may be slow on hostile text: only the render process calls it."""

import re
import string
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import ParagraphProcessor
from markdown.inlinepatterns import HtmlInlineProcessor, SubstituteTagInlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import Registry

from app.content.sanitise import MISSING_PICTURE, sanitise

EXTENSIONS = ["fenced_code", "footnotes", "sane_lists", "tables", "pymdownx.tilde"]
SETTINGS: dict[str, dict[str, object]] = {
    "footnotes": {"BACKLINK_TITLE": "↩ {}"},
    "pymdownx.tilde": {"subscript": False},  # "3~5 天" is a range
    "tables": {"use_align_attribute": True},
}
#: the only tags that an author may write, and only bare; all others are shown as they were typed
TAGS = r"(</?(?:br|kbd|sub|sup|u)\s*/?>)"
HARD_BREAK = r"\\\n"
_WIDE = "".join(chr(ord(mark) + 0xFEE0) for mark in string.punctuation)
ESCAPABLE = [*string.punctuation, *_WIDE, *"→↔【】"]
_CHINESE = "[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef]"
#: the end of a line between Chinese characters is no space; the sanitiser takes the tag out
JOINED, NO_SPACE = f"(?<={_CHINESE})\n(?={_CHINESE})", "wbr"
_BLANK_LINES = re.compile(r"\s*\n\s*\n\s*")


def to_html(name: str, text: str, manifest: Mapping[str, str], inline: bool = False) -> str:
    """Return the sanitised HTML of one fragment.

    Its ids begin with a prefix made from name and text, so that two fragments on a page never
    share one. The manifest maps names of pictures and files to the SHA-256 of their bytes.
    """
    prefix = f"md-{sha256(f'{name} {text}'.encode()).hexdigest()[:12]}-"
    writer = _writer(inline)
    return sanitise(writer.write(text, prefix, manifest), prefix, inline).strip()


@lru_cache(maxsize=2)
def _writer(inline: bool) -> "_Writer":
    return _Writer(inline)


class _Writer:
    """A parser that is set up once and used for many texts."""

    def __init__(self, inline: bool) -> None:
        self._inline = inline
        self._markdown = Markdown(extensions=EXTENSIONS, extension_configs=SETTINGS, output_format="html")
        self._addresses = _Addresses(self._markdown)
        _change_inline_rules(self._markdown)
        if inline:
            _leave_only_paragraphs(self._markdown)
        else:
            # Four spaces at the start of a paragraph are a habit of typing, not a program.
            self._markdown.parser.blockprocessors.deregister("code")
        self._markdown.treeprocessors.register(self._addresses, "addresses", -5)
        self._markdown.treeprocessors.register(_Structure(self._markdown), "structure", -6)

    def write(self, text: str, prefix: str, manifest: Mapping[str, str]) -> str:
        """Return the HTML, not yet sanitised."""
        self._addresses.prefix = prefix
        self._addresses.manifest = manifest
        if self._inline:
            text = _BLANK_LINES.sub("\\\n", text.strip())
        return self._markdown.reset().convert(text)


def _change_inline_rules(markdown: Markdown) -> None:
    rules = markdown.inlinePatterns
    markdown.preprocessors.deregister("html_block")
    markdown.ESCAPED_CHARS = ESCAPABLE
    rules.register(HtmlInlineProcessor(TAGS, markdown), "html", 90)
    rules.register(SubstituteTagInlineProcessor(HARD_BREAK, "br"), "hard_break", 99)
    rules.register(SubstituteTagInlineProcessor(JOINED, NO_SPACE), "joined", 98)


def _leave_only_paragraphs(markdown: Markdown) -> None:
    markdown.preprocessors.deregister("fenced_code_block")
    markdown.parser.blockprocessors = Registry()
    markdown.parser.blockprocessors.register(ParagraphProcessor(markdown.parser), "paragraph", 10)


class _Structure(Treeprocessor):
    """Make of headings and tables what a page can be read by."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag in {"h1", "h2"}:
                element.tag = "h3"  # the page has the higher ones
            elif element.tag == "table":
                element.set("tabindex", "0")  # one that is too wide is scrolled, with the keyboard too
            elif element.tag == "th" and not len(element) and not (element.text or "").strip():
                element.tag = "td"  # it heads nothing


class _Addresses(Treeprocessor):
    """Give ids their prefix, and pictures and files the address of their bytes."""

    prefix = ""
    manifest: Mapping[str, str] = {}

    def run(self, root: Element) -> None:
        for element in root.iter():
            if "id" in element.attrib:
                element.set("id", self._prefixed(element.attrib["id"]))
            if element.tag == "a":
                self._link(element)
            elif element.tag == "img":
                self._picture(element)

    def _prefixed(self, name: str) -> str:
        return self.prefix + re.sub(r"\s", "-", name)

    def _link(self, link: Element) -> None:
        address = link.get("href", "")
        pinned = self._pinned(address)
        if address.startswith("#"):
            link.set("href", "#" + self._prefixed(address[1:]))
        elif pinned:
            link.set("href", pinned)

    def _picture(self, picture: Element) -> None:
        pinned = self._pinned(picture.get("src", ""))
        if pinned:
            picture.set("src", pinned)
            return
        picture.tag, picture.text = "span", f"[{picture.get('alt') or picture.get('src', '')}]"
        picture.attrib.clear()
        picture.set("class", MISSING_PICTURE)

    def _pinned(self, address: str) -> str | None:
        """Return the address of the bytes that the manifest pins to this name, else None."""
        name = unquote(address).removeprefix("./").removeprefix("media/")
        found = self.manifest.get(name) or self.manifest.get(f"media/{name}")
        return f"/media/{found}" if found else None
