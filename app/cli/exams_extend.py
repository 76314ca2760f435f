"""Give more time in an exam, from the command line: ``casehall exams extend``."""

import json
from datetime import datetime

import click

from app.cli.exam_lines import MOMENT, aware, facts, found
from app.cli.instance import open_instance
from app.operations.credits import list_credited
from app.operations.halls import find_hall
from app.operations.orders import MOST_MINUTES, Order
from app.operations.timekeeping import extend_attempts
from app.web.clock import clock
from app.web.database import writing

#: stands in the record where nobody says why
REASON = "命令行：casehall exams extend"


@click.command()
@click.argument("public_id", metavar="ID")
@click.option("--minutes", type=click.IntRange(1, MOST_MINUTES), required=True, help="How many more.")
@click.option("--open-at", type=MOMENT, help="Local time: to everybody who was open then; now without it.")
@click.option("--reason", default=REASON, show_default=True, help="It stands in every attempt's record.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def extend(public_id: str, minutes: int, open_at: datetime | None, reason: str, as_json: bool) -> None:
    """Give more minutes to everybody who was sitting the exam ID at a time, and still is."""
    with open_instance():
        now = clock()
        at = aware(open_at) or now
        if at > now:
            raise click.UsageError("--open-at lies in the future.")
        with writing() as session:
            hall = found(find_hall(session, public_id), public_id)
            credit = extend_attempts(session, hall, Order(None, reason, now), minutes, at)
            attempts = list(list_credited(session, credit))
            told = {"credit": credit.id, "minutes": minutes, "attempts": attempts}
            line = f"{minutes} more minutes for {len(attempts)} attempts at {facts(hall, 0)['title']}."
    click.echo(json.dumps({"exam": public_id} | told, ensure_ascii=False, indent=2) if as_json else line)
