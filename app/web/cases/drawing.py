"""Pictures of paths: rows of a tree with their places, which a template draws as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass, field

ROW = 34
STEP = 22
MARGIN = 16
WIDTH = 360
#: how many half-width columns of a label fit beside its dot
COLUMNS = 40


@dataclass(frozen=True, slots=True)
class Twig:
    """One thing to draw: its whole label, a short note, its kind (a CSS class), what hangs below it.

    ``reasons`` are told in the list beside the picture only. ``line`` is where it stands in the text,
    for its author.
    """

    label: str
    note: str = ""
    kind: str = "option"
    twigs: Sequence["Twig"] = ()
    reasons: Sequence[str] = ()
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A dot at (x, y) with its label cut to the width; ``state`` is a CSS class."""

    x: int
    y: int
    label: str
    note: str
    state: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """A line down from the parent's dot and across to the child's."""

    x1: int
    y1: int
    x2: int
    y2: int
    taken: bool


@dataclass(slots=True)
class Picture:
    """A drawn tree: sizes in pixels, nodes from top to bottom."""

    width: int = WIDTH
    height: int = MARGIN
    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)


def draw(twigs: Sequence[Twig]) -> Picture:
    """Lay twigs out one below the other, each level one step further in.

    A chain that does not branch goes straight down, so that a long walk stays narrow.
    """
    picture = Picture()
    for twig in twigs:
        _place(picture, twig, 0, None)
    picture.height = MARGIN * 2 + max(len(picture.nodes) - 1, 0) * ROW
    return picture


def short(label: str, columns: int = COLUMNS) -> str:
    """Cut a label to so many half-width columns, with an ellipsis where something is missing.

    >>> short("先开前门", 6)
    '先开…'
    """
    kept: list[str] = []
    used = 0
    for character in label:
        used += 1 if character.isascii() else 2
        if used > columns - 1 and len(kept) < len(label) - 1:
            return "".join(kept) + "…"
        kept.append(character)
    return "".join(kept)


def _place(picture: Picture, twig: Twig, depth: int, parent: Node | None) -> None:
    x, y = MARGIN + depth * STEP, MARGIN + len(picture.nodes) * ROW
    picture.width = max(picture.width, x + WIDTH - MARGIN)
    node = Node(x, y, short(twig.label), twig.note, twig.kind, twig.line)
    picture.nodes.append(node)
    if parent is not None:
        picture.edges.append(Edge(parent.x, parent.y, x, y, twig.kind != "open"))
    branches = len(twig.twigs) > 1
    for below in twig.twigs:
        _place(picture, below, depth + branches, node)
