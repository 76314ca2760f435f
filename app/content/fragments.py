"""Every Markdown text of a document under a stable name, so that each is rendered once."""

from collections.abc import Iterable, Iterator
from itertools import chain

from app.content.gaps import with_gaps
from app.domain.case import Case, Choice, Section
from app.domain.items import Item
from app.domain.keys import ConstructedKey, MatchingKey
from app.domain.options import MarkingPoint, Option
from app.domain.quiz import Group, Quiz
from app.domain.syllabus import Module, Syllabus

#: name and Markdown
Named = tuple[str, str]

#: kinds of fragments that stand inside a line of the page: no paragraphs, no lists
INLINE_KINDS = frozenset({"title", "choice", "option", "objective", "point", "left", "right"})


def fragments_of(document: Case | Quiz | Syllabus) -> dict[str, str]:
    """Return name -> Markdown of every text that is not blank.

    Names, with n from 1: ``<section>.title .body .choice.<n> .choice.<n>.feedback .point.<n>
    .guidance.<n>``; ``group.<n>.title .stem``; ``<item>.stem .option.<n> .option.<n>.feedback
    .explanation .hint.<n> .point.<n> .guidance.<n> .left.<n> .right.<n> .right.<n>.feedback``;
    ``<module>.title .body .objective.<id>``.
    """
    return {name: text for name, text in _all(document) if text.strip()}


def is_inline(name: str) -> bool:
    """Whether the fragment of this name is rendered without paragraphs.

    >>> is_inline("q1.option.2"), is_inline("q1.option.2.feedback"), is_inline("group.1.title")
    (True, False, True)
    """
    owner, kind, *rest = name.split(".")
    if owner == "group" and kind.isdigit():
        return rest == ["title"]
    if kind == "objective":
        return True
    return kind in INLINE_KINDS and rest[1:] != ["feedback"]


def _all(document: Case | Quiz | Syllabus) -> Iterator[Named]:
    match document:
        case Case():
            return chain.from_iterable(_section(section) for section in document.sections)
        case Quiz():
            groups = enumerate(document.groups, start=1)
            return chain.from_iterable(_group(f"group.{number}", group) for number, group in groups)
        case Syllabus():
            return chain.from_iterable(_module(module) for module in document.modules)


def _section(section: Section) -> Iterator[Named]:
    yield f"{section.id}.title", section.title
    yield f"{section.id}.body", section.body
    yield from _options(f"{section.id}.choice", section.choices)
    yield from _marking(section.id, section.marking_points, section.guidance)


def _group(name: str, group: Group) -> Iterator[Named]:
    yield f"{name}.title", group.title
    yield f"{name}.stem", group.stem
    for item in group.items:
        yield from _item(item)


def _item(item: Item) -> Iterator[Named]:
    yield f"{item.id}.stem", with_gaps(item, item.stem)
    yield from _options(f"{item.id}.option", item.options)
    yield f"{item.id}.explanation", with_gaps(item, item.explanation)
    yield from _numbered(f"{item.id}.hint", (with_gaps(item, hint) for hint in item.hints))
    if isinstance(item.key, ConstructedKey):
        yield from _marking(item.id, item.key.points, item.key.guidance)
    if isinstance(item.key, MatchingKey):
        yield from _numbered(f"{item.id}.left", item.key.lefts)
        for number, pair in enumerate(item.key.pairs, start=1):
            yield f"{item.id}.right.{number}", pair.right
            yield f"{item.id}.right.{number}.feedback", pair.feedback


def _module(module: Module) -> Iterator[Named]:
    yield f"{module.id}.title", module.title
    yield f"{module.id}.body", module.body
    for objective in module.objectives:
        yield f"{module.id}.objective.{objective.id}", objective.text


def _options(name: str, options: Iterable[Choice | Option]) -> Iterator[Named]:
    for number, option in enumerate(options, start=1):
        yield f"{name}.{number}", option.text
        yield f"{name}.{number}.feedback", option.feedback


def _marking(name: str, points: Iterable[MarkingPoint], guidance: Iterable[str]) -> Iterator[Named]:
    yield from _numbered(f"{name}.point", (point.text for point in points))
    yield from _numbered(f"{name}.guidance", guidance)


def _numbered(name: str, texts: Iterable[str]) -> Iterator[Named]:
    return ((f"{name}.{number}", text) for number, text in enumerate(texts, start=1))
