"""``casehall content load``, ``render``, ``diff`` and ``dump``: texts into the database and back."""

from pathlib import Path

import click
from flask import current_app

from app.cli.folders import default_folders
from app.cli.instance import open_instance
from app.cli.loading import load_library, render_all, report
from app.content.diagnostics import count_of
from app.operations.dumping import Dump, plan_dump, write_dump
from app.operations.file_standing import Standing
from app.settings import ROOT
from app.web.database import reading


@click.command()
@click.argument("folders", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--over", "is_over", is_flag=True, help="Let a file win over what was published elsewhere.")
def load(folders: tuple[Path, ...], *, is_over: bool) -> None:
    """Publish what is new or changed in folders of texts (by default cases and quizzes).

    Nothing published elsewhere is overwritten but with --over; nothing is deleted.
    """
    with open_instance():
        loaded = load_library(folders or default_folders(), is_over=is_over)
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
    Standing.LINK: "link",
}
LEFT = {
    Standing.CONFLICT: (
        "In conflict: the file says what was never published, or is that of another text. "
        "To let the file win: casehall content load, with --over where that reports a conflict. "
        "To let what is published win: move the file away and dump again."
    ),
    Standing.LINK: "Not written through links, nor outside the folder: put plain files and folders there.",
}


@click.command()
@LIBRARY
def diff(library: Path) -> None:
    """Tell how the folders of a library stand against what is published; exit 1 where they differ."""
    with open_instance():
        found = plan_dump(reading(), library)
    tell(found)
    if any(one.standing is not Standing.SAME for one in found.files):
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
    standings = {one.standing for one in found.files}
    if left := [sentence for standing, sentence in LEFT.items() if standing in standings]:
        click.echo("\n".join(left), err=True)
        raise SystemExit(1)


def tell(found: Dump) -> None:
    """Say how each file stands, a line each; those that are the same are only counted."""
    for one in found.files:
        if one.standing is not Standing.SAME:
            click.echo(f"{WORDS[one.standing]:17} {one.path}")
    same = sum(one.standing is Standing.SAME for one in found.files)
    click.echo(f"{'the same':17} {same}")
