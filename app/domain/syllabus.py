"""A syllabus (教学大纲): modules with class hours (学时), objectives and paired material."""

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from app.domain.items import Level


class MaterialKind(StrEnum):
    """What a module is paired with."""

    CASE = "case"
    QUIZ = "quiz"
    READING = "reading"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Objective:
    """What a learner should reach (教学目标), with its requirement level where one is stated."""

    id: str
    text: str
    level: Level | None = None
    was: str | None = None


@dataclass(frozen=True, slots=True)
class Module:
    """One module (模块). ``hours`` are class hours, None where the source states none."""

    id: str
    title: str
    hours: Decimal | None = None
    body: str = ""
    objectives: tuple[Objective, ...] = ()
    cases: tuple[str, ...] = ()
    quizzes: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    was: str | None = None


@dataclass(frozen=True, slots=True)
class Syllabus:
    """A syllabus as written. ``hours`` is the declared total, which its modules need not reach."""

    title: str
    hours: Decimal
    modules: tuple[Module, ...] = ()
    language: str = "zh"
    source: str = ""
    use: str = "practice"
    code: str = ""
    credits: str = ""
    type: str = ""
    prerequisites: tuple[str, ...] = ()
    department: str = ""
    term: str = ""
    audience: str = ""
    assessment: str = ""
    pass_mark: Decimal | None = None
    public: bool = False
    syntax: str = ""
    format: str = ""


def with_material_of(original: Syllabus, translation: Syllabus) -> Syllabus:
    """Return the translation with the hours and material of the original: progress has one language."""
    there = {module.id: module for module in original.modules}
    return replace(
        translation,
        hours=original.hours,
        modules=tuple(
            replace(
                module,
                hours=there[module.id].hours,
                cases=there[module.id].cases,
                quizzes=there[module.id].quizzes,
                readings=there[module.id].readings,
                files=there[module.id].files,
            )
            for module in translation.modules
        ),
    )


def listed_hours(syllabus: Syllabus) -> Decimal:
    """Return the sum of the modules' class hours."""
    return sum((module.hours for module in syllabus.modules if module.hours is not None), Decimal(0))


def hours_gap(syllabus: Syllabus) -> Decimal:
    """Return declared minus listed hours; 0 when the syllabus adds up."""
    return syllabus.hours - listed_hours(syllabus)


def modules_of(syllabus: Syllabus | None) -> dict[str, str]:
    """Return the module of each objective."""
    modules = syllabus.modules if syllabus else ()
    return {objective.id: module.id for module in modules for objective in module.objectives}
