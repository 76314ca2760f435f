"""The quizzes that a bank takes from, in their languages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.quiz import Quiz


@dataclass(frozen=True, slots=True)
class Source:
    """A quiz that items are taken from: its texts by language, all with the ids of the original.

    ``instructions`` are the numbers, from 1, of groups whose stem is an instruction only, without
    which their items can stand.
    """

    slug: str
    original: str
    quizzes: Mapping[str, Quiz]
    instructions: frozenset[int] = frozenset()
    #: the texts above several items stand in each of them too, so that these can stand alone
    is_told: bool = False
    #: items that cannot have the text above them in them: in its code stands what they would read
    untold: frozenset[str] = frozenset()
    #: questions that are kept out of new papers
    retired: frozenset[str] = frozenset()

    @property
    def master(self) -> Quiz:
        """The quiz in its own language: objectives, levels and rules are taken from it."""
        return self.quizzes[self.original]

    def shares_text(self, number: int) -> bool:
        """Whether the items of a group, by its number, mean nothing without its case or its stem."""
        group = self.master.groups[number - 1]
        return group.case is not None or (bool(self.text_of(number)) and not self.is_told)

    def text_of(self, number: int) -> str:
        """Return the text that the items of a group have in common: its stem, if it is no instruction."""
        return "" if number in self.instructions else self.master.groups[number - 1].stem


def common_languages(sources: Sequence[Source]) -> tuple[str, ...]:
    """Return the languages that all sources have: the original of the first leads if it is one."""
    if not sources:
        return ()
    common = set.intersection(*(set(source.quizzes) for source in sources))
    first = sources[0].original
    return tuple(sorted(common, key=lambda language: (language != first, language)))
