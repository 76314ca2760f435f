"""Fill an instance before it is served: what ``make run`` does at the first start."""

import click
from flask import Flask

from app.cli.demo import create_people
from app.cli.folders import default_folders
from app.cli.library_mark import files_mark, is_marked, leave_mark, mark_of
from app.cli.loading import load_library, render_all, report
from app.cli.upgrading import upgrade_database
from app.settings import Settings
from app.web.database import reading, renewed_reading


def prepare(app: Flask) -> None:
    """Bring the database to the version of the code, load the texts, make the demo people once."""
    settings: Settings = app.config["SETTINGS"]
    before, after = upgrade_database(settings)
    if before is None:
        click.echo(f"Database made at {after}.")
    elif before != after:
        click.echo(f"Database upgraded to {after}.")
    with app.app_context():
        load_what_is_new(settings)
        if not settings.is_production:
            create_people()


def load_what_is_new(settings: Settings) -> None:
    """Load the folders, unless they, the code and what is published are as the last load left them."""
    folders = default_folders()
    # before they are read: what is changed meanwhile is loaded the next time
    files = files_mark(folders)
    if is_marked(settings.instance, mark_of(reading(), files)):
        return
    loaded = load_library(folders)
    report(loaded)
    render_all()
    if loaded.is_whole:
        leave_mark(settings.instance, mark_of(renewed_reading(), files))
