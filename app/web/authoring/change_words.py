"""What changes between texts are called."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from app.content.changes import Change, Sort

#: facts of parts, by the names that the comparison gives them
FACTS = {
    "any-order": _l("order of the blanks"),
    "case": _l("case shown"),
    "draw": _l("how many are drawn"),
    "each": _l("points of each"),
    "file": _l("types of files"),
    "hours": _l("class hours"),
    "key": _l("key"),
    "kind": _l("kind of answer"),
    "marking points": _l("marking points"),
    "module": _l("module"),
    "multiple": _l("rule of multiple choice"),
    "next": _l("what comes next"),
    "number of dimensions": _l("number of dimensions"),
    "number of options": _l("number of options"),
    "options": _l("points or ways of the options"),
    "ordering": _l("rule of orderings"),
    "points": _l("points"),
    "reason": _l("whether a reason is asked for"),
    "reveal": _l("when it is shown"),
    "scoring": _l("scoring rule"),
    "shuffle": _l("shuffling"),
    "type": _l("type"),
    "use": _l("use"),
    "when": _l("condition"),
    "words": _l("length asked for"),
    "wording": _l("wording"),
}


def told(change: Change) -> str:
    """Say what a change is: key of q3 changed."""
    part = gettext("the whole text") if change.part == "---" else change.part
    if change.sort is Sort.CHANGED:
        facts = gettext(", ").join(str(FACTS[fact]) for fact in change.facts)
        return gettext("%(part)s: %(facts)s changed", part=part, facts=facts)
    sentences = {
        Sort.ADDED: gettext("%(part)s is new", part=part),
        Sort.REMOVED: gettext("%(part)s is gone", part=part),
        Sort.MOVED: gettext("%(part)s stands at another place", part=part),
    }
    return sentences[change.sort]
