"""How long a million mixed responses take to score: ``python -m tests.benchmarks.bench_scoring``.

Responses of every type that a key scores, right and wrong in turn, on one core, without a database, and
in the same run the floor: each answer written as JSON and read back.
"""

import json
from collections.abc import Iterator
from itertools import cycle, islice
from time import process_time
from typing import Any

import click

from app.content.parse import Kind, parse_text
from app.domain.case import Case
from app.domain.items import Item, with_case
from app.domain.quiz import Quiz, with_inherited
from app.domain.scoring import score
from app.domain.variables import lowest_values, with_values
from app.settings import ROOT

RESPONSES, CHUNK = 1_000_000, 10_000
QUIZ, CASE = "quizzes/ground-service/service-drill.md", "cases/ground-service/first-car-door.md"
ANSWERS: dict[str, list[Any]] = {
    "door": ["2", "1", "3"],
    "guard": [["1", "2", "4"], ["1"], ["1", "3"]],
    "smile": [False, True],
    "first-words": ["2", "1", "3"],
    # more wordings than are kept, so that most are read anew
    "words": [["女士优先", "护顶"], *([f"女士優先{n}", f"护顶 {n}次"] for n in range(40_000))],
    "broadcast": [["1", "登机牌", "12", "1"], ["2", "登机证", "十二", "1"]],
    "excess": ["18", "18元", "十八", "1,234.5", "NaN"],
    "gap": ["18", "十八学时", "17"],
    "steps": [["1", "2", "3", "4"], ["2", "1", "3", "4"]],
    "areas": [{"1": "1", "2": "2", "3": "3", "4": "4"}, {"1": "5"}],
    "lobby": [{"best": "2", "worst": "3"}, {"best": "3", "worst": "1"}],
    "wording": [{"1": 5, "2": 2, "3": 1}, {"1": 3}],
    "why": ["先开了后排的门，忘了女士优先。", ""],
    "walk": [["3", "1"], ["1"]],
}


def read_quiz() -> dict[str, Item]:
    """Return the items of the quiz with everything filled in."""
    quiz = parse_text((ROOT / QUIZ).read_text(encoding="utf-8"), Kind.QUIZ).document
    case = parse_text((ROOT / CASE).read_text(encoding="utf-8"), Kind.CASE).document
    assert isinstance(quiz, Quiz)
    assert isinstance(case, Case)
    filled = (with_inherited(item, group, quiz) for group in quiz.groups for item in group.items)
    bound = (with_case(with_values(one, lowest_values(one.variables)), case) for one in filled)
    return {item.id: item for item in bound}


def mixed(items: dict[str, Item]) -> Iterator[tuple[Item, Any]]:
    """Give responses to all items in turn, for ever."""
    answers = {key: cycle(given) for key, given in ANSWERS.items()}
    for key in cycle(ANSWERS):
        yield items[key], next(answers[key])


def measure(items: dict[str, Item]) -> tuple[float, float]:
    """Return the seconds of scoring and those of the floor, taken in turns: machines change their speed."""
    scoring = floor = 0.0
    given = mixed(items)
    for _ in range(RESPONSES // CHUNK):
        chunk = list(islice(given, CHUNK))
        begin = process_time()
        for item, answer in chunk:
            score(item, answer)
        between = process_time()
        for _, answer in chunk:
            json.loads(json.dumps(answer))
        scoring, floor = scoring + between - begin, floor + process_time() - between
    return scoring, floor


def main() -> None:
    """Measure and print."""
    items = read_quiz()
    for item, answer in islice(mixed(items), 100):
        score(item, answer)
    per_type: dict[str, float] = {}
    for key, given in ANSWERS.items():
        begin = process_time()
        for answer in islice(cycle(given), 2_000):
            score(items[key], answer)
        per_type[f"{items[key].type.value} {key}"] = (process_time() - begin) / 2_000
    scoring, floor = measure(items)
    click.echo(f"{RESPONSES:,} mixed responses: {scoring:.1f} s, {scoring / floor:.2f} x the floor")
    click.echo(f"  floor, each written as JSON and read back: {floor:.1f} s")
    for name, seconds in per_type.items():
        click.echo(f"  {name:28} {seconds * 1_000_000:7.1f} µs")


if __name__ == "__main__":
    main()
