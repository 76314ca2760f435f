"""Fill an instance before it is served: what ``make run`` does at the first start."""

import click
from flask import Flask

from app.cli.database import upgrade_database
from app.cli.demo import create_people
from app.cli.loading import default_folders, load_library, render_all, report
from app.settings import Settings


def prepare(app: Flask) -> None:
    """Bring the database to the version of the code, load the texts, make the demo people once."""
    settings: Settings = app.config["SETTINGS"]
    before, after = upgrade_database(settings)
    if before is None:
        click.echo(f"Database made at {after}.")
    elif before != after:
        click.echo(f"Database upgraded to {after}.")
    with app.app_context():
        report(load_library(default_folders()))
        render_all()
        if not settings.is_production:
            create_people()
