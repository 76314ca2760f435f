"""What the kinds of sections are called."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.domain.case import SectionKind

KINDS: dict[SectionKind, LazyString] = {
    SectionKind.SCENE: _l("Scene"),
    SectionKind.DECISION: _l("Decision"),
    SectionKind.OUTCOME: _l("Outcome"),
    SectionKind.ENDING: _l("Ending"),
    SectionKind.EXHIBIT: _l("Exhibit"),
    SectionKind.QUESTION: _l("Question to think about"),
    SectionKind.HINT: _l("Hint"),
    SectionKind.MODEL_ANSWER: _l("Model answer"),
}


def kind_name(kind: SectionKind) -> str:
    """Name a kind of section."""
    return str(KINDS[kind])
