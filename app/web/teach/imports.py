"""Bring in answers from a learner's device: a file, or the same as text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import FileField, TextAreaField

from app.domain.errors import BadExport, Refusal
from app.domain.events import REPLAYED, AnswerEvent
from app.domain.exported import MOST_EXPORTED, read_export
from app.domain.protocol import Sent, Unfit
from app.domain.roles import Permission
from app.operations.halls import Hall, get_hall
from app.operations.imports import Imported, import_answers
from app.operations.saving import Ack
from app.web.attempts.record_words import KINDS, status_name
from app.web.attempts.sheets import bare_sheet
from app.web.attempts.wording import Label, Wording, labels
from app.web.database import Session, reading, writing
from app.web.errors import refusal_message
from app.web.forms import Form
from app.web.security import current_person, requires, takes_at_most
from app.web.sessions import address
from app.web.teach.blueprint import bp
from app.web.teach.exams import about_hall

FILE_BYTES = 4 * 1024 * 1024
FORM_BYTES = 2 * FILE_BYTES


class ImportForm(Form):
    """What a learner's page handed out, as a file or as text."""

    file = FileField(_l("The file"))
    text = TextAreaField(
        _l("Or the same as text"),
        description=_l("The whole text, from the first to the last brace."),
        render_kw={"rows": 6, "spellcheck": "false", "autocomplete": "off"},
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one event: which item, which answer, the outcome, and why."""

    item: Label | None
    kind: str
    answer: str
    code: str
    words: str


@bp.get("/exams/<public_id>/import")
@requires(Permission.INVIGILATE)
def import_answers_form(public_id: str) -> ResponseReturnValue:
    """Show where answers are brought in."""
    hall = get_hall(reading(), current_person(), public_id, Permission.INVIGILATE)
    return show_import(hall, ImportForm(formdata=None))


@bp.post("/exams/<public_id>/import")
@takes_at_most(FORM_BYTES)
@requires(Permission.INVIGILATE)
def bring_in(public_id: str) -> ResponseReturnValue:
    """Judge what was handed in, and show every outcome."""
    person, form = current_person(), ImportForm()
    hall = get_hall(reading(), person, public_id, Permission.INVIGILATE)
    try:
        export = read_export(_given(form))
        with writing() as session:
            hall = get_hall(session, person, public_id, Permission.INVIGILATE)
            imported = import_answers(session, person, hall, export, (g.received_at, address()))
    except BadExport as bad:
        form.text.errors = [_problem(str(bad))]
        return show_import(hall, form, 422)
    return render_template(
        "teach/exam_imported.html",
        **about_hall(reading(), hall),
        imported=imported,
        outcomes=_outcomes(reading(), imported, export.events),
    )


def show_import(hall: Hall, form: ImportForm, status: int = 200) -> ResponseReturnValue:
    """Render the form."""
    response = make_response(
        render_template("teach/exam_import.html", **about_hall(reading(), hall), form=form)
    )
    response.status_code = status
    return response


def _given(form: ImportForm) -> str:
    """Return the text that was given, of the file if there is one."""
    file = request.files.get("file")
    if isinstance(file, FileStorage) and file.filename:
        data = file.stream.read(FILE_BYTES + 1)
        if len(data) > FILE_BYTES:
            raise BadExport("large")
        return data.decode("utf-8-sig", errors="replace")
    if not (form.text.data or "").strip():
        raise BadExport("nothing")
    return form.text.data or ""


def _problem(reason: str) -> str:
    """Say what is wrong with what was given, and what to do."""
    problems = {
        "nothing": gettext("Choose the file, or paste the text."),
        "large": gettext("The file is larger than 4 MB: no page of an attempt hands out so much."),
        "json": gettext(
            "This cannot be read. Take the file as it is, or the whole text from the first to the last brace."
        ),
        "version": gettext("This comes from a newer version of Casehall. Update this one first."),
        "events": gettext("There must be 1 to %(most)s answers in it.", most=MOST_EXPORTED),
        "attempt": gettext("These answers belong to another exam. Bring them in on that exam's board."),
        "person": gettext("These answers name another person than the one who sits this attempt."),
        "left": gettext("This student has no place in the course any more. Enrol the student again first."),
    }
    return problems.get(reason, refusal_message(BadExport()))


def _outcomes(session: Session, imported: Imported, events: Sequence[Sent]) -> list[Outcome]:
    wording = Wording(bare_sheet(session, imported.sitting))
    named = labels(wording, imported.sitting.layout.places)
    return [_outcome(wording, named, *pair) for pair in zip(events, imported.acks, strict=True)]


def _outcome(wording: Wording, named: Mapping[str, Label], sent: Sent, ack: Ack) -> Outcome:
    code, words = _told(ack)
    if isinstance(sent, Unfit):
        return Outcome(None, "", "", code, words)
    label = named.get(sent.item)
    return Outcome(label, str(KINDS[sent.kind]), _answer(wording, sent, ack) if label else "", code, words)


def _answer(wording: Wording, sent: AnswerEvent, ack: Ack) -> str:
    """Return the answer in words; one that was refused may have any form."""
    if isinstance(ack.outcome, Refusal) or (isinstance(sent.answer, bool) and sent.kind == "flag"):
        return ""
    return wording.answer(next(p for p in wording.sheet.places if p.key == sent.item), sent.answer)


def _told(ack: Ack) -> tuple[str, str]:
    outcome = ack.outcome
    if isinstance(outcome, Refusal):
        return "refused", refusal_message(outcome)
    if outcome.status == REPLAYED:
        first = status_name(outcome.was or "") or gettext("Noted")
        return REPLAYED, gettext("Had arrived before: %(outcome)s", outcome=first)
    return outcome.status, status_name(outcome.status) or gettext("Noted")
