"""One item about to be shown: its answer, and as much of its key as the review lets through."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from app.domain.items import Item
from app.domain.layout import Place
from app.domain.review import Aspect, Review
from app.operations.files import KeptFile


@dataclass(frozen=True, slots=True)
class Showing:
    """One item about to be shown. ``answer`` counts in the order shown; ``parts`` are a score's, by name."""

    item: Item
    place: Place
    answer: Any
    html: Callable[[str], Markup]
    review: Review
    parts: Mapping[str, Any]
    files: Sequence[KeptFile] = ()

    @property
    def shows_key(self) -> bool:
        """Whether the key may be seen."""
        return self.review.shows(Aspect.KEY)

    def judged(self, is_right: bool) -> bool | None:
        """Return whether something given was right, None where that is not told."""
        return is_right if self.review.shows(Aspect.CORRECTNESS) else None

    def right(self, name: str) -> bool | None:
        """Return whether a part of the answer was right, None where that is not told, or not known."""
        found: bool | None = self.parts.get(name)
        return None if found is None else self.judged(found)

    def feedback(self, name: str, *, is_chosen: bool) -> Markup:
        """Return a feedback; without the key only that on what was chosen, or it would give the key away."""
        may_see = self.review.shows(Aspect.FEEDBACK) and (is_chosen or self.shows_key)
        return self.html(name) if may_see else Markup()

    def given(self, name: str) -> Any:
        """Return what an answer that is an object says under a name."""
        return self.answer.get(name) if isinstance(self.answer, dict) else None
