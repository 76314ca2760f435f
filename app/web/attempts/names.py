"""What item types and verdicts are called on a page."""

from flask_babel import lazy_gettext as _l

from app.web.attempts.blueprint import bp

TYPES = {
    "single": _l("Single choice"),
    "multiple": _l("Multiple choice"),
    "true-false": _l("True or false"),
    "blanks": _l("Fill in the blanks"),
    "numeric": _l("Calculation"),
    "ordering": _l("Put in order"),
    "matching": _l("Match"),
    "best-worst": _l("Best and worst"),
    "rating": _l("Rate each option"),
    "weighted": _l("Best choice"),
    "constructed": _l("Written answer"),
    "upload": _l("File"),
    "walk": _l("Case to decide"),
    "info": _l("Information"),
}
VERDICTS = {
    "right": _l("Right"),
    "partly": _l("Partly right"),
    "wrong": _l("Wrong"),
    "unanswered": _l("Not answered"),
    "to-mark": _l("To be marked"),
}


@bp.app_template_filter()
def type_name(item_type: str) -> str:
    """Name an item type (题型)."""
    return str(TYPES[item_type])


@bp.app_template_filter()
def verdict_name(state: str) -> str:
    """Name what became of an answer."""
    return str(VERDICTS[state])
