"""Save events as JSON, and tell how an attempt stands: what a page with JavaScript speaks."""

from typing import Any

from flask import Response, g, jsonify, request
from flask.typing import ResponseReturnValue

from app.domain.errors import Refusal
from app.domain.events import REPLAYED, SAVED, Receipt
from app.domain.protocol import read_batch
from app.domain.roles import Permission
from app.operations.event_store import EventStore, Held
from app.operations.pins import find_pins
from app.operations.saving import Ack, save_batch
from app.operations.standing import find_standing
from app.web.attempts.blueprint import bp
from app.web.attempts.memory import pins_kept
from app.web.attempts.presence import note_seen
from app.web.database import look_up_prepared, reading, save
from app.web.errors import refusal_message, refusal_status
from app.web.requests import request_id
from app.web.security import answers_json, current_person, requires, takes_at_most
from app.web.sessions import this_device

BATCH_BYTES = 256 * 1024
#: a page may tell how many of its answers are not sent, for those who watch the exam
UNSAVED = "X-Unsaved"


@bp.post("/attempts/<public_id>/events")
@takes_at_most(BATCH_BYTES)
@answers_json
@requires(Permission.STUDY)
def events(public_id: str) -> ResponseReturnValue:
    """Save a batch of events; each is acknowledged by itself, and only after the commit."""
    received_at, person, device = g.received_at, current_person(), this_device()
    sent = read_batch(request.get_data(cache=False))
    pins = find_pins(reading, pins_kept(), public_id, person.id)

    def job(store: EventStore) -> tuple[list[Ack], Held]:
        return save_batch(store, pins, person, sent, (received_at, device))

    acks, held = save(job)
    if not pins.is_practice and held.device in (None, device):
        note_seen(pins.attempt_id)
    refusals = [ack.outcome for ack in acks if isinstance(ack.outcome, Refusal)]
    told = [_ack(ack) for ack in acks]
    if len(refusals) == len(acks):
        return _all_refused(refusals[0], told)
    deadline = held.timing.shown_deadline(received_at)
    return jsonify(now=_iso(received_at), deadline=deadline and _iso(deadline), acks=told)


@bp.get("/attempts/<public_id>/state")
@answers_json
@requires(Permission.STUDY)
def state(public_id: str) -> ResponseReturnValue:
    """Tell how the attempt stands now; nothing is written."""
    standing = find_standing(look_up_prepared, current_person(), public_id)
    now, timing = g.received_at, standing.timing
    is_elsewhere = standing.device not in (None, this_device())
    if not standing.is_practice and not is_elsewhere:
        note_seen(standing.attempt_id, request.headers.get(UNSAVED, type=int))
    deadline = timing.shown_deadline(now)
    return jsonify(
        now=_iso(now),
        deadline=deadline and _iso(deadline),
        state=timing.shown_state(now),
        paused=timing.paused_at is not None,
        other_device=is_elsewhere,
        answered=standing.answered,
        last_seq=standing.last_seq,
    )


def _all_refused(refusal: Refusal, told: list[dict[str, Any]]) -> Response:
    """Answer a batch of which nothing was kept."""
    response = jsonify(error=refusal.code, message=refusal_message(refusal), request=request_id(), acks=told)
    response.status_code = refusal_status(refusal)
    return response


def _ack(ack: Ack) -> dict[str, Any]:
    outcome = ack.outcome
    if isinstance(outcome, Refusal):
        return {
            "id": ack.id,
            "status": "refused",
            "code": outcome.code,
            "message": refusal_message(outcome),
        }
    told: dict[str, Any] = {
        "id": ack.id,
        "seq": outcome.seq,
        "hash": outcome.hash,
        "status": outcome.status,
    }
    if outcome.status == REPLAYED:
        told["was"] = outcome.was
    return told | _head(outcome)


def _head(receipt: Receipt) -> dict[str, Any]:
    """Return what counts instead, where it is not this event."""
    head = receipt.head
    if receipt.status == SAVED or head is None or head.seq == receipt.seq:
        return {}
    return {"head": {"seq": head.seq, "answer": head.answer}}


def _iso(moment: Any) -> str:
    text: str = moment.isoformat(timespec="milliseconds")
    return text
