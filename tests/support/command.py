"""A command run in this process: what it says and how it ends, without the second that a start takes."""

from pathlib import Path
from subprocess import CompletedProcess

from click.testing import CliRunner

from app.cli import casehall
from tests.support.server import environment


def call_casehall(instance: Path, *arguments: str, told: str = "", **more: str) -> CompletedProcess[str]:
    """Run a command to its end, as :func:`tests.support.server.run_casehall` does in another process.

    ``told`` is what it reads from standard input.
    """
    runner = CliRunner(env=environment(instance, **more))
    done = runner.invoke(casehall, arguments, input=told, catch_exceptions=False)
    return CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)
