"""What a refused order says, in the user's language."""

from flask_babel import gettext

from app.domain.errors import BadExam, Refusal
from app.web.errors import refusal_message


def refused_words(refusal: Refusal) -> str:
    """Return the refusal's own sentence if it has one, else what its rule says."""
    if isinstance(refusal, BadExam) and str(refusal):
        return gettext(str(refusal))
    return refusal_message(refusal)
