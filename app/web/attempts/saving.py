"""Save the form of a paper: answers, a walk's decision, the check of one item."""

from collections.abc import Mapping

from flask import flash, g, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.domain.errors import (
    AlreadyCommitted,
    AnswerRequired,
    AttemptClosed,
    EventMismatch,
    ItemChanged,
    ItemSettled,
    NotChecked,
    NotNext,
    ReasonRequired,
    TooLong,
    UnknownChoice,
    UnknownItem,
    WalkEnded,
)
from app.domain.events import COMMIT, LATE, Receipt
from app.domain.roles import Permission, Person
from app.operations.checks import Request, check_item
from app.operations.saving import save_answers, save_form
from app.operations.sittings import open_sitting
from app.web.attempts.blueprint import bp
from app.web.attempts.forms import Sent, event_id, read_form
from app.web.attempts.sheet import Draft, Nothing
from app.web.attempts.uploads import FORM_BYTES, Received, attach_received, receive_files
from app.web.attempts.views import show_paper
from app.web.database import Session, reading, writing
from app.web.errors import answer, refusal_message
from app.web.languages import sentences
from app.web.security import current_person, requires, takes_at_most
from app.web.sessions import this_device

#: what refuses a decision and leaves the answers beside it as they are
COMMIT_RULES = (
    AlreadyCommitted,
    EventMismatch,
    NotNext,
    ReasonRequired,
    TooLong,
    UnknownChoice,
    UnknownItem,
    WalkEnded,
)


@bp.post("/attempts/<public_id>/answers")
@takes_at_most(FORM_BYTES)
@requires(Permission.STUDY)
def save(public_id: str) -> ResponseReturnValue:
    """Save the answers of the form; what cannot be kept is shown again with the reason.

    Go on to the check before handing in if that was asked for.
    """
    person = current_person()
    open_sitting(reading(), person, public_id)
    received = receive_files(request.files)
    with writing() as session:
        sent = _read(session, person, public_id, received)
        saved = _save(session, person, public_id, sent)
        receipts = [*saved.values(), *_commit(session, person, public_id, sent)]
        _check(session, person, public_id, (sent, saved))
    tell_outcome(receipts)
    if sent.drafts:
        return _shown_again(public_id, sent)
    endpoint = "attempts.review" if "review" in request.form else "attempts.show"
    return redirect(url_for(endpoint, public_id=public_id, _anchor=_asked_item()), 303)


def _shown_again(public_id: str, sent: Sent) -> ResponseReturnValue:
    """Show the paper with what could not be kept; after the end give back the words at least."""
    response = make_response(show_paper(public_id, sent.drafts))
    if response.status_code == 303:
        count = len(sent.drafts)
        lost = ngettext("%(num)s answer could not be kept.", "%(num)s answers could not be kept.", count)
        return answer(409, AttemptClosed.code, sentences(refusal_message(AttemptClosed()), lost))
    if response.status_code == 200:
        response.status_code = 422
    return response


def _read(session: Session, person: Person, public_id: str, received: Received) -> Sent:
    sitting = open_sitting(session, person, public_id)
    kept = attach_received(session, person, public_id, received)
    sent = read_form(request.form, sitting.items().values(), kept)
    for key, problem in received.problems.items():
        sent.drafts[key] = Draft(Nothing.SAID, problem)
    return sent


def _save(session: Session, person: Person, public_id: str, sent: Sent) -> dict[str, Receipt]:
    """Save each answer that can be; what is refused goes back to its item, and the others stay."""
    answers = [event for event in sent.events if event.kind != COMMIT]
    acks = save_form(session, person, public_id, answers, (g.received_at, this_device()))
    saved: dict[str, Receipt] = {}
    for event, ack in zip(answers, acks, strict=True):
        if isinstance(ack.outcome, Receipt):
            saved[event.item] = ack.outcome
        else:
            # beside the mark of a settled item stands the answer that was marked
            said = Nothing.SAID if isinstance(ack.outcome, ItemSettled) else event.answer
            sent.drafts[event.item] = Draft(said, refusal_message(ack.outcome))
    return saved


def _commit(session: Session, person: Person, public_id: str, sent: Sent) -> list[Receipt]:
    """Commit the decision of a walk, apart from the answers: they stay if it is refused."""
    commits = [event for event in sent.events if event.kind == COMMIT]
    if not commits:
        return []
    try:
        return save_answers(session, person, public_id, commits, (g.received_at, this_device()))
    except COMMIT_RULES as refusal:
        sent.drafts[commits[0].item] = Draft(commits[0].answer, refusal_message(refusal))
    return []


def _check(
    session: Session, person: Person, public_id: str, done: tuple[Sent, Mapping[str, Receipt]]
) -> None:
    """Check the item whose button was pressed; the answers stay if that is refused.

    What another window has put in the place of the answer that was sent or shown is not checked.
    """
    sent, saved = done
    key = request.form.get("check", "")
    if not key or key in sent.drafts or LATE in {receipt.status for receipt in saved.values()}:
        return
    try:
        if key in saved and not saved[key].counts:
            raise ItemChanged(key)
        check_item(session, person, public_id, _asked_check(key, sent), g.received_at)
    except AnswerRequired:
        sent.drafts[key] = Draft(None, gettext("Answer the question before you check it."))
    except (EventMismatch, ItemChanged, ItemSettled, NotChecked, UnknownItem) as refusal:
        sent.drafts[key] = Draft(Nothing.SAID, refusal_message(refusal))


def _asked_check(key: str, sent: Sent) -> Request:
    """Return the check that a form asks for: of the answer that it brought, or of the one that it showed."""
    brought = next((event for event in sent.events if event.item == key), None)
    base = request.form.get(f"base-{key}", default=0, type=int)
    said = brought.answer if brought else base
    token = event_id(f"check-{request.form.get(f'event-{key}', '')}", said)
    return Request(token, request.form.get("client", ""), key, None if brought else base)


def _asked_item() -> str | None:
    """Return the anchor of the item whose button was pressed."""
    key = request.form.get("check") or request.form.get("commit")
    return f"item-{key}" if key else None


def tell_outcome(receipts: list[Receipt]) -> None:
    """Say honestly what became of the answers."""
    kept = sum(receipt.counts for receipt in receipts)
    late = sum(LATE in {receipt.status, receipt.was} for receipt in receipts)
    if kept:
        flash(gettext("Saved."), "success")
    if late:
        flash(
            gettext(
                "Your time was over. These answers are kept as late; they count only if your instructor"
                " says so."
            ),
            "warning",
        )
    if len(receipts) > kept + late:
        flash(
            gettext(
                "Some answers were changed in another window in the meantime. What you see here now"
                " is what counts; change it here if you want something else."
            ),
            "warning",
        )
