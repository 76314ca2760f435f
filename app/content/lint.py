"""Lint of a sound text: errors of a case's graph and of names, and what an author should look at."""

from collections.abc import Iterable, Iterator

from app.content.diagnostics import Diagnostic
from app.content.findings import Findings
from app.content.lint_case import lint_case
from app.content.lint_quiz import check_minutes, lint_quiz
from app.content.parse import Parsed
from app.content.vocabulary import LEVELS
from app.domain.case import Case
from app.domain.quiz import Quiz
from app.domain.syllabus import Module, Syllabus


def lint(parsed: Parsed) -> tuple[Diagnostic, ...]:
    """Check a text beyond its form; nothing where it has errors already."""
    found = Findings(parsed.path, parsed.lines)
    match parsed.document:
        case Case():
            lint_case(parsed.document, found)
            _check_old_names(((one.id, one.was) for one in parsed.document.sections), found)
            _check_case(parsed.document, found)
        case Quiz():
            lint_quiz(parsed.document, found)
            _check_old_names(((one.id, one.was) for one in parsed.document.items), found)
        case Syllabus():
            _check_old_names(_modules(parsed.document), found)
            for module in parsed.document.modules:
                _check_module(module, found)
    return tuple(sorted(found.noted))


def _modules(syllabus: Syllabus) -> Iterator[tuple[str, str | None]]:
    for module in syllabus.modules:
        yield module.id, module.was
        yield from ((one.id, one.was) for one in module.objectives)


def _check_old_names(names: Iterable[tuple[str, str | None]], found: Findings) -> None:
    """Find a name before that is in use, or that two parts had: which of them it was cannot be told."""
    pairs, taken = list(names), set[str]()
    in_use = {name for name, _ in pairs}
    for name, was in pairs:
        if was is None:
            continue
        if was in in_use:
            message = f"was={was} (旧名) is the id of a part of this text"
            found.error(name, "bad-rename", message, "take was= away, or give that part another id")
        elif was in taken:
            message = f"was={was} (旧名) stands at another part of this text too"
            found.error(name, "bad-rename", message, "leave it at one of them")
        taken.add(was)


def _check_case(case: Case, found: Findings) -> None:
    if case.quiz is None and not case.is_reading:
        found.warn("---", "no-quiz", "this case has no quiz (测验)", "write quiz: and its slug")
    texts = [text for section in case.sections for text in (section.title, section.body)]
    texts += [choice.text for section in case.sections for choice in section.choices]
    check_minutes(texts, case.minutes, found)


def _check_module(module: Module, found: Findings) -> None:
    if not (module.cases or module.quizzes or module.readings or module.files):
        found.warn(module.id, "no-material", "this module has no material", "write 案例: or 测验: below it")
    if module.hours is None:
        found.warn(module.id, "no-module-hours", "this module has no class hours (学时)", "write {3学时}")
    for objective in module.objectives:
        word = next((word for word in reversed(LEVELS) if objective.text.startswith(word)), None)
        if objective.level is None and word is not None:
            message = f"“{word}” is no requirement level (层次) here, but a part of the text"
            found.warn(objective.id, "level-without-space", message, f"write “{word} ” with a space")
