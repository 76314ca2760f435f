"""What changes between texts are called."""

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _l

from app.content.aspects import PartSort
from app.content.changes import Change, Fact, Sort
from app.web.authoring.fact_words import FACTS

#: a part with its id, by what it is
PARTS: dict[PartSort, LazyString] = {
    PartSort.TEXT: _l("settings of the text"),
    PartSort.GROUP: _l("group “%(id)s”"),
    PartSort.ITEM: _l("question %(id)s"),
    PartSort.SECTION: _l("section %(id)s"),
    PartSort.MODULE: _l("module %(id)s"),
    PartSort.OBJECTIVE: _l("objective %(id)s"),
}
#: a question that has a number beside it
NUMBERED = _l("question %(n)s (%(id)s)")


def told(change: Change) -> str:
    """Say what a change is: question 3 (q3): key A → B, points 2 → 3."""
    part = str(NUMBERED if change.number else PARTS[change.kind]) % {"id": change.part, "n": change.number}
    if change.sort is Sort.CHANGED:
        facts = gettext(", ").join(fact_told(fact) for fact in change.facts)
        return gettext("%(part)s: %(facts)s", part=part, facts=facts)
    sentences = {
        Sort.ADDED: gettext("%(part)s is new", part=part),
        Sort.REMOVED: gettext("%(part)s is gone", part=part),
        Sort.MOVED: gettext("%(part)s stands at another place", part=part),
    }
    return sentences[change.sort]


def fact_told(fact: Fact) -> str:
    """Say what changed of a part, from what to what where that is short."""
    name = str(FACTS[fact.name])
    if not fact.old:
        return gettext("%(fact)s changed", fact=name)
    return gettext("%(fact)s %(old)s → %(new)s", fact=name, old=fact.old, new=fact.new)
