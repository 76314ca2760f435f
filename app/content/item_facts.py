"""Set what stands in the heading of one question, and leave everything else in a text as it is."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.content.blocks import write_block
from app.content.parse import Kind, Parsed, parse_text
from app.content.tokens import read_tokens, split_block
from app.content.writer import format_document
from app.domain.quiz import Quiz


def with_facts(text: str, parsed: Parsed, item: str, facts: Mapping[str, Any]) -> str:
    """Return the text of a quiz with other facts of one question; where they are empty it has none.

    Only its heading changes; where that is not enough the text is written in canonical form.

    :param parsed: the text as it was read; it has the question.
    :param facts: values by the names of the question's fields: difficulty, objectives.
    """
    assert isinstance(parsed.document, Quiz)
    wanted = _replaced(parsed.document, item, facts)
    lines = text.split("\n")
    place = parsed.lines[item] - 1
    lines[place] = _with_block(lines[place], facts, wanted.language)
    made = "\n".join(lines)
    return made if parse_text(made, Kind.QUIZ, parsed.path).document == wanted else format_document(wanted)


def _replaced(quiz: Quiz, item: str, facts: Mapping[str, Any]) -> Quiz:
    groups = (
        replace(group, items=tuple(replace(one, **facts) if one.id == item else one for one in group.items))
        for group in quiz.groups
    )
    return replace(quiz, groups=tuple(groups))


def _with_block(line: str, facts: Mapping[str, Any], language: str) -> str:
    before, inside, _ = split_block(line.rstrip())
    kept = [token.written for token in read_tokens(inside or "") if token.key not in facts]
    new = write_block(facts.items(), language).strip(" {}")
    tokens = " ".join([*kept, *([new] if new else [])])
    return f"{before} {{{tokens}}}" if tokens else before
