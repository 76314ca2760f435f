"""What the states of somebody in an exam are called."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.domain.results import ResultState

STATES: Mapping[ResultState, LazyString] = {
    ResultState.COMPLETE: _l("Scored"),
    ResultState.TO_MARK: _l("To be marked"),
    ResultState.HANDED_IN: _l("Handed in"),
    ResultState.SITTING: _l("Sitting"),
    ResultState.EXPECTED: _l("Expected"),
    ResultState.ABSENT: _l("Absent"),
    ResultState.VOIDED: _l("Voided"),
}
