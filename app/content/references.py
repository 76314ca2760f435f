"""References between files: slugs, modules, objectives and pictures that must exist."""

from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from app.content.diagnostics import Diagnostic
from app.content.findings import Findings
from app.content.hints import Hint, naming
from app.content.parse import Parsed
from app.content.shelf import Shelf, objectives_of
from app.content.sources import MEDIA, Source, media_of
from app.content.vocabulary import Kind, nearest
from app.domain.case import Case
from app.domain.quiz import Quiz
from app.domain.reach import explore
from app.domain.syllabus import Module, Syllabus

#: what is said of a text with errors too: only what it names itself
NAMING = frozenset({"unknown-slug", "unknown-module", "unknown-objective", "missing-file"})


def check_references(source: Source, shelf: Shelf) -> tuple[Diagnostic, ...]:
    """Check what a text names against what lies on its shelf."""
    parsed = shelf.parsed[source]
    found = Findings(parsed.path, parsed.lines)
    match parsed.partial:
        case Case():
            _check_case(parsed.partial, shelf, found)
        case Quiz():
            _check_quiz(parsed.partial, source, shelf, found)
        case Syllabus():
            _check_syllabus(parsed.partial, source, shelf, found)
    noted = [one for one in found.noted if parsed.document is not None or one.code in NAMING]
    return tuple(noted) + _check_pictures(source, parsed, shelf)


def _check_case(case: Case, shelf: Shelf, found: Findings) -> None:
    _check_module(case.module, shelf, found)
    _check_objectives(case.objectives, "key:objectives", shelf, found)
    if case.quiz is not None:
        _check_slugs([case.quiz], Kind.QUIZ, "key:quiz", (shelf, found))


def _check_quiz(quiz: Quiz, source: Source, shelf: Shelf, found: Findings) -> None:
    _check_module(quiz.module, shelf, found)
    _check_objectives(quiz.objectives, "key:objectives", shelf, found)
    for number, group in enumerate(quiz.groups, 1):
        _check_objectives(group.objectives, f"#{number}", shelf, found)
        if group.case is not None:
            _check_slugs([group.case], Kind.CASE, f"#{number}", (shelf, found))
            _check_wall(group.case, f"#{number}", quiz, (shelf, found))
    for item in quiz.items:
        _check_objectives(item.objectives, item.id, shelf, found)
        if item.walk is not None:
            _check_slugs([item.walk], Kind.CASE, item.id, (shelf, found))
            _check_walk(item.walk, item.id, quiz, (shelf, found))
    if shelf.syllabus and not source.is_translation:
        _check_asking(quiz, found)


def _check_walk(slug: str, place: str, quiz: Quiz, where: tuple[Shelf, Findings]) -> None:
    """Refuse a case that nobody could walk for points, or that practice must not show."""
    shelf, found = where
    case = shelf.cases.get(slug)
    if case is None:
        return
    if case.is_reading or explore(case).best <= 0:
        message = f"no way through the case {slug} earns anything"
        found.error(place, "case-without-score", message, "an item needs a case whose best score is above 0")
    else:
        _check_wall(slug, place, quiz, where)


def _check_wall(slug: str, place: str, quiz: Quiz, where: tuple[Shelf, Findings]) -> None:
    """Refuse to show in practice what is kept for exams."""
    shelf, found = where
    case = shelf.cases.get(slug)
    if case is not None and case.use == "exam" and quiz.use != "exam":
        message = f"the case {slug} is for exams only, this quiz is for practice"
        found.error(place, "walled-case", message, "write use: exam (用途: 考试) in the quiz too")


def _check_asking(quiz: Quiz, found: Findings) -> None:
    for item, objectives in objectives_of(quiz):
        if not objectives:
            message = "this item has no objective (目标)"
            found.warn(item.id, "item-without-objective", message, "write objectives= and its id")


def _check_syllabus(syllabus: Syllabus, source: Source, shelf: Shelf, found: Findings) -> None:
    for module in syllabus.modules:
        _check_slugs(module.cases, Kind.CASE, f"{module.id}/cases", (shelf, found))
        _check_slugs(module.quizzes, Kind.QUIZ, f"{module.id}/quizzes", (shelf, found))
        _check_readings(module, shelf, found)
        _check_files(module, source, shelf, found)
        if not source.is_translation:
            _check_asked(module, shelf, found)


def _check_asked(module: Module, shelf: Shelf, found: Findings) -> None:
    for objective in module.objectives:
        if shelf.slugs[Kind.QUIZ] and objective.id not in shelf.asked:
            message = f"no item asks for the objective (目标) {objective.id}"
            found.warn(objective.id, "objective-without-item", message)


def _check_slugs(slugs: Iterable[str], kind: Kind, place: str, where: tuple[Shelf, Findings]) -> None:
    shelf, found = where
    known = shelf.slugs[kind]
    for slug in slugs:
        if known and slug not in known:
            found.error(
                place, "unknown-slug", f"this course has no {kind} {slug}", nearest(slug, sorted(known))
            )


def _check_readings(module: Module, shelf: Shelf, found: Findings) -> None:
    _check_slugs(module.readings, Kind.CASE, f"{module.id}/readings", (shelf, found))
    for slug in module.readings:
        if slug in shelf.slugs[Kind.CASE] - shelf.readings:
            message = f"{slug} is a case with decisions, not a reading (阅读)"
            fix = Hint("list it under cases (案例)", slug, f"案例: {slug}")
            found.error(f"{module.id}/readings", "unknown-slug", message, fix)


def _check_files(module: Module, source: Source, shelf: Shelf, found: Findings) -> None:
    folder = media_of(source)
    for name in module.files:
        if folder / name not in shelf.media:
            message = f"there is no file {MEDIA}/{name} in this course"
            found.error(f"{module.id}/files", "missing-file", message, naming(name, ""))


def _check_module(module: str | None, shelf: Shelf, found: Findings) -> None:
    if module is not None and shelf.syllabus and module not in shelf.modules:
        fix = nearest(module, sorted(shelf.modules))
        found.error("key:module", "unknown-module", f"the syllabus has no module {module}", fix)


def _check_objectives(names: Iterable[str], place: str, shelf: Shelf, found: Findings) -> None:
    for name in names:
        if shelf.syllabus and name not in shelf.objectives:
            fix = nearest(name, sorted(shelf.objectives))
            found.error(place, "unknown-objective", f"the syllabus has no objective (目标) {name}", fix)


def _check_pictures(source: Source, parsed: Parsed, shelf: Shelf) -> tuple[Diagnostic, ...]:
    found = Findings(parsed.path, {str(picture.line): picture.line for picture in parsed.pictures})
    for picture in parsed.pictures:
        if not picture.is_outside and _media_path(source, picture.address) not in shelf.media:
            message = f"there is no picture {picture.address[:80]} in this course"
            fix = naming(picture.address[:80], f"put it into {MEDIA}/")
            found.error(str(picture.line), "missing-picture", message, fix)
    return tuple(found.noted)


def _media_path(source: Source, address: str) -> Path:
    """Return the file that an address means: ``media/x`` is the course's folder, else beside the text."""
    path = PurePosixPath(unquote(address.partition("#")[0].partition("?")[0]))
    if path.parts[:1] == (MEDIA,):
        return (media_of(source) / Path(*path.parts[1:])).resolve()
    return (source.path.resolve().parent / path).resolve()
