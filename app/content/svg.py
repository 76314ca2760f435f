"""SVG pictures are programs' text: only those that do nothing but draw are let in."""

import re
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

MAX_ELEMENTS = 20_000
MAX_DEPTH = 100
SVG = "{http://www.w3.org/2000/svg}"
#: what drawing programs add; browsers draw nothing of it
_NOTES = (
    "{http://creativecommons.org/ns#}",
    "{http://purl.org/dc/elements/1.1/}",
    "{http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd}",
    "{http://web.resource.org/cc/}",
    "{http://www.inkscape.org/namespaces/inkscape}",
    "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}",
)
_DRAWING = frozenset(
    {"circle", "clipPath", "defs", "desc", "ellipse", "filter", "g", "image", "line", "linearGradient"}
    | {"marker", "mask", "metadata", "path", "pattern", "polygon", "polyline", "radialGradient", "rect"}
    | {"stop", "style", "svg", "switch", "symbol", "text", "textPath", "title", "tspan", "use", "view"}
)
_DECLARATION = re.compile(r"\s*<\?xml\s[^>]*?\?>")
_ENCODING = re.compile(r"encoding\s*=\s*[\"']([^\"']*)[\"']")
_INSIDE = re.compile(r"#|data:image/(?:png|jpeg|gif|webp);base64,", re.IGNORECASE)
#: styles that load something: a backslash may hide any of the others
_LOADING = re.compile(
    r"\\|@import|image-set\s*\(|image\s*\(|src\s*\(|url\s*+\(\s*+(?![\"']?\s*#)", re.IGNORECASE
)


def fault_of_svg(data: bytes) -> str | None:
    """Return in a sentence why the picture may not be shown, None if it may."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "the SVG is not UTF-8"
    fault = _fault_of_head(text)
    if fault:
        return fault
    try:
        root = fromstring(text, forbid_dtd=True)
    except DefusedXmlException:
        return "an SVG may have no document type and no entities"
    except (ParseError, ValueError):
        return "the SVG is not well-formed XML"
    return _fault_of_tree(root)


def _fault_of_head(text: str) -> str | None:
    declaration = _DECLARATION.match(text)
    encoding = _ENCODING.search(declaration.group()) if declaration else None
    if encoding and encoding.group(1).lower() not in {"utf-8", "us-ascii"}:
        return "the SVG does not say that it is UTF-8"
    if "<?" in text[declaration.end() if declaration else 0 :]:
        return "an SVG may have no processing instructions"
    return None


def _fault_of_tree(root: Element) -> str | None:
    if root.tag != f"{SVG}svg":
        return "the picture is no SVG"
    waiting, count = [(root, 1)], 0
    while waiting:
        element, depth = waiting.pop()
        count += 1
        if count > MAX_ELEMENTS or depth > MAX_DEPTH:
            return f"an SVG may have {MAX_ELEMENTS:,} elements, nested {MAX_DEPTH} deep"
        fault = _fault_of_element(element)
        if fault:
            return fault
        waiting.extend((child, depth + 1) for child in element)
    return None


def _fault_of_element(element: Element) -> str | None:
    name = element.tag.removeprefix(SVG)
    draws = name in _DRAWING or re.fullmatch(r"fe[A-Z][A-Za-z]+", name)
    if not draws and not element.tag.startswith(_NOTES):
        return f"an SVG may have no <{name.rpartition('}')[2]}>"
    if name == "style" and _LOADING.search("".join(element.itertext())):
        return "the styles of an SVG may load nothing"
    faults = (_fault_of_attribute(*attribute) for attribute in element.items())
    return next((fault for fault in faults if fault), None)


def _fault_of_attribute(name: str, value: str) -> str | None:
    local = name.rpartition("}")[2].lower()
    if local.startswith("on"):
        return f"an SVG may have no event handlers ({local})"
    if local in {"href", "src", "base"} and not _INSIDE.match(value.strip()):
        return f"an SVG may refer to nothing outside itself ({local})"
    if "}" not in name and _LOADING.search(value):
        return f"an SVG may refer to nothing outside itself ({local})"
    return None
