"""Walk a case on the command line: ``casehall walk FILE CHOICES… --json``."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from app.cli.content import document_of
from app.content.key_json import plain
from app.domain.case import Case
from app.domain.errors import Refusal, UnknownChoice, WalkEnded
from app.domain.reach import explore
from app.domain.walk import Walk, walk_choices


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("choices", nargs=-1, type=int)
@click.option("--json", "as_json", is_flag=True, help="The state as JSON.")
def walk(file: Path, choices: Sequence[int], as_json: bool) -> None:
    """Walk a case by option numbers in the order of its decisions."""
    document = document_of(file)
    if not isinstance(document, Case):
        raise click.ClickException(f"{file} is no case")
    if not explore(document).is_sound:
        raise click.ClickException(
            f"{file}: a path of this case comes to no ending; see casehall content check"
        )
    state = _state(_walk(document, choices))
    if as_json:
        click.echo(json.dumps(state, ensure_ascii=False))
        return
    for name, value in state.items():
        click.echo(f"{name}: {value}")


def _walk(case: Case, choices: Sequence[int]) -> Walk:
    try:
        return walk_choices(case, choices)
    except UnknownChoice as refusal:
        raise click.ClickException(f"a decision has no option {refusal}") from None
    except WalkEnded:
        raise click.ClickException("the case ended before all choices were made") from None
    except Refusal as refusal:
        raise click.ClickException(f"this case cannot be walked: {refusal.code} {refusal}".strip()) from None


def _state(state: Walk) -> dict[str, Any]:
    return {
        "at": state.at,
        "ended": state.ended,
        "ending": state.ending,
        "score": plain(state.score),
        "best": plain(state.best),
        "worst": plain(state.worst),
        "dimensions": state.dimensions,
        "path": list(state.path),
    }
