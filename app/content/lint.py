"""Lint of a sound text: errors of a case's graph, and what an author should look at."""

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
            _check_case(parsed.document, found)
        case Quiz():
            lint_quiz(parsed.document, found)
        case Syllabus():
            for module in parsed.document.modules:
                _check_module(module, found)
    return tuple(sorted(found.noted))


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
