"""Do the jobs that wait: once from the command line, all the time in a thread of the server."""

import logging
import threading

import click
from flask import Flask, current_app

from app.cli.instance import open_instance
from app.operations import jobs as queue
from app.operations.job_kinds import KINDS
from app.web.attempts.presence import write_seen
from app.web.clock import clock
from app.web.database import FAILURES, reading, renewed_reading, writing

LOG = logging.getLogger("casehall.jobs")
IDLE_SECONDS = 1.0


@click.group()
def jobs() -> None:
    """Work that is done beside the requests."""


@jobs.command()
@click.option("--once", is_flag=True, required=True, help="Do what waits and is due, then end.")
def run(once: bool) -> None:
    """Do the jobs that wait."""
    with open_instance():
        done, failed = run_waiting_jobs()
    click.echo(f"{done} done, {failed} failed.")
    if failed:
        raise click.exceptions.Exit(1)


def run_waiting_jobs() -> tuple[int, int]:
    """Do every job that waits or is due; return how many went well and how many failed."""
    if not queue.has_work(reading(), KINDS, clock()):
        return 0, 0
    with writing() as session:
        queue.add_due_jobs(session, KINDS, clock())
    outcomes = []
    while (job_id := _lease()) is not None:
        outcomes.append(_run(job_id))
    return outcomes.count(True), outcomes.count(False)


def start_worker(app: Flask) -> None:
    """Do jobs in a thread of this process for as long as it lives."""
    threading.Thread(target=_work, args=(app,), name="jobs", daemon=True).start()


def _work(app: Flask) -> None:
    idle = threading.Event()
    while not idle.wait(IDLE_SECONDS):
        with app.app_context():
            try:
                run_waiting_jobs()
                write_seen()
            except FAILURES as failure:
                LOG.warning("database not available: %r", failure)
            except Exception:
                LOG.exception("jobs were interrupted")


def _lease() -> int | None:
    with writing() as session:
        return queue.lease_job(session, clock())


def _run(job_id: int) -> bool:
    """Do one job, each slice in a transaction of its own; return whether it went well."""
    try:
        more, instance = True, current_app.config["SETTINGS"].instance
        while more:
            write = queue.prepare_slice(renewed_reading(), KINDS, job_id, instance)
            with writing() as session:
                more = queue.run_slice(session, KINDS, job_id, clock(), write)
    except FAILURES:
        # the lease runs out and the job is taken up again
        raise
    except Exception as fault:
        LOG.exception("job %s failed", job_id)
        with writing() as session:
            queue.fail_job(session, job_id, type(fault).__name__)
        return False
    return True
