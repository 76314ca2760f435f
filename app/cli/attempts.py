"""Attempts on the command line: verify that what was kept is whole."""

import json
from dataclasses import asdict
from typing import TextIO

import click

from app.cli.instance import open_instance
from app.domain.errors import BadReceipt
from app.domain.receipt import MOST_CHARACTERS, read_receipt
from app.operations.signing import load_key
from app.operations.verifying import Fault, list_public_ids, verify_attempt
from app.web.database import renewed_reading

FAULTS = {
    "form": "This is no receipt.",
    "key": "This receipt was signed with another key than that of this instance.",
    "altered": "This receipt was altered: its signature does not fit what it says.",
}


@click.group()
def attempts() -> None:
    """Look after attempts."""


@attempts.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def verify(ids: tuple[str, ...], as_json: bool) -> None:
    """Verify the chains of events, what was made of them, and receipts; without an ID, of every attempt."""
    with open_instance() as app:
        key = load_key(app.config["SETTINGS"].instance).public_key()
        known = set(list_public_ids(renewed_reading()))
        if unknown := [one for one in ids if one not in known]:
            raise click.ClickException(f"There is no attempt {unknown[0]}.")
        chosen = ids or sorted(known)
        # each is read by itself: a long reading would hold up the cleaning of the database's log
        found = (verify_attempt(renewed_reading(), one, key) for one in chosen)
        faults = [fault for fault in found if fault is not None]
    report(len(chosen), faults, as_json)
    if faults:
        raise click.exceptions.Exit(1)


@attempts.command("receipt")
@click.argument("file", type=click.File(encoding="utf-8"), metavar="FILE")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def verify_receipt(file: TextIO, as_json: bool) -> None:
    """Verify a receipt; exit 1 if it was altered, or is none of this instance."""
    with open_instance() as app:
        key = load_key(app.config["SETTINGS"].instance)
        try:
            said = read_receipt(file.read(MOST_CHARACTERS + 1), key.public_key())
        except BadReceipt as refusal:
            raise click.ClickException(FAULTS[str(refusal)]) from None
        except UnicodeDecodeError:
            raise click.ClickException(FAULTS["form"]) from None
    if as_json:
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
        return
    click.echo(f"Genuine. Attempt {said['attempt']}, handed in {said['at']}, {said['answered']} answered.")


def report(count: int, faults: list[Fault], as_json: bool) -> None:
    """Say what was found."""
    if as_json:
        found = {"attempts": count, "faults": [asdict(fault) for fault in faults]}
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for fault in faults:
        click.echo(f"{fault.attempt}\tevent {fault.seq}\t{fault.what}")
    click.echo(f"{count} attempts verified, {len(faults)} with faults.")
