"""The texts of one course together: what they offer to each other by name."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from app.content.parse import Parsed
from app.content.sources import Source, find_media
from app.content.vocabulary import Kind
from app.domain.case import Case
from app.domain.items import Item
from app.domain.quiz import Quiz
from app.domain.syllabus import Syllabus


@dataclass
class Shelf:
    """The sources of one course (or of one folder outside any), each with what was read."""

    parsed: dict[Source, Parsed] = field(default_factory=dict)
    #: the media files, where the texts are not read from folders
    known_media: frozenset[Path] | None = None

    def originals(self, kind: Kind) -> Iterator[tuple[Source, Parsed]]:
        """Yield the originals of a kind."""
        return ((s, p) for s, p in self.parsed.items() if s.kind is kind and not s.is_translation)

    @cached_property
    def slugs(self) -> dict[Kind, set[str]]:
        """The slugs of each kind."""
        return {kind: {source.slug for source, _ in self.originals(kind)} for kind in Kind}

    @cached_property
    def readings(self) -> set[str]:
        """The slugs of cases that are readings, and of those that are broken."""
        return {
            source.slug
            for source, parsed in self.originals(Kind.CASE)
            if not isinstance(parsed.document, Case) or parsed.document.is_reading
        }

    @cached_property
    def cases(self) -> dict[str, Case]:
        """The sound cases by slug."""
        found = ((source.slug, parsed.document) for source, parsed in self.originals(Kind.CASE))
        return {slug: document for slug, document in found if isinstance(document, Case)}

    @cached_property
    def syllabus(self) -> Syllabus | None:
        """The course's syllabus, where there is a sound one."""
        documents = (parsed.document for _, parsed in self.originals(Kind.SYLLABUS))
        return next((document for document in documents if isinstance(document, Syllabus)), None)

    @cached_property
    def modules(self) -> set[str]:
        """The ids of the syllabus's modules."""
        return {module.id for module in self.syllabus.modules} if self.syllabus else set()

    @cached_property
    def objectives(self) -> set[str]:
        """The ids of the syllabus's objectives."""
        modules = self.syllabus.modules if self.syllabus else ()
        return {objective.id for module in modules for objective in module.objectives}

    @cached_property
    def asked(self) -> set[str]:
        """The objectives that an item asks for, its own or its group's or its quiz's."""
        documents = [parsed.document for _, parsed in self.originals(Kind.QUIZ)]
        quizzes = [document for document in documents if isinstance(document, Quiz)]
        return {name for quiz in quizzes for _, names in objectives_of(quiz) for name in names}

    @cached_property
    def media(self) -> set[Path]:
        """The media files of the course."""
        if self.known_media is not None:
            return set(self.known_media)
        first = next(iter(self.parsed), None)
        return set(find_media(first)) if first else set()

    @cached_property
    def languages(self) -> set[str]:
        """The languages into which something of the course is translated."""
        return {source.language for source in self.parsed if source.is_translation}


def objectives_of(quiz: Quiz) -> Iterator[tuple[Item, tuple[str, ...]]]:
    """Yield each scored item with the objectives in force for it."""
    for group in quiz.groups:
        for item in group.items:
            if item.is_scored:
                yield item, item.objectives or group.objectives or quiz.objectives
