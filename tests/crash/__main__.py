"""Kill the server many times and tell what is left: ``python -m tests.crash``."""

import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import click

from tests.crash.trial import new_seed, run_trial
from tests.support import postgres


@click.command()
@click.option("--kills", default=1000, help="How often the server is killed.")
@click.option("--learners", default=10, help="How many write at once.")
@click.option("--seed", type=int, help="Draw what an earlier run drew.")
@click.option("--database", type=click.Choice(["sqlite", "postgresql"]), default="sqlite")
def main(kills: int, learners: int, seed: int | None, database: str) -> None:
    """Kill, compare, print; exit 1 if the promise did not hold."""
    seed = new_seed() if seed is None else seed
    click.echo(f"{database}, {learners} learners, seed {seed}")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = ""
        if database == "postgresql":
            programs = postgres.find_programs()
            if programs is None:
                raise click.ClickException("PostgreSQL is not installed here.")
            address = stack.enter_context(postgres.cluster(programs))
            postgres.run_sql(address, "CREATE DATABASE crash")
            url = f"{address}crash"
        outcome = run_trial(folder, kills, learners, seed, url)
    click.echo(str(outcome))
    for found in outcome.findings.values():
        for line in found[:20]:
            click.echo(line)
    sys.exit(0 if outcome.is_clean else 1)


main()
