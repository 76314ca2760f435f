"""The module tracker: what of a syllabus is done, which hours are earned, what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from app.domain.quiz import DEFAULT_PASS
from app.domain.syllabus import MaterialKind, Module, Syllabus, hours_gap, listed_hours

HALF = Decimal("0.5")
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class QuizRecord:
    """A learner's best result in a quiz and its pass mark now, as percentages 0..100.

    ``taken``: it was handed in; ``passed``: it was done once, which no later try and no later edition
    takes back.
    """

    best: Decimal | None = None
    pass_mark: Decimal = DEFAULT_PASS
    taken: bool = False
    passed: bool = False

    def after(
        self, result: Decimal | None, own: Decimal, present: Decimal, *, was_answered: bool
    ) -> "QuizRecord":
        """Return the record with one more attempt.

        :param result: percentage 0..100; None where a key scores nothing, and answering is enough.
        :param own: percentage that the attempt's paper asks for.
        :param present: percentage that the quiz asks for now.
        """
        results = [one for one in (self.best, result) if one is not None]
        is_done = was_answered if result is None else reaches(result, own, present)
        return QuizRecord(
            best=max(results, default=None),
            pass_mark=present,
            taken=True,
            passed=self.passed or is_done,
        )


def reaches(result: Decimal, own: Decimal, present: Decimal) -> bool:
    """Whether a result passes: by the mark of the very paper it was taken on, or by a lower one of today.

    >>> reaches(Decimal(65), Decimal(60), Decimal(80))
    True
    """
    return result >= min(own, present)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a learner did in an offering, by slug.

    ``walked``: of a case a walk reached an ending and its questions were answered, of a reading the last
    section was shown; ``begun``: slugs of cases and readings with a walk that is not over. In which of its
    lists the syllabus has one does not matter: what is a reading now may have been a case.
    """

    walked: frozenset[str] = frozenset()
    quizzes: Mapping[str, QuizRecord] | None = None
    begun: frozenset[str] = frozenset()

    def quiz(self, slug: str) -> QuizRecord:
        """Return the record of a quiz; an empty one if it was never taken."""
        return (self.quizzes or {}).get(slug, QuizRecord())


@dataclass(frozen=True, slots=True)
class Material:
    """One thing to do in a module. ``begun`` without ``done`` is work to be continued."""

    kind: MaterialKind
    slug: str
    done: bool
    begun: bool
    quiz: QuizRecord | None = None


@dataclass(frozen=True, slots=True)
class ModuleProgress:
    """A learner's progress in one module. ``planned`` and ``earned`` are class hours."""

    module: Module
    material: tuple[Material, ...]
    planned: Decimal | None
    earned: Decimal

    @property
    def done_count(self) -> int:
        """How much of the material is done."""
        return sum(material.done for material in self.material)

    @property
    def is_done(self) -> bool:
        """Whether all its material is done; a module without material never is."""
        return bool(self.material) and self.done_count == len(self.material)

    @property
    def is_begun(self) -> bool:
        """Whether anything in it was begun or done."""
        return any(material.done or material.begun for material in self.material)


@dataclass(frozen=True, slots=True)
class CourseProgress:
    """A learner's progress in a course. ``next`` is the first undone material in syllabus order."""

    modules: tuple[ModuleProgress, ...]
    declared: Decimal
    listed: Decimal
    gap: Decimal
    earned: Decimal
    next: Material | None
    next_module: Module | None


def earned_hours(module: Module, done: int, material: int) -> Decimal:
    """Return the class hours earned: hours x done/material in steps of 0.5, whole only when done.

    Rounded down, so that no half hour is credited before it was worked for.

    >>> earned_hours(Module("m1", "", Decimal(3)), 1, 4)
    Decimal('0.5')
    >>> earned_hours(Module("m1", "", Decimal(3)), 4, 4)
    Decimal('3')
    """
    if module.hours is None or material == 0:
        return ZERO
    if done == material:
        return module.hours
    steps = (module.hours * done / material / HALF).to_integral_value(ROUND_FLOOR)
    return steps * HALF


def module_progress(module: Module, evidence: Evidence) -> ModuleProgress:
    """Decide what of a module is done."""
    material = (
        *(_walked(MaterialKind.READING, slug, evidence) for slug in module.readings),
        *(_walked(MaterialKind.CASE, slug, evidence) for slug in module.cases),
        *(_quizzed(slug, evidence) for slug in module.quizzes),
    )
    done = sum(one.done for one in material)
    return ModuleProgress(module, material, module.hours, earned_hours(module, done, len(material)))


def course_progress(syllabus: Syllabus, evidence: Evidence) -> CourseProgress:
    """Decide a learner's progress in a course: the one rule behind tracker, matrix and front page."""
    modules = tuple(module_progress(module, evidence) for module in syllabus.modules)
    undone = [(one.module, item) for one in modules for item in one.material if not item.done]
    next_module, next_material = undone[0] if undone else (None, None)
    return CourseProgress(
        modules=modules,
        declared=syllabus.hours,
        listed=listed_hours(syllabus),
        gap=hours_gap(syllabus),
        earned=sum((one.earned for one in modules), ZERO),
        next=next_material,
        next_module=next_module,
    )


def _walked(kind: MaterialKind, slug: str, evidence: Evidence) -> Material:
    return Material(kind, slug, slug in evidence.walked, slug in evidence.begun)


def _quizzed(slug: str, evidence: Evidence) -> Material:
    record = evidence.quiz(slug)
    return Material(MaterialKind.QUIZ, slug, record.passed, record.taken, record)
