"""``casehall content load``, ``render``, ``diff`` and ``dump``: texts into the database and back."""

from pathlib import Path

import click
from flask import current_app

from app.cli.instance import open_instance
from app.cli.loading import default_folders, load_library, render_all, report
from app.content.diagnostics import count_of
from app.operations.dumping import Dump, Standing, plan_dump, write_dump
from app.settings import ROOT
from app.web.database import reading


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


LIBRARY = click.argument("library", type=click.Path(file_okay=False, path_type=Path), default=ROOT)
WORDS = {
    Standing.MISSING: "not in the folder",
    Standing.BEHIND: "published since",
    Standing.CONFLICT: "conflict",
}


@click.command()
@LIBRARY
def diff(library: Path) -> None:
    """Tell how the folders of a library stand against what is published; exit 1 where they differ."""
    with open_instance():
        found = plan_dump(reading(), library)
    tell(found)
    if any(one.standing is not Standing.SAME for one in found.texts):
        raise SystemExit(1)


@click.command()
@LIBRARY
def dump(library: Path) -> None:
    """Write what is published into the folders of a library; a file with words of its own is left alone."""
    with open_instance():
        found = plan_dump(reading(), library)
        written = write_dump(found, library, current_app.config["SETTINGS"].instance)
    tell(found)
    click.echo(f"{count_of(len(written), 'file')} written")
    if any(one.standing is Standing.CONFLICT for one in found.texts):
        click.echo("In conflict: the file says what was never published; load it, or move it away.", err=True)
        raise SystemExit(1)


def tell(found: Dump) -> None:
    """Say how each file stands, a line each; those that are the same are only counted."""
    for one in found.texts:
        if one.standing is not Standing.SAME:
            click.echo(f"{WORDS[one.standing]:17} {one.path}")
    same = sum(one.standing is Standing.SAME for one in found.texts)
    click.echo(f"{'the same':17} {same}")
