"""Where the points of an attempt come from, response by response, for its record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext, ngettext

from app.operations.given_marks import GivenMark, MarkedResponse
from app.web.attempts.wording import Label


@dataclass(frozen=True, slots=True)
class Sees:
    """What a reader of a record is shown beside the events.

    ``marks`` are the points and comments; ``names`` those of markers, with the keys and the learner's files.
    """

    marks: bool
    names: bool


#: whoever has to answer an appeal
STAFF = Sees(marks=True, names=True)


@dataclass(frozen=True, slots=True)
class MarkLine:
    """One mark in words: who or what gave it, on what grounds."""

    mark: GivenMark
    source: str
    notes: Sequence[str]


@dataclass(frozen=True, slots=True)
class MarkedItem:
    """A question with what it earned and the marks that it was given."""

    label: Label
    response: MarkedResponse
    lines: Sequence[MarkLine]

    @property
    def is_waiting(self) -> bool:
        """Whether somebody has still to mark it."""
        return self.response.score is None


def marked_items(
    responses: Sequence[MarkedResponse], labels: Mapping[str, Label], sees: Sees
) -> list[MarkedItem]:
    """Put the marks of an attempt into words; nothing where they may not be seen."""
    if not sees.marks:
        return []
    return [
        MarkedItem(labels[one.item], one, [_line(mark, sees) for mark in one.marks])
        for one in responses
        if one.item in labels and labels[one.item].number is not None
    ]


def _line(mark: GivenMark, sees: Sees) -> MarkLine:
    return MarkLine(mark, _source(mark, sees), [note for note in _notes(mark) if note])


def _source(mark: GivenMark, sees: Sees) -> str:
    if mark.key_revision is not None:
        return gettext("By the key of revision %(n)s", n=mark.key_revision)
    if sees.names and mark.name:
        return gettext("By %(name)s", name=mark.name)
    return gettext("By a marker")


def _notes(mark: GivenMark) -> Sequence[str]:
    awarded = ", ".join(str(number) for number in mark.awarded)
    return [
        ngettext("Marking point %(which)s", "Marking points %(which)s", len(mark.awarded), which=awarded)
        if mark.awarded
        else "",
        gettext("Met another mark that its marker had not seen") if mark.in_conflict else "",
        gettext("Reason: %(reason)s", reason=mark.reason) if mark.reason else "",
    ]
