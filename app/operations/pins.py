"""What an attempt is pinned to, kept in memory: none of it ever changes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.items import Item
from app.domain.kept import Kept
from app.domain.layout import Layout
from app.operations.sittings import Sitting, get_sitting


@dataclass(frozen=True, slots=True)
class Pins:
    """What saving an answer needs to know of an attempt, in its original language."""

    public_id: str
    attempt_id: int
    offering_id: int
    is_practice: bool
    layout: Layout
    items: Mapping[str, Item]
    translations: Sequence[Mapping[str, Item]] = ()

    def wordings(self, key: str) -> list[Item]:
        """Return an item in every language of the attempt."""
        return [self.items[key], *(each[key] for each in self.translations)]


#: attempts by public id and person; some 20 kB each with 50 items
Attempts = Kept[tuple[str, int], Pins]
MOST = 2048


def pins_of(sitting: Sitting) -> Pins:
    """Return the pins of a sitting."""
    others = [language for language in sitting.revisions if language != sitting.document.language]
    return Pins(
        public_id=sitting.attempt.public_id,
        attempt_id=sitting.attempt.id,
        offering_id=sitting.offering.id,
        is_practice=sitting.is_practice,
        layout=sitting.layout,
        items=sitting.items(),
        translations=[sitting.items(language) for language in others],
    )


def find_pins(opened: Callable[[], Session], kept: Attempts, public: str, user_id: int) -> Pins:
    """Return the pins of a person's own attempt, read once a process.

    :param opened: gives the session to read with, if it is needed.

    :raises NotFound: this person has no such attempt.
    """
    pins = kept.find((public, user_id))
    if pins is None:
        pins = pins_of(get_sitting(opened(), public, user_id))
        kept.keep((public, user_id), pins)
    return pins
