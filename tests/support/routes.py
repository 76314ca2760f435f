"""Routes compiled once for all tests: every test has an application of its own, which compiles anew."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from werkzeug.routing import Rule
from werkzeug.routing.rules import RulePart

Builder = Callable[..., tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a rule makes of its text."""

    parts: list[RulePart]
    trace: list[tuple[bool, str]]
    converters: dict[str, Any]
    arguments: set[str]


def share_routes() -> None:
    """Let every application use what others have made of the same rules.

    Werkzeug makes it of the rule's text alone and binds it to the rule afterwards.
    """
    _share_parts()
    _share_builders()


def _share_parts() -> None:
    parsed: dict[str, Parsed] = {}
    parse_anew = Rule._parse_rule

    def parse_once(rule: Rule, text: str) -> list[RulePart]:
        if text not in parsed:
            before, rule._trace = rule._trace, []
            parts = list(parse_anew(rule, text))
            parsed[text] = Parsed(parts, rule._trace, dict(rule._converters), set(rule.arguments))
            rule._trace = before
        found = parsed[text]
        rule._trace += found.trace
        rule._converters |= found.converters
        rule.arguments |= found.arguments
        return found.parts

    Rule._parse_rule = parse_once  # type: ignore[assignment,method-assign]


def _share_builders() -> None:
    compiled: dict[Any, Builder] = {}
    compile_anew = Rule._compile_builder

    def compile_once(rule: Rule, append_unknown: bool = True) -> Builder:
        name = (tuple(rule._trace), tuple((rule.defaults or {}).items()), append_unknown)
        if name not in compiled:
            compiled[name] = compile_anew(rule, append_unknown)
        return compiled[name]

    Rule._compile_builder = compile_once  # type: ignore[assignment,method-assign]
