"""Instances of Casehall for tests: a folder, its settings, a migrated database."""

import shutil
from pathlib import Path

from app.cli.upgrading import upgrade_database
from app.settings import Settings, read_settings


def make_settings(folder: Path, **environ: str) -> Settings:
    """Read the settings of a test instance in this folder."""
    return read_settings({"INSTANCE": str(folder), "CASEHALL_ENV": "test"} | environ)


def make_template(folder: Path, **environ: str) -> Path:
    """Migrate an empty database and return its file, if it is one."""
    upgrade_database(make_settings(folder, **environ))
    return folder / "casehall.db"


def copy_template(template: Path, folder: Path) -> None:
    """Put a copy of the migrated database into an instance folder."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(template, folder / "casehall.db")
