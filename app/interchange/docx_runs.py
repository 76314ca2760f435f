"""What stands in a paragraph of Word: text, line ends, pictures, equations, and what is not taken over."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from app.domain.imported import title_of
from app.domain.words import Sentence, marked
from app.interchange.docx_package import Package, R, W

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
V = "{urn:schemas-microsoft-com:vml}"
OFFICE = "{urn:schemas-microsoft-com:office:office}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
EQUATION = "[公式]"
PICTURE = "[图]"
_PASSED_OVER = frozenset(
    f"{W}{name}"
    for name in (
        *("del", "moveFrom", "instrText", "pPr", "rPr", "softHyphen", "lastRenderedPageBreak", "delText"),
        *("commentReference", "annotationRef", "bookmarkStart", "bookmarkEnd", "proofErr", "sectPr"),
        *("tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "ruby"),
    )
)
_SYMBOLS = {
    "F0D6": "√",
    "F0B4": "×",
    "F0FC": "√",
    "F0FB": "×",
    "F0FE": "☑",
    "F0A3": "□",
    "F0B0": "°",
    "F0B1": "±",
}
_SIGNS = {f"{W}tab": "\t", f"{W}noBreakHyphen": "-", f"{W}cr": "\n", f"{W}br": "\n"}
_OFF = frozenset({"0", "false", "none", "off"})

#: keeps a picture: its name, or None where the bytes are no picture that can be shown
KeepPicture = Callable[[bytes], str | None]


@dataclass(slots=True)
class Losses:
    """What was not taken over, with the numbers of paragraphs."""

    said: list[tuple[int, Sentence]] = field(default_factory=list)
    formatted: int = 0
    first_formatted: int = 0

    def add(self, paragraph: int, text: str, shown: str = "") -> None:
        """Note a loss; ``shown`` is what stood there."""
        self.said.append((paragraph, Sentence(text, {"text": title_of(shown)} if shown else {})))


class Runs:
    """Reads paragraphs; what has no place in a text is noted."""

    def __init__(self, package: Package, keep: KeepPicture, losses: Losses) -> None:
        self.package = package
        self.keep = keep
        self.losses = losses
        self.paragraph = 0

    def text_of(self, paragraph: Element, number: int) -> str:
        """Return the text of a paragraph; a line end within it is one in the text."""
        self.paragraph = number
        return "".join(self._inside(paragraph))

    def _inside(self, element: Element) -> Iterator[str]:
        for child in element:
            yield from self._piece(child)

    def _piece(self, child: Element) -> Iterator[str]:
        tag = child.tag
        if tag in _PASSED_OVER:
            return
        if tag == f"{W}r":
            yield from self._run(child)
        elif tag == f"{W}t":
            yield child.text or ""
        elif tag in _SIGNS:
            yield "" if child.get(f"{W}type") in {"page", "column"} else _SIGNS[tag]
        elif tag in _READERS:
            yield _READERS[tag](self, child)
        else:
            yield from self._inside(child)

    def _run(self, run: Element) -> Iterator[str]:
        properties = run.find(f"{W}rPr")
        text = "".join(self._inside(run))
        if properties is None or not text:
            yield text
            return
        looks = {child.tag.removeprefix(W): child.get(f"{W}val", "") for child in properties}
        if looks.get("vanish", "0") not in _OFF:
            self.losses.add(self.paragraph, HIDDEN, text)
            return
        yield self._formatted(text, looks)

    def _formatted(self, text: str, looks: dict[str, str]) -> str:
        is_gap = not text.strip() and "\n" not in text and looks.get("u", "none") not in _OFF
        if is_gap:
            return "____"
        if text.strip() and (looks.get("b", "0") not in _OFF or _is_coloured(looks)):
            self.losses.formatted += 1
            self.losses.first_formatted = self.losses.first_formatted or self.paragraph
        raised = {"superscript": "sup", "subscript": "sub"}.get(looks.get("vertAlign", ""))
        return f"<{raised}>{text.strip()}</{raised}>" if raised and text.strip() else text

    def equation(self, element: Element) -> str:
        """Return the sign that stands for an equation, and note what it said."""
        said = "".join(one.text or "" for one in element.iter(f"{M}t"))
        self.losses.add(self.paragraph, EQUATION_LOST, said.strip() or "?")
        return EQUATION

    def drawing(self, element: Element) -> str:
        """Return the pictures of a drawing; text boxes and charts are noted."""
        self._note_boxes(element)
        blips = [one.get(f"{R}embed", "") for one in element.iter(f"{A}blip")]
        blips += [one.get(f"{R}id", "") for one in element.iter(f"{V}imagedata")]
        if not blips and not any(one.tag.endswith("}txbxContent") for one in element.iter()):
            self.losses.add(self.paragraph, DRAWING_LOST)
        return "".join(self._picture(relation) for relation in blips)

    def _note_boxes(self, element: Element) -> None:
        for box in element.iter(f"{W}txbxContent"):
            text = "".join(one.text or "" for one in box.iter(f"{W}t"))
            if text.strip():
                self.losses.add(self.paragraph, BOX_LOST, text)

    def _picture(self, relation: str) -> str:
        data = self.package.picture(relation)
        name = self.keep(data) if data else None
        if name is None:
            self.losses.add(self.paragraph, PICTURE_LOST)
            return PICTURE
        return f"![图](media/{name})"

    def embedded(self, element: Element) -> str:
        """Return what stands for an object of another program."""
        objects = [one.get("ProgID", "") for one in element.iter(f"{OFFICE}OLEObject")]
        if any(name.startswith(("Equation", "MathType")) for name in objects):
            self.losses.add(self.paragraph, EQUATION_LOST, "?")
            return EQUATION
        return self.drawing(element)

    def alternative(self, element: Element) -> str:
        """Return the first of several ways to show the same."""
        choice = element.find(f"{MC}Choice")
        chosen = choice if choice is not None else element.find(f"{MC}Fallback")
        return "" if chosen is None else "".join(self._inside(chosen))

    def footnote(self, element: Element) -> str:
        """Note that a footnote is lost."""
        self.losses.add(self.paragraph, FOOTNOTE_LOST)
        return ""

    def symbol(self, element: Element) -> str:
        """Return a sign of a font of signs, or a box where it is not known."""
        code = element.get(f"{W}char", "").upper()
        if code not in _SYMBOLS:
            self.losses.add(self.paragraph, SYMBOL_LOST)
        return _SYMBOLS.get(code, "□")


def _is_coloured(looks: dict[str, str]) -> bool:
    colour = looks.get("color", "auto").lower()
    return colour not in {"auto", "000000", ""} or looks.get("highlight", "none") != "none"


def summed(losses: Losses) -> Iterator[tuple[int, Sentence]]:
    """Yield the losses, those of the same kind in one paragraph once, formatting once for all."""
    counts = Counter((number, said.text, tuple(said.values.items())) for number, said in losses.said)
    for number, text, values in counts:
        yield number, Sentence(text, dict(values))
    if losses.formatted:
        yield losses.first_formatted, Sentence(FORMAT_LOST, {"n": losses.formatted})


_READERS: dict[str, Callable[[Runs, Element], str]] = {
    f"{M}oMath": Runs.equation,
    f"{M}oMathPara": Runs.equation,
    f"{W}drawing": Runs.drawing,
    f"{W}pict": Runs.drawing,
    f"{W}object": Runs.embedded,
    f"{MC}AlternateContent": Runs.alternative,
    f"{W}footnoteReference": Runs.footnote,
    f"{W}endnoteReference": Runs.footnote,
    f"{W}sym": Runs.symbol,
}

EQUATION_LOST = marked("An equation (%(text)s) became [公式]. Write it as text, or as a picture.")
PICTURE_LOST = marked(
    "A picture is left out: it is no PNG, JPEG, GIF or WebP (EMF or WMF perhaps). Save it as PNG and put it"
    " in again."
)
DRAWING_LOST = marked("A drawing or chart is left out. Put it in as a picture.")
BOX_LOST = marked('The text box "%(text)s" is left out. Write its text into a paragraph.')
FOOTNOTE_LOST = marked("A footnote is left out. Write it into the text.")
SYMBOL_LOST = marked("A sign of a special font became □. Write it as text.")
HIDDEN = marked('Hidden text "%(text)s" is left out.')
FORMAT_LOST = marked(
    "Bold and coloured text (%(n)s places) became plain. If it shows which answer is right, write 答案：…"
    " below the question."
)
