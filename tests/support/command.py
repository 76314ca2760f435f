"""A command run in this process: what it says and how it ends, without the second that a start takes."""

from pathlib import Path
from subprocess import CompletedProcess

from click.testing import CliRunner

from app.cli import casehall
from tests.support.server import environment


def call_casehall(instance: Path, *arguments: str, **more: str) -> CompletedProcess[str]:
    """Run a command to its end, as :func:`tests.support.server.run_casehall` does in another process."""
    done = CliRunner(env=environment(instance, **more)).invoke(casehall, arguments, catch_exceptions=False)
    return CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)
