"""``casehall content load`` and ``casehall content render``: texts into the database."""

from pathlib import Path

import click

from app.cli.instance import open_instance
from app.cli.loading import default_folders, load_library, render_all, report
from app.content.diagnostics import count_of


@click.command()
@click.argument("folders", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))
def load(folders: tuple[Path, ...]) -> None:
    """Publish what is new or changed in folders of texts (by default cases and quizzes).

    Nothing published elsewhere is overwritten, nothing is deleted.
    """
    with open_instance():
        loaded = load_library(folders or default_folders())
        report(loaded)
    if not loaded.is_whole:
        raise SystemExit(1)


@click.command()
def render() -> None:
    """Render anew every published text that the present renderer has not rendered."""
    with open_instance():
        click.echo(f"{count_of(render_all(), 'text')} rendered")
