"""Accounts on the command line: list, add, new password."""

import json
from dataclasses import dataclass
from typing import Any

import click

from app.cli.instance import open_instance
from app.cli.passwords import show_password, take_password
from app.cli.seats import ROLES, seat_in
from app.cli.users_import import import_users
from app.domain.accounts import fold_login
from app.domain.roles import Role, SiteRole
from app.models import User
from app.operations import accounts
from app.operations.enrolment import enrol
from app.operations.passwords import hash_password
from app.web.clock import chance, clock
from app.web.database import reading, writing

ALL = 1_000_000
NO_ADMIN = (
    "Nobody administers this instance yet. Make the first administrator with:\n"
    "  casehall users add LOGIN --name NAME --site-admin"
)


@dataclass(frozen=True, slots=True)
class Added:
    """What the command line says of a new account."""

    login: str
    name: str
    course: str | None
    role: str | None
    cohort: str | None
    site_admin: bool
    password_stdin: bool
    as_json: bool


@click.group()
def users() -> None:
    """Look after the accounts of people."""


@users.command("list")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def list_users(as_json: bool) -> None:
    """List everybody who has an account."""
    with open_instance():
        found = accounts.search_users(reading(), "", ALL)
        needs_admin = not accounts.has_admin(reading())
    if as_json:
        click.echo(json.dumps([facts(user) for user in found], ensure_ascii=False, indent=2))
    else:
        for user in found:
            state = "disabled" if user.is_disabled else "open"
            click.echo(f"{user.login}\t{user.name}\t{user.site_role or '-'}\t{state}")
    if needs_admin:
        click.echo(NO_ADMIN, err=True)


@users.command("add")
@click.argument("login")
@click.option("--name", required=True, help="The person's name.")
@click.option("--course", help="Enrol in this course's current offering.")
@click.option("--role", type=click.Choice(ROLES), help="The role there; student unless said.")
@click.option("--cohort", help="The cohort there.")
@click.option("--site-admin", is_flag=True, help="Let this person administer the instance.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def add_user(**options: Any) -> None:
    """Make an account. Without --password-stdin a one-time password is drawn and printed."""
    wanted = Added(**options)
    if not wanted.course and (wanted.role or wanted.cohort):
        raise click.UsageError("--role and --cohort need --course.")
    with open_instance():
        password, is_drawn = take_password(fold_login(wanted.login), wanted.password_stdin)
        user = make_account(wanted, hash_password(password), is_drawn)
    tell(user, password if is_drawn else None, wanted.as_json)


def make_account(wanted: Added, password_hash: str, is_drawn: bool) -> User:
    """Make the account and its place in a course, both or none."""
    new = accounts.NewUser(
        login=wanted.login,
        name=wanted.name,
        password_hash=password_hash,
        site_role=SiteRole.ADMIN if wanted.site_admin else None,
        must_change_password=is_drawn,
    )
    with writing() as session:
        user = accounts.create_user(session, new, None, clock(), chance())
        if wanted.course:
            seat = seat_in(session, wanted.course, Role(wanted.role or Role.STUDENT), wanted.cohort)
            enrol(session, user.id, seat, None, clock())
    return user


@users.command("reset-password")
@click.argument("login")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def reset_password(login: str, password_stdin: bool, as_json: bool) -> None:
    """Give somebody a new password; every session of theirs ends."""
    with open_instance():
        password, is_drawn = take_password(fold_login(login), password_stdin)
        password_hash = hash_password(password)
        with writing() as session:
            user = accounts.find_user(session, login)
            if user is None:
                raise click.ClickException(f"There is no person with the login {login}.")
            accounts.issue_password(session, user, password_hash, None, clock())
            user.must_change_password = is_drawn
    tell(user, password if is_drawn else None, as_json)


def tell(user: User, password: str | None, as_json: bool) -> None:
    """Report an account, with its one-time password."""
    if as_json:
        click.echo(json.dumps(facts(user) | {"password": password}, ensure_ascii=False, indent=2))
        return
    click.echo(f"{user.login}\t{user.name}\t{user.site_role or '-'}")
    if password is not None:
        show_password(password)


def facts(user: User) -> dict[str, str | bool | None]:
    """Return what is told of an account."""
    return {
        "login": user.login,
        "name": user.name,
        "class_name": user.class_name,
        "site_role": user.site_role,
        "disabled": user.is_disabled,
        "public_id": user.public_id,
    }


users.add_command(import_users)
