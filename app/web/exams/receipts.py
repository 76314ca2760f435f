"""Receipts: a learner's own, and the page on which anybody verifies one."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue

from app.domain.errors import BadReceipt, NotFound, ReceiptFollows
from app.domain.receipt import key_id, public_text, read_receipt
from app.domain.roles import Permission
from app.operations.halls import find_hall
from app.operations.own_exams import titles_in
from app.operations.receipts import find_receipt_text
from app.operations.signing import load_key
from app.operations.sittings import open_sitting
from app.settings import Settings
from app.web.clock import clock
from app.web.database import reading
from app.web.exams.blueprint import bp
from app.web.languages import current_language
from app.web.security import current_person, find_person, requires, takes_at_most

FORM_BYTES = 64 * 1024


@bp.get("/attempts/<public_id>/receipt")
@requires(Permission.STUDY)
def receipt(public_id: str) -> ResponseReturnValue:
    """Give the receipt of an attempt that was handed in, byte by byte as it was signed.

    What time has closed has its receipt once a job has written the hand-in.
    """
    session = reading()
    sitting = open_sitting(session, current_person(), public_id)
    text = find_receipt_text(session, sitting.attempt.id)
    if text is None:
        raise NotFound(public_id) if sitting.is_open(clock()) else ReceiptFollows(public_id)
    response = make_response(text)
    response.mimetype = "application/json"
    if "download" in request.args:
        name = f"receipt-{public_id}.json"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@bp.get("/verify")
@requires(Permission.PUBLIC)
def verify() -> ResponseReturnValue:
    """Show where a receipt is pasted, and the public key for those who verify by themselves.

    A learner comes here with the own receipt filled in.
    """
    public, person = request.args.get("attempt", ""), find_person()
    if not public or person is None:
        return _show("")
    session = reading()
    sitting = open_sitting(session, person, public)
    return _show(find_receipt_text(session, sitting.attempt.id) or "")


@bp.post("/verify")
@takes_at_most(FORM_BYTES)
@requires(Permission.PUBLIC)
def check() -> ResponseReturnValue:
    """Say whether a receipt is ours and as it was given."""
    text = request.form.get("receipt", "").strip()
    file = request.files.get("file")
    if not text and file is not None:
        text = file.read().decode("utf-8", "replace").strip()
    try:
        said = read_receipt(text, _key().public_key())
    except BadReceipt as refusal:
        return _show(text, problem=str(refusal)), 422
    return _show(text, said=said, about=_about(str(said["exam"])))


def _about(exam: str) -> tuple[str, str] | None:
    """Return what the exam of a genuine receipt is called, and its course; None where it is not here."""
    session, language = reading(), current_language()
    hall = find_hall(session, exam)
    if hall is None:
        return None
    return titles_in(session, [hall], language)[hall.exam.id], hall.course.title(language)


def _show(text: str, **names: object) -> str:
    public = _key().public_key()
    return render_template(
        "exams/verify.html", text=text, key_id=key_id(public), public=public_text(public), **names
    )


def _key() -> Ed25519PrivateKey:
    settings: Settings = current_app.config["SETTINGS"]
    return load_key(settings.instance)
