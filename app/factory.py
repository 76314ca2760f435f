"""The two ways in: the application for a server, and the command line."""

import os
from typing import TYPE_CHECKING

from app.cli import casehall
from app.settings import Settings, read_settings

if TYPE_CHECKING:
    from flask import Flask


def create_app(settings: Settings | None = None) -> "Flask":
    """Make the application, by default with the settings of the environment."""
    # commands that need no web start without it
    from app.web.application import make_application

    return make_application(settings or read_settings(os.environ))


def main() -> None:
    """Run the command line."""
    casehall()
