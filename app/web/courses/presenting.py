"""What the course page shows of a syllabus and of a learner's progress in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import url_for
from flask_babel import gettext
from markupsafe import Markup

from app.domain.items import Level
from app.domain.progress import CourseProgress, Material, ModuleProgress
from app.domain.syllabus import MaterialKind, Module, Syllabus
from app.models import Course, Document, Revision
from app.operations.documents import syllabus_of
from app.web.filters import percent, reached
from app.web.languages import current_language

Titles = Mapping[tuple[str, str], Mapping[str, Document]]
Fragments = Mapping[str, Any]
HUNDRED = Decimal(100)
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class CourseLink:
    """A course as breadcrumbs and lists name it."""

    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class MaterialView:
    """One thing to do; ``detail`` is a quiz's best result."""

    kind: str
    title: str
    url: str
    done: bool
    begun: bool
    detail: str


@dataclass(frozen=True, slots=True)
class ObjectiveView:
    """An objective with its requirement level."""

    id: str
    level: Level | None
    text: Markup


@dataclass(frozen=True, slots=True)
class ModuleView:
    """A module as the tracker shows it. Hours are class hours; ``earned`` is None for a stranger."""

    id: str
    number: int
    title: Markup
    body: Markup
    hours: Decimal | None
    delivered: Decimal | None
    earned: Decimal | None
    state: str
    is_next: bool
    done: int
    total: int
    objectives: tuple[ObjectiveView, ...]
    material: tuple[MaterialView, ...]


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one thing to do now."""

    note: str
    title: str
    detail: str
    action: str
    url: str


@dataclass(frozen=True, slots=True)
class Tracker:
    """The module tracker. ``done`` and ``total`` count material; None for somebody who earns nothing."""

    modules: tuple[ModuleView, ...]
    next: NextStep | None
    done: int | None
    total: int | None
    declared: Decimal
    listed: Decimal
    gap: Decimal
    delivered: Decimal | None
    earned: Decimal | None


@dataclass(frozen=True, slots=True)
class CoursePage:
    """A course's published syllabus in one language, with what the tracker needs beside it.

    ``delivered`` is None where there is no offering to deliver in.
    """

    course: CourseLink
    language: str
    syllabus: Syllabus
    fragments: Fragments
    titles: Titles
    delivered: Mapping[str, Decimal] | None

    @classmethod
    def of_syllabus(cls, course: Course, revision: Revision, fragments: Fragments) -> "CoursePage":
        """Return a page that knows modules and objectives only, for a page beside the course's."""
        return cls(course_link(course), current_language(), syllabus_of(revision), fragments, {}, None)

    def tracker(self, progress: CourseProgress, *, counts: bool) -> Tracker:
        """Show progress; without ``counts`` only the course itself."""
        earning = counts or None
        return Tracker(
            modules=tuple(
                self._module(n, one, progress, counts) for n, one in enumerate(progress.modules, 1)
            ),
            next=self.next_step(progress) if counts else None,
            done=earning and sum(one.done_count for one in progress.modules),
            total=earning and sum(len(one.material) for one in progress.modules),
            declared=progress.declared,
            listed=progress.listed,
            gap=progress.gap,
            delivered=None if self.delivered is None else sum(self.delivered.values(), ZERO),
            earned=progress.earned if counts else None,
        )

    def next_step(self, progress: CourseProgress) -> NextStep | None:
        """Say what to do now."""
        material, module = progress.next, progress.next_module
        if material is None or module is None:
            return None
        return NextStep(
            note=gettext("Go on with") if material.begun else gettext("Next"),
            title=self.title_of(material),
            detail=module.title,
            action=gettext("Continue") if material.begun else gettext("Begin"),
            url=material_url(self.course.slug, material.kind, material.slug),
        )

    def module_title(self, module_id: str | None) -> str | None:
        """Return the title of a module of this course."""
        return next((module.title for module in self.syllabus.modules if module.id == module_id), None)

    def objectives(self, ids: tuple[str, ...]) -> list[ObjectiveView]:
        """Return objectives of this course by id; unknown ids are left out."""
        return [
            view for module in self.syllabus.modules for view in self._objectives(module) if view.id in ids
        ]

    def case_title(self, slug: str) -> str:
        """Return the title of a case of this course."""
        return title_in(self.titles, MaterialKind.CASE, slug, self.language)

    def title_here(self, document: Document) -> str:
        """Return the title of a document in the language of the page, its own where there is none."""
        documents = self.titles.get((document.kind, document.slug), {})
        return documents.get(self.language, document).title

    def title_of(self, material: Material) -> str:
        """Return the title of a piece of material."""
        return title_in(self.titles, material.kind, material.slug, self.language)

    def _module(self, number: int, one: ModuleProgress, progress: CourseProgress, counts: bool) -> ModuleView:
        module = one.module
        return ModuleView(
            id=module.id,
            number=number,
            title=self._html(f"{module.id}.title", module.title),
            body=self._html(f"{module.id}.body", ""),
            hours=one.planned,
            delivered=self._delivered(module),
            earned=one.earned if counts else None,
            state=_state(one),
            is_next=counts and progress.next_module is module,
            done=one.done_count,
            total=len(one.material),
            objectives=tuple(self._objectives(module)),
            material=tuple(self._material(each, counts) for each in one.material),
        )

    def _delivered(self, module: Module) -> Decimal | None:
        return None if self.delivered is None else self.delivered.get(module.id, ZERO)

    def _objectives(self, module: Module) -> list[ObjectiveView]:
        return [
            ObjectiveView(one.id, one.level, self._html(f"{module.id}.objective.{one.id}", one.text))
            for one in module.objectives
        ]

    def _material(self, material: Material, counts: bool) -> MaterialView:
        return MaterialView(
            kind=material.kind.value,
            title=self.title_of(material),
            url=material_url(self.course.slug, material.kind, material.slug),
            done=material.done,
            begun=material.begun,
            detail=_detail(material) if counts else "",
        )

    def _html(self, name: str, plain: str) -> Markup:
        return Markup(self.fragments[name]) if name in self.fragments else Markup.escape(plain)


def course_link(course: Course) -> CourseLink:
    """Name a course in the language of the page."""
    return CourseLink(course.slug, course.title(current_language()))


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


def _detail(material: Material) -> str:
    if material.quiz and material.quiz.best is not None:
        best = reached(material.quiz.best)
        needed = percent(material.quiz.pass_mark / HUNDRED)
        if material.done:
            return gettext("best %(best)s", best=best)
        return gettext("best %(best)s, %(needed)s needed", best=best, needed=needed)
    return gettext("begun") if material.begun and not material.done else ""


def _state(progress: ModuleProgress) -> str:
    if progress.is_done:
        return "done"
    return "begun" if progress.is_begun else "open"
