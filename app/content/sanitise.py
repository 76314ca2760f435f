"""The allow-list: which HTML may ever reach a page. Everything else is taken out."""

import re
from functools import partial

import nh3

INLINE_TAGS = frozenset({"a", "br", "code", "del", "em", "img", "kbd", "span", "strong", "sub", "sup", "u"})
BLOCK_TAGS = frozenset(
    {"blockquote", "div", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "ul"}
    | {"table", "tbody", "td", "th", "thead", "tr"}
)
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "li": {"id"},
    "ol": {"start"},
    "sup": {"id"},
}
VALUES = {
    "table": {"tabindex": {"0"}},
    **{cell: {"align": {"left", "center", "right"}} for cell in ("td", "th")},
}
MISSING_PICTURE = "missing-picture"
CLASSES = {"a": {"footnote-ref", "footnote-backref"}, "div": {"footnote"}, "span": {MISSING_PICTURE}}
SCHEMES = {"http", "https", "mailto"}

MEDIA_ADDRESS = re.compile(r"/media/[0-9a-f]{64}")
#: our own pages, other people's, a letter; never a scheme that runs something
_LINK = re.compile(r"(?:https?://|mailto:|/(?![/\\]))[^\x00-\x20]*", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,9}")


def sanitise(html: str, prefix: str, inline: bool = False) -> str:
    """Return the HTML with nothing but what the allow-list names.

    Ids, and links to places of the same page, stay only if they begin with the prefix, so that no
    text can take the place of an element of the page around it.
    """
    return nh3.clean(
        html,
        tags=set(INLINE_TAGS if inline else INLINE_TAGS | BLOCK_TAGS),
        attributes=ATTRIBUTES,
        attribute_filter=partial(_kept, prefix),
        tag_attribute_values=VALUES,
        allowed_classes=CLASSES,
        url_schemes=SCHEMES,
    )


def _kept(prefix: str, _tag: str, attribute: str, value: str) -> str | None:
    """Return the value if the attribute may have it, else None, which takes the attribute out."""
    match attribute:
        case "id":
            good = value.startswith(prefix)
        case "href":
            good = value.startswith(f"#{prefix}") or bool(_LINK.fullmatch(value))
        case "src":
            good = bool(MEDIA_ADDRESS.fullmatch(value))
        case "start":
            good = bool(_NUMBER.fullmatch(value))
        case _:
            good = True
    return value if good else None
