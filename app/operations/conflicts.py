"""When two windows have answered an item, and nobody has chosen yet: one condition for all who ask.

``domain.events.fold_record`` says the same of one attempt's events.
"""

from sqlalchemy import and_, exists, or_
from sqlalchemy.orm import aliased

from app.domain.events import CONFLICT, SAVED
from app.models import Event

_Later = aliased(Event)
_SAID_AGAIN = and_(_Later.client_id == Event.client_id, _Later.status.in_((SAVED, CONFLICT)))
_KNEW_IT = and_(_Later.status == SAVED, _Later.base >= Event.seq)
#: a later answer to the item settles a conflict: of the same window, or of one that knew of it
_SETTLED = exists().where(
    _Later.attempt_id == Event.attempt_id,
    _Later.item == Event.item,
    _Later.seq > Event.seq,
    or_(_SAID_AGAIN, _KNEW_IT),
)
#: an event that stands in a conflict which is open
IS_OPEN_CONFLICT = and_(Event.status == CONFLICT, ~_SETTLED)
