"""What commands about exams have in common: times, finding an exam, telling of it in a line."""

from datetime import UTC, datetime
from typing import Any

import click
from flask import current_app

from app.models import Exam
from app.operations.halls import Hall
from app.settings import Settings
from app.web.clock import clock


class Moment(click.ParamType[datetime]):
    """A local ISO time of the site's zone, or one with its own zone."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read the time; without a zone it is made aware later, when the settings are known."""
        try:
            return value if isinstance(value, datetime) else datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value} is not an ISO time such as 2026-03-02T09:00", param, ctx)


MOMENT = Moment()


def aware(moment: datetime | None) -> datetime | None:
    """Read a time without a zone as one of the site's."""
    if moment is None:
        return None
    settings: Settings = current_app.config["SETTINGS"]
    local = moment if moment.tzinfo else moment.replace(tzinfo=settings.timezone)
    return local.astimezone(UTC)


def found(hall: Hall | None, public: str) -> Hall:
    """Return the exam.

    :raises ClickException: there is none of this id.
    """
    if hall is None:
        raise click.ClickException(f"There is no exam {public}; see: casehall exams list")
    return hall


def facts(hall: Hall, begun: int) -> dict[str, Any]:
    """Return what is told of an exam; times are local ones of the site."""
    exam: Exam = hall.exam
    settings: Settings = current_app.config["SETTINGS"]

    def local(moment: datetime | None) -> str | None:
        return moment.astimezone(settings.timezone).isoformat(timespec="minutes") if moment else None

    return {
        "public_id": exam.public_id,
        "course": hall.course.slug,
        "quiz": hall.document.slug,
        "title": hall.title,
        "kind": exam.kind,
        "state": exam.state(clock()).value,
        "opens": local(exam.opens_at),
        "closes": local(exam.closes_at),
        "minutes": exam.minutes,
        "attempts": exam.attempts_allowed,
        "begun": begun,
    }


def line(told: dict[str, Any]) -> str:
    """Put an exam into one line."""
    names = ("public_id", "course", "kind", "state", "opens", "closes", "title")
    return "\t".join(str(told[name] or "-") for name in names)
