"""What item types and verdicts are called on a page."""

from flask_babel import lazy_gettext as _l

from app.domain.question_types import type_title
from app.web.attempts.blueprint import bp
from app.web.languages import current_language

VERDICTS = {
    "right": _l("Right"),
    "partly": _l("Partly right"),
    "wrong": _l("Wrong"),
    "unanswered": _l("Not answered"),
    "to-mark": _l("To be marked"),
    "to-judge": _l("For you to judge"),
}


@bp.app_template_filter()
def type_name(name: str) -> str:
    """Name a question type (题型)."""
    return type_title(name, current_language())


@bp.app_template_filter()
def verdict_name(state: str) -> str:
    """Name what became of an answer."""
    return str(VERDICTS[state])
