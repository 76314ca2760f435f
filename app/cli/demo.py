"""``casehall demo``: the demo courses with their people, and the mock exams that are open."""

import click
from flask import current_app

from app.cli.folders import default_folders
from app.cli.instance import open_instance
from app.cli.loading import load_library, report
from app.domain.accounts import draw_password
from app.operations.demo import create_demo
from app.operations.demo_exam import ensure_demo_exams
from app.operations.demo_people import PEOPLE, missing_people
from app.operations.passwords import hash_password
from app.settings import BadSetting, Settings
from app.web.clock import chance, clock
from app.web.database import reading, writing


@click.command()
def demo() -> None:
    """Create the demo courses, their people and open mock exams; print the passwords of those who are new."""
    with open_instance():
        loaded = load_library(default_folders())
        report(loaded)
        if not create_people():
            click.echo("The people of the demo are there already; their passwords stay as they are.")
        with writing() as session:
            opened = [one.public_id for one in ensure_demo_exams(session, clock(), chance())]
    for public_id in opened:
        click.echo(f"A mock exam is open: /exams/{public_id}")


def create_people() -> bool:
    """Create the missing people of the demo with random passwords, and print these once.

    :raises BadSetting: this is a production instance.
    """
    settings: Settings = current_app.config["SETTINGS"]
    if settings.is_production:
        raise BadSetting("PUBLIC_URL is https: a production instance has no demo people")
    missing = missing_people(reading())
    if not missing:
        return False
    passwords = {one.login: draw_password(chance()) for one in missing}
    hashes = {login: hash_password(password) for login, password in passwords.items()}
    with writing() as session:
        create_demo(session, hashes, clock(), chance())
        ensure_demo_exams(session, clock(), chance())
    click.echo("Demo people, with passwords that are shown only now:")
    for one in PEOPLE:
        if one.login in passwords:
            role = one.role or one.site_role
            click.echo(f"  {one.login:12} {passwords[one.login]:14} {role:10} {one.name}")
    return True
