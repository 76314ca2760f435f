"""The command line: one file a noun, imported only when it is called."""

from importlib import import_module
from typing import Any

import click

from app.domain.errors import Refusal
from app.settings import ROOT, BadSetting

#: command: the module that holds it, under the same name
COMMANDS = {
    "attempts": "app.cli.attempts",
    "content": "app.cli.content",
    "courses": "app.cli.courses",
    "db": "app.cli.database",
    "demo": "app.cli.demo",
    "exams": "app.cli.exams",
    "jobs": "app.cli.jobs",
    "score": "app.cli.score",
    "serve": "app.cli.serve",
    "simulate": "app.cli.simulate",
    "users": "app.cli.users",
    "walk": "app.cli.walk",
}
CHECKOUT = ("templates", "static", "migrations")
HOMELESS = "Casehall runs from its checkout; install it there with: pip install -e ."


class Commands(click.Group):
    """The commands by name, each imported when it is asked for; refusals end in one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(COMMANDS[cmd_name]), cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; say in one line why it was refused."""
        if not all((ROOT / name).is_dir() for name in CHECKOUT):
            raise click.ClickException(HOMELESS)
        try:
            return super().invoke(ctx)
        except BadSetting as refused:
            raise click.ClickException(str(refused)) from None
        except Refusal as refusal:
            raise click.ClickException(say(refusal)) from None


def say(refusal: Refusal) -> str:
    """Put a refusal into one line: its own words, else what its rule says."""
    return str(refusal) or (type(refusal).__doc__ or refusal.code).strip()


@click.group(cls=Commands)
def casehall() -> None:
    """Casehall (案例讲堂): training and assessment built on case studies."""
