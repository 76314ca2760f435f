"""Draft a migration from what the models say: ``python -m migrations.draft MESSAGE``.

``--anew`` replaces all versions by one; only while nothing was released.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import click
from alembic import command

from app.cli.upgrading import upgrade_database
from app.models.engine import make_engine
from app.operations.migrating import alembic_config
from app.settings import Settings, read_settings

VERSIONS = Path(__file__).parent / "versions"


@click.command()
@click.argument("message")
@click.option("--anew", is_flag=True, help="Replace all versions by this one.")
def draft(message: str, anew: bool) -> None:
    """Write migrations/versions/NNNN_MESSAGE.py."""
    kept = {path: path.read_text(encoding="utf-8") for path in VERSIONS.glob("*.py")}
    if anew:
        for path in kept:
            path.unlink()
    try:
        _draft(message, 1 if anew else len(kept) + 1)
    except Exception:
        for path, content in kept.items():
            path.write_text(content, encoding="utf-8")
        raise
    for tidy in (["format"], ["check", "--fix"]):
        subprocess.run([sys.executable, "-m", "ruff", *tidy, "--quiet", str(VERSIONS)], check=True)


def _draft(message: str, number: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings({"INSTANCE": folder})
        if number > 1:
            upgrade_database(settings)
        _write(settings, message, f"{number:04}")


def _write(settings: Settings, message: str, number: str) -> None:
    engine = make_engine(settings.database_url)
    with engine.connect() as connection:
        config = alembic_config(connection)
        config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
        command.revision(config, message, autogenerate=True, rev_id=number)
    engine.dispose()


if __name__ == "__main__":
    draft()
