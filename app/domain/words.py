"""Sentences that are written below the web, and translated where somebody reads them."""

from collections.abc import Mapping
from dataclasses import dataclass, field


def marked(sentence: str) -> str:
    """Mark a sentence for the translators; it stays as it is."""
    return sentence


@dataclass(frozen=True, slots=True)
class Sentence:
    """A marked sentence with the values that stand in it, as ``%(name)s``."""

    text: str
    values: Mapping[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text % dict(self.values)
