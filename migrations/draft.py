"""Draft a migration from what the models say: ``python -m migrations.draft MESSAGE``.

``--anew`` replaces all versions by one; only while nothing was released.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import click
from alembic import command

from app.cli.database import alembic_config, upgrade_database
from app.models.engine import make_engine
from app.settings import Settings, read_settings

VERSIONS = Path(__file__).parent / "versions"


@click.command()
@click.argument("message")
@click.option("--anew", is_flag=True, help="Replace all versions by this one.")
def draft(message: str, anew: bool) -> None:
    """Write migrations/versions/NNNN_MESSAGE.py."""
    if anew:
        for old in VERSIONS.glob("*.py"):
            old.unlink()
    number = f"{len(list(VERSIONS.glob('*.py'))) + 1:04}"
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings({"INSTANCE": folder})
        if not anew:
            upgrade_database(settings)
        _write(settings, message, number)
    for tidy in (["format"], ["check", "--fix"]):
        subprocess.run([sys.executable, "-m", "ruff", *tidy, "--quiet", str(VERSIONS)], check=True)


def _write(settings: Settings, message: str, number: str) -> None:
    engine = make_engine(settings.database_url)
    with engine.connect() as connection:
        config = alembic_config(connection)
        config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
        command.revision(config, message, autogenerate=True, rev_id=number)
    engine.dispose()


if __name__ == "__main__":
    draft()
