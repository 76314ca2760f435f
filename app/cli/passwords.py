"""Passwords on the command line: read from standard input, or drawn and printed once."""

import sys

import click

from app.domain.accounts import draw_password, refuse_weak_password
from app.web.clock import chance


def take_password(login: str, from_stdin: bool) -> tuple[str, bool]:
    """Return a password, and whether it must be changed at the first sign-in: a drawn one must.

    :raises WeakPassword: the one given is too short, too common or the login itself.
    """
    if not from_stdin:
        return draw_password(chance()), True
    password = sys.stdin.readline().rstrip("\r\n")
    refuse_weak_password(password, login)
    return password, False


def show_password(password: str) -> None:
    """Print a password that was drawn."""
    click.echo(f"One-time password, shown only now: {password}")
