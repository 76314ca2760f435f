"""What the course page shows of a syllabus and of a learner's progress in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import url_for
from markupsafe import Markup

from app.domain.items import Level
from app.domain.progress import CourseProgress, Material, ModuleProgress
from app.domain.syllabus import MaterialKind, Syllabus
from app.models import Document

Titles = Mapping[tuple[str, str], Mapping[str, Document]]
Fragments = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MaterialView:
    """One thing to do. ``best`` and ``pass_mark`` are percentages of a quiz."""

    kind: MaterialKind
    title: str
    url: str
    done: bool
    begun: bool
    best: Decimal | None
    pass_mark: Decimal | None


@dataclass(frozen=True, slots=True)
class ObjectiveView:
    """An objective with its requirement level."""

    id: str
    level: Level | None
    text: Markup


@dataclass(frozen=True, slots=True)
class ModuleView:
    """A module as the tracker shows it; ``state`` is done, begun or open. Hours are class hours."""

    id: str
    number: int
    title: Markup
    body: Markup
    planned: Decimal | None
    delivered: Decimal | None
    earned: Decimal
    state: str
    done: int
    total: int
    objectives: tuple[ObjectiveView, ...]
    material: tuple[MaterialView, ...]


@dataclass(frozen=True, slots=True)
class CoursePage:
    """Everything the course page needs to know beside the course and the offering."""

    slug: str
    language: str
    syllabus: Syllabus
    fragments: Fragments
    titles: Titles
    delivered: Mapping[str, Decimal]

    def modules(self, progress: CourseProgress) -> tuple[ModuleView, ...]:
        """Return the modules in syllabus order."""
        return tuple(self._module(n, one) for n, one in enumerate(progress.modules, 1))

    def material(self, material: Material) -> MaterialView:
        """Return one piece of material as the tracker shows it."""
        record = material.quiz
        return MaterialView(
            kind=material.kind,
            title=self._title(material),
            url=material_url(self.slug, material.kind, material.slug),
            done=material.done,
            begun=material.begun,
            best=record.best if record else None,
            pass_mark=record.pass_mark if record else None,
        )

    def _module(self, number: int, progress: ModuleProgress) -> ModuleView:
        module = progress.module
        return ModuleView(
            id=module.id,
            number=number,
            title=self.html(f"{module.id}.title", module.title),
            body=self.html(f"{module.id}.body", ""),
            planned=progress.planned,
            delivered=self.delivered.get(module.id),
            earned=progress.earned,
            state=_state(progress),
            done=progress.done_count,
            total=len(progress.material),
            objectives=tuple(
                ObjectiveView(one.id, one.level, self.html(f"{module.id}.objective.{one.id}", one.text))
                for one in module.objectives
            ),
            material=tuple(self.material(one) for one in progress.material),
        )

    def html(self, name: str, plain: str) -> Markup:
        """Return a rendered fragment, or the plain text, escaped, where nothing was rendered."""
        return Markup(self.fragments[name]) if name in self.fragments else Markup.escape(plain)

    def case_title(self, slug: str) -> str:
        """Return the title of a case of this course."""
        return title_in(self.titles, MaterialKind.CASE, slug, self.language)

    def _title(self, material: Material) -> str:
        return title_in(self.titles, material.kind, material.slug, self.language)


def title_in(titles: Titles, kind: MaterialKind, slug: str, language: str) -> str:
    """Return a document's title in the language, else in another one it has."""
    documents = titles[("quiz" if kind is MaterialKind.QUIZ else "case", slug)]
    document = documents.get(language) or next(iter(documents.values()))
    return document.title


def material_url(course: str, kind: MaterialKind, slug: str) -> str:
    """Return the address of a case, reading or quiz of a course."""
    if kind is MaterialKind.QUIZ:
        return url_for("attempts.quiz", slug=course, quiz=slug)
    return url_for("cases.show", slug=course, case=slug)


def _state(progress: ModuleProgress) -> str:
    if progress.is_done:
        return "done"
    return "begun" if progress.is_begun else "open"
