"""Document → text in canonical form: ``parse(format(document)) == document``."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from decimal import Decimal

from app.content.blocks import write_block, write_scoring
from app.content.escape import (
    escape_arrow,
    escape_heading,
    escape_more,
    escape_objective,
    escape_tail,
    escape_text,
)
from app.content.shapes import shape_of
from app.content.shapes.blanks import needs_force
from app.content.shapes.cloze import write_stem
from app.content.shapes.constructed import write_constructed
from app.content.shapes.judgement import DEFAULT_SCALE
from app.content.shapes.shape import indent, quote
from app.content.values import plain_number
from app.content.vocabulary import (
    CASE_KINDS,
    DIFFICULTIES,
    FRONT_KEYS,
    LEVELS,
    MATERIALS,
    ORDERINGS,
    SECTION_NAMES,
    SECTIONS,
    USES,
    Kind,
    is_chinese,
    write_word,
)
from app.domain.case import Case, Choice, Section, SectionKind
from app.domain.items import Item, ItemType
from app.domain.keys import BlanksKey, ConstructedKey, RatingKey
from app.domain.quiz import Group, Quiz
from app.domain.syllabus import Module, Objective, Syllabus

Document = Case | Quiz | Syllabus
_KINDS: dict[type[Document], Kind] = {Case: Kind.CASE, Quiz: Kind.QUIZ, Syllabus: Kind.SYLLABUS}
_WORDS: dict[str, Mapping[str, str]] = {
    "use": USES,
    "kind": CASE_KINDS,
    "difficulty": DIFFICULTIES,
    "ordering": ORDERINGS,
}
#: their quotations are no explanations, and they have no answer lines
_WITHOUT_ANSWERS = frozenset({ItemType.INFO, ItemType.WALK})
_SHARED = ("objectives", "level", "difficulty", "topic")


def format_document(document: Document) -> str:
    """Write a document as its author would: keys in its language, nothing that is inherited."""
    chunks: Iterable[Sequence[str]]
    match document:
        case Case():
            chunks = (
                lines for section in document.sections for lines in _section(section, document.language)
            )
        case Quiz():
            chunks = _quiz(document)
        case Syllabus():
            chunks = (lines for module in document.modules for lines in _module(module, document.language))
    text = [_front_matter(document), *chunks]
    return "\n\n".join("\n".join(lines) for lines in text if lines) + "\n"


def append_groups(text: str, groups: Iterable[Group], language: str) -> str:
    """Write groups below the text of a quiz, which stays as its author wrote it.

    The items of an untitled group go to the last one that stands there.
    """
    chunks = [
        lines
        for group in groups
        for lines in (
            *(_group(group, language) if group.title or group.stem or group.case else ()),
            *(lines for item in group.items for lines in _item(item, language)),
        )
    ]
    return "\n\n".join([text.rstrip(), *("\n".join(lines) for lines in chunks if lines)]) + "\n"


def _front_matter(document: Document) -> list[str]:
    kind = _KINDS[type(document)]
    defaults = {spec.name: spec.default for spec in fields(document)}
    lines = ["---"]
    for key, chinese in FRONT_KEYS[kind].items():
        name = "pass_mark" if key == "pass" else key
        value = getattr(document, name)
        if value != defaults[name] and value is not None:
            shown = chinese if is_chinese(document.language) else key
            lines.append(f"{shown}: {_front_value(key, value, document.language)}")
    return [*lines, "---"]


def _front_value(key: str, value: object, language: str) -> str:
    if isinstance(value, bool):
        return ("是" if value else "否") if is_chinese(language) else ("yes" if value else "no")
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, Decimal):
        return plain_number(value) + ("%" if key == "pass" else getattr(value, "unit", ""))
    if key == "multiple":
        return write_scoring(str(value), language)
    return write_word(str(value), _WORDS[key], language) if key in _WORDS else str(value)


def _quiz(quiz: Quiz) -> Iterable[Sequence[str]]:
    for number, group in enumerate(quiz.groups):
        if number or group.title or group.stem:
            yield from _group(group, quiz.language)
        for item in group.items:
            yield from _item(item, quiz.language)


def _group(group: Group, language: str) -> Iterable[Sequence[str]]:
    keys = ("each", "draw", "shuffle", "case", *_SHARED)
    block = write_block(((key, getattr(group, key)) for key in keys), language)
    yield [f"# {escape_heading(group.title)}{block}"]
    yield _text(group.stem)


def _item(item: Item, language: str) -> Iterable[Sequence[str]]:
    forced = isinstance(item.key, BlanksKey) and needs_force(item.key)
    write = str if item.type in _WITHOUT_ANSWERS else write_stem(item)
    pairs = [
        ("id", item.id),
        ("points", item.points),
        ("info", item.type is ItemType.INFO),
        ("type", "blanks" if forced else None),
        ("scoring", item.scoring),
        ("any-order", item.any_order),
        ("scale", _scale(item)),
        *((key, getattr(item, key)) for key in ("kind", "words", "file", "walk", *_SHARED, "was")),
    ]
    yield [f"## {escape_heading(write(item.heading))}".rstrip() + write_block(pairs, language)]
    yield _text(write(item.body), None if item.type in _WITHOUT_ANSWERS else Kind.QUIZ)
    yield shape_of(item.type).write(item, language)
    yield [line for hint in item.hints for line in indent(escape_more(hint), "? ")]
    yield quote(item.explanation)


def _scale(item: Item) -> str | None:
    key = item.key
    if not isinstance(key, RatingKey) or (key.low, key.high) == DEFAULT_SCALE:
        return None
    return f"{key.low}..{key.high}"


def _section(section: Section, language: str) -> Iterable[Sequence[str]]:
    keys = ("id", "points", "next", "when", "reason", "reveal", "words", "was")
    pairs: list[tuple[str, object]] = [(key, getattr(section, key)) for key in keys]
    pairs.append(("kind", section.question_kind))
    name = write_word(section.kind, SECTIONS, language)
    if not is_chinese(language):
        name = SECTION_NAMES[section.kind]
    title = escape_tail(section.title)
    colon = ":" if is_chinese(language) else ": "
    yield [f"## {name}{colon + title if title else ''}{write_block(pairs, language)}"]
    yield _text(section.body, Kind.CASE)
    if section.kind is SectionKind.DECISION:
        yield [line for choice in section.choices for line in _choice(choice, language)]
    if section.kind is SectionKind.QUESTION:
        yield write_constructed(ConstructedKey(section.marking_points, section.guidance), language)


def _choice(choice: Choice, language: str) -> list[str]:
    first, *more = escape_more(choice.text).split("\n")
    arrow = f" -> #{choice.target}" if choice.target else ""
    effects = (("effect", f"{effect.dimension}{effect.change:+d}") for effect in choice.effects)
    block = write_block([("points", choice.points), *effects], language)
    head = f"- ( ) {escape_arrow(escape_tail(first, takes_effects=True))}{arrow}{block}"
    return [head, *(f"  {line}" if line else "" for line in more), *quote(choice.feedback, "  ")]


def _module(module: Module, language: str) -> Iterable[Sequence[str]]:
    pairs = [(key, getattr(module, key)) for key in ("id", "hours", "was")]
    yield [f"## {escape_heading(module.title)}{write_block(pairs, language)}"]
    yield _text(module.body)
    yield [line for objective in module.objectives for line in _objective(objective, language)]
    yield [
        f"{chinese if is_chinese(language) else key}: {', '.join(getattr(module, key))}"
        for chinese, key in MATERIALS.items()
        if getattr(module, key)
    ]


def _objective(objective: Objective, language: str) -> list[str]:
    first, *more = objective.text.split("\n")
    text = escape_tail(first)
    if objective.level:
        text = f"{write_word(objective.level, LEVELS, language)} {text}"
    block = write_block([("id", objective.id), ("was", objective.was)], language)
    return [f"- {escape_objective(text)}{block}", *(f"  {line}" if line else "" for line in more)]


def _text(text: str, kind: Kind | None = None) -> list[str]:
    return escape_text(text, kind).split("\n") if text else []
