"""Routes compiled once for all tests: every test has an application of its own, which compiles anew."""

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]


def share_routes() -> None:
    """Let every application use the functions that write addresses which others have compiled.

    Werkzeug makes them of the rule's parts alone and binds them to the rule afterwards.
    """
    compiled: dict[Any, Builder] = {}
    compile_anew = Rule._compile_builder

    def compile_once(rule: Rule, append_unknown: bool = True) -> Builder:
        name = (tuple(rule._trace), tuple((rule.defaults or {}).items()), append_unknown)
        if name not in compiled:
            compiled[name] = compile_anew(rule, append_unknown)
        return compiled[name]

    Rule._compile_builder = compile_once  # type: ignore[assignment,method-assign]
