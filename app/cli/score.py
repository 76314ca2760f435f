"""Score responses on the command line: ``casehall score FILE RESPONSES.json --json``."""

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from app.cli.content import document_of
from app.content.key_json import plain
from app.content.library import read_source
from app.content.sources import find_sources, neighbours_of, source_of
from app.content.vocabulary import Kind
from app.domain import scoring
from app.domain.case import Case
from app.domain.errors import BadAnswer
from app.domain.items import Item, with_case
from app.domain.quiz import Quiz, with_inherited
from app.domain.scoring import Score
from app.domain.scoring.arithmetic import BadExpression
from app.domain.variables import lowest_values, with_values

NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?", re.ASCII)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=FILE)
@click.argument("responses", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Every item's score as JSON.")
def score(file: Path, responses: Path, as_json: bool) -> None:
    """Score responses to a quiz: {"item": answer}, options numbered in the order of the file."""
    quiz = document_of(file)
    if not isinstance(quiz, Quiz):
        raise click.ClickException(f"{file} is no quiz")
    items = {item.id: item for item in _items(quiz, file)}
    answers = _read_answers(responses, items)
    scores = _score_all(items, answers, responses)
    result = _result(scores)
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False, indent=2))
        return
    for name, one in result["items"].items():
        click.echo(f"{name}: {'to be marked' if one['score'] is None else one['score']} of {one['max']}")
    click.echo(f"total: {result['total']} of {result['max']}")


def _items(quiz: Quiz, file: Path) -> list[Item]:
    """Return the scored items, with what they inherit and the cases that they walk."""
    filled = [with_inherited(item, group, quiz) for group in quiz.groups for item in group.items]
    scored = [item for item in filled if item.is_scored]
    cases = _cases_beside(file) if any(item.walk for item in scored) else {}
    return [with_case(item, cases[item.walk]) if item.walk in cases else item for item in scored]


def _cases_beside(file: Path) -> dict[str | None, Case]:
    """Return the cases of the file's course, or of its folder, by slug."""
    source = source_of(file)
    found = neighbours_of(source) if source and source.course else find_sources([file.parent])
    read = ((one.slug, read_source(one).document) for one in found if one.kind is Kind.CASE)
    return {slug: case for slug, case in read if isinstance(case, Case)}


def _read_answers(responses: Path, items: Mapping[str, Item]) -> dict[str, Any]:
    try:
        answers = json.loads(responses.read_bytes())
    except (ValueError, RecursionError) as error:
        raise click.ClickException(f"{responses} is not JSON: {error}") from None
    if not isinstance(answers, dict):
        raise click.ClickException(f'{responses} must hold an object: {{"item": answer}}')
    if unknown := sorted(answers.keys() - items.keys()):
        raise click.ClickException(f"{responses}: the quiz has no scored item {', '.join(unknown)}")
    return answers


def _score_all(items: Mapping[str, Item], answers: Mapping[str, Any], responses: Path) -> dict[str, Score]:
    scores: dict[str, Score] = {}
    refused: list[str] = []
    for name, item in items.items():
        try:
            scores[name] = scoring.score(*_bound(item, answers.get(name)))
        except BadAnswer as refusal:
            refused.append(f"{responses}: {name}: {refusal}")
    if refused:
        raise click.ClickException("\n".join(refused))
    return scores


def _bound(item: Item, answer: Any) -> tuple[Item, Any]:
    """Put values into a calculated item: those given with the answer, else the lowest.

    :raises BadAnswer: the values given are not those of the item, or its key has none for them.
    """
    if not item.variables:
        return item, answer
    values = lowest_values(item.variables)
    if isinstance(answer, dict):
        if not answer.keys() <= {"value", "variables"}:
            raise BadAnswer('an answer with variables is {"value", "variables"}')
        values |= _given(answer.get("variables", {}), values)
        answer = answer.get("value")
    try:
        return with_values(item, values), answer
    except BadExpression:
        raise BadAnswer(f"the answer cannot be calculated with {values}") from None


def _given(given: Any, known: Mapping[str, str]) -> dict[str, str]:
    if not isinstance(given, dict) or given.keys() - known.keys():
        raise BadAnswer(f"variables must be an object with {', '.join(known)}")
    for value in given.values():
        if isinstance(value, bool) or not NUMBER.fullmatch(str(value)):
            raise BadAnswer(f"{str(value)[:20]!r} is no value of a variable")
    return {name: f"{Decimal(str(value)):f}" for name, value in given.items()}


def _result(scores: Mapping[str, Score]) -> dict[str, Any]:
    known = [one.points for one in scores.values() if one.points is not None]
    return {
        "items": {
            name: {
                "score": None if one.points is None else plain(one.points),
                "max": plain(one.maximum),
                "answered": one.answered,
            }
            for name, one in scores.items()
        },
        "total": plain(sum(known, Decimal(0))),
        "max": plain(sum((one.maximum for one in scores.values()), Decimal(0))),
    }
