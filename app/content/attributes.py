"""Attribute blocks: ``{#id 5分 key=value flag}`` at the end of a heading, option or objective."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.content.hints import Hint, naming, to_write
from app.content.marks import narrow
from app.content.sheet import Sheet
from app.content.tokens import (
    EFFECT,
    EFFECT_UNIT,
    NUMBER_UNIT,
    Token,
    is_escaped,
    is_open,
    read_tokens,
    spaced_unit,
    split_block,
)
from app.content.values import (
    BadValue,
    Reader,
    read_condition,
    read_files,
    read_from,
    read_hours,
    read_id,
    read_list,
    read_objective,
    read_objectives,
    read_points,
    read_scale,
    read_scoring,
    read_target,
    read_type,
    read_whole,
)
from app.content.vocabulary import (
    ATTRIBUTE_KEYS,
    CONSTRUCTED_KINDS,
    DIFFICULTIES,
    LEVELS,
    REASONS,
    REVEALS,
    key_of,
    nearest_key,
)
from app.domain.case import Effect

_UNITS = ("5分", "0.5pt", "3学时")
#: what is said of a block that nothing closes, and its fix
UNCLOSED = ("the { is not closed by }", "write } at the end of the line")
READERS: Mapping[str, Reader] = {
    "id": read_id,
    "points": read_points,
    "hours": read_hours,
    "objectives": read_objectives,
    "level": read_from(LEVELS),
    "difficulty": read_from(DIFFICULTIES),
    "topic": read_list,
    "each": read_points,
    "draw": read_whole,
    "case": read_id,
    "scoring": read_scoring,
    "type": read_type,
    "kind": read_from(CONSTRUCTED_KINDS),
    "words": read_whole,
    "file": read_files,
    "scale": read_scale,
    "walk": read_id,
    "was": read_objective,
    "next": read_target,
    "when": read_condition,
    "reason": read_from(REASONS),
    "reveal": read_from(REVEALS),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands: which keys it may hold, and readers that differ here."""

    allowed: frozenset[str]
    readers: Mapping[str, Reader] = field(default_factory=dict)
    #: effects such as 礼貌-1 are read too
    takes_effects: bool = False
    name: str = "here"


@dataclass(slots=True)
class Attributes:
    """The values of one block by English key, and the text that stood before it."""

    text: str
    values: dict[str, Any] = field(default_factory=dict)
    effects: tuple[Effect, ...] = ()

    def get(self, key: str, default: Any = None) -> Any:
        """Return a value, or the default where the key is not written."""
        return self.values.get(key, default)

    def only(self, *keys: str) -> dict[str, Any]:
        """Return the written ones of these keys, as names of fields."""
        return {key.replace("-", "_"): self.values[key] for key in keys if key in self.values}


def read_attributes(text: str, line: int, place: Place, sheet: Sheet) -> Attributes:
    """Read the block at the end of ``text``; every fault is noted on this line."""
    before, inside, is_spaced = split_block(text, takes_effects=place.takes_effects)
    if inside is not None and not is_spaced:
        fix = "write a space before {, or \\{ for text"
        hint = Hint(fix, f"{{{inside}}}", f" {{{inside}}}")
        sheet.error(line, "no-space", "these attributes stand without a space before them", hint)
    _check_rest(before, line, sheet)
    attributes = Attributes(before)
    if inside is None:
        return attributes
    effects: list[Effect] = []
    for token in read_tokens(inside):
        _take(token, attributes, effects, _Context(line, place, sheet))
    attributes.effects = tuple(effects)
    block = text[len(before) :].replace("，", ",")
    if narrow(block) != block:
        sheet.wide.append(line)
    return attributes


def _check_rest(before: str, line: int, sheet: Sheet) -> None:
    plain = narrow(before)
    if "{" not in plain:
        return
    position = plain.find("{#")
    while position > 0 and is_escaped(plain, position):
        position = plain.find("{#", position + 1)
    if position >= 0 and not is_escaped(plain, position):
        message = "attributes {#…} stand at the very end of the line"
        fix = "join them in one block, or write \\{ for text"
        if is_open(plain):
            message, fix = UNCLOSED
        sheet.error(line, "stray-attributes", message, fix)
    elif (second := split_block(before))[1] is not None and second[2]:
        sheet.error(line, "stray-attributes", "two blocks of attributes", "join them in one block")


@dataclass(frozen=True, slots=True)
class _Context:
    line: int
    place: Place
    sheet: Sheet

    def refuse(self, code: str, message: str, fix: str = "", word: str = "") -> None:
        self.sheet.error(self.line, code, message, naming(word, fix))


def _take(token: Token, attributes: Attributes, effects: list[Effect], context: _Context) -> None:
    if token.key is None:
        if context.place.takes_effects and (match := EFFECT.fullmatch(narrow(token.written))):
            _take_effect(token.written[: match.end(1)], int(match[2]), effects, context)
        else:
            _refuse_unknown(token, context)
    elif token.key in attributes.values:
        context.refuse(
            "repeated-key", f"{token.written}: {token.key} stands twice in this block", "", token.written
        )
    elif token.key not in context.place.allowed:
        message = f"{token.written} has no place {context.place.name}"
        context.refuse("misplaced-key", message, _allowed(context.place), token.written)
    else:
        _take_value(token.key, token, attributes, context)


def _take_value(key: str, token: Token, attributes: Attributes, context: _Context) -> None:
    try:
        reader = context.place.readers.get(key) or READERS.get(key)
        attributes.values[key] = reader(token.value) if reader else _flag(token)
    except BadValue as bad:
        code = "bad-id" if key == "id" else "bad-value"
        context.refuse(code, f"{token.written}: {bad.message}", bad.fix, token.written)


def _flag(token: Token) -> bool:
    if "=" in narrow(token.written):
        raise BadValue("this word stands alone", "leave = and what follows out")
    return True


def _take_effect(dimension: str, change: int, effects: list[Effect], context: _Context) -> None:
    if any(effect.dimension == dimension for effect in effects):
        context.refuse("repeated-key", f"{dimension} changes twice in this option", "", dimension)
    else:
        effects.append(Effect(dimension, change))


def _refuse_unknown(token: Token, context: _Context) -> None:
    name, equals, _ = narrow(token.written).partition("=")
    known = key_of(name.strip(), ATTRIBUTE_KEYS)
    if equals and known is None:
        fix = nearest_key(name.strip(), ATTRIBUTE_KEYS)
        context.refuse("unknown-key", f"{name.strip()} is no key", fix)
    elif equals:
        written = "".join(token.written.split())
        context.refuse("bad-attribute", f"no spaces in {token.written}", to_write(written, token.written))
    elif known is not None:
        fix = Hint(f"write {name}= and its value", name, f"{name}=…")
        context.refuse("bad-attribute", f"{name} has no value", fix)
    else:
        context.refuse("bad-attribute", *_slip(token, name, context), token.written)


def _slip(token: Token, name: str, context: _Context) -> tuple[str, str]:
    """Say of a word that is neither key nor flag what it was probably meant for."""
    if slip := spaced_unit(name):
        return slip
    if (match := EFFECT_UNIT.fullmatch(name)) and context.place.takes_effects:
        return f"an effect has no unit: {match[1]}", to_write(match[1])
    if NUMBER_UNIT.fullmatch(name) or name.isdecimal():
        return f"{token.written} has no known unit", Hint("write 5分, 0.5pt or 3学时", known=_UNITS)
    return f"{token.written} is no attribute", nearest_key(name, ATTRIBUTE_KEYS)


def _allowed(place: Place) -> Hint:
    names: Sequence[str] = [
        f"{key} {ATTRIBUTE_KEYS[key]}" if key in ATTRIBUTE_KEYS else key for key in sorted(place.allowed)
    ]
    return Hint("allowed: " + ", ".join(names), known=names)
