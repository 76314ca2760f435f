"""Load the folders of texts into the database: ``casehall content load`` and ``render``."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

import click
from flask import current_app

from app.cli.folders import FOLDERS
from app.content.diagnostics import Diagnostic, summarise
from app.content.edition import Edition, make_edition
from app.content.library import MISSING_SYLLABUS, Source, check_library
from app.content.media import MediaRefused
from app.content.parse import Kind, Parsed
from app.content.render import Renderer, RenderFailed
from app.operations.load_log import tell_load
from app.operations.loads import LoadPlan, Scope, as_path, plan_load, published_now
from app.operations.offerings import ensure_offerings
from app.operations.publishing import load_editions, render_missing
from app.operations.renderings import render_stale
from app.settings import Settings
from app.web.clock import chance, clock
from app.web.database import reading, writing

IN_CONFLICT = (
    "In conflict: published in the browser and changed in the folder too; not loaded. To let the file win: "
    "casehall content load --over FOLDER. To let the browser win: move the file away, casehall content dump."
)
KEPT = (
    "Kept: the file is gone, but its text was published in the browser since; not retired. "
    "casehall content dump brings the file back."
)


@dataclass(slots=True)
class Loaded:
    """What a load did, and every fault that kept a file out."""

    plan: LoadPlan
    diagnostics: Sequence[Diagnostic] = ()
    faults: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether every file was loaded and nothing was in conflict."""
        is_sound = not (self.faults or any(one.is_error for one in self.diagnostics))
        return is_sound and self.plan.is_whole


def load_library(folders: Sequence[Path], *, is_over: bool = False) -> Loaded:
    """Load what is sound, list what is not.

    :param is_over: let a file win over what was published elsewhere; else nothing of that is overwritten.
    :raises FileNotFoundError: a folder does not exist.
    """
    checked = check_library(folders)
    refused = {Path(one.path).resolve() for one in checked.errors}
    sources = sorted(source for source in checked.parsed if source.course)
    loaded = Loaded(LoadPlan(), checked.diagnostics)
    sound = [source for source in sources if source.path.resolve() not in refused]
    editions = [one for each in sound if (one := _edition(each, checked.parsed[each], loaded)) is not None]
    loaded.plan = plan_load(reading(), editions, _scope(folders, sources), is_over=is_over)
    _write(loaded)
    loaded.diagnostics = [one for one in checked.diagnostics if not _has_syllabus(one, sources)]
    return loaded


def report(loaded: Loaded) -> None:
    """Say what was loaded, in lists; faults go to standard error."""
    for line in changes(loaded.plan):
        click.echo(line)
    said = [one for one in summarise(loaded.diagnostics) if one.is_error or one.code == MISSING_SYLLABUS]
    for line in [*(one.render() for one in said), *loaded.faults]:
        click.echo(line, err=True)
    if loaded.plan.conflicts:
        click.echo(IN_CONFLICT, err=True)
    if loaded.plan.kept:
        click.echo(KEPT, err=True)


def changes(plan: LoadPlan) -> Iterator[str]:
    """Say what a plan does, a line each document; what stays as it is is only counted."""
    words = {"new": plan.new, "changed": plan.changed, "over": plan.over, "conflict": plan.conflicts}
    for word, editions in words.items():
        yield from (f"{word:9} {as_path(edition.identity)}" for edition in editions)
    for word, names in {"retired": plan.retired, "kept": plan.kept}.items():
        yield from (f"{word:9} {as_path(name)}" for name in names)
    yield f"unchanged {len(plan.unchanged) + len(plan.caught_up)}"


def render_all() -> int:
    """Render every published text that this version of the renderer has not rendered; count them."""
    renderer = Renderer()
    count = 0
    try:
        for made in list(render_stale(reading(), renderer)):
            with writing() as session:
                made.store(session, clock())
            count += 1
    finally:
        renderer.close()
    return count


def _has_syllabus(diagnostic: Diagnostic, sources: Sequence[Source]) -> bool:
    """Whether a syllabus that is missed in the folders was published in the browser."""
    if diagnostic.code != MISSING_SYLLABUS:
        return False
    course = next(source.course for source in sources if str(source.path) == diagnostic.path)
    known = published_now(reading()).items()
    return any(name[:2] == (course, Kind.SYLLABUS) and row.retired_at is None for name, (row, _) in known)


def _edition(source: Source, parsed: Parsed, loaded: Loaded) -> Edition | None:
    if source.kind is Kind.QUIZ and parsed.unwritten:
        names = ", ".join(sorted(parsed.unwritten))
        fault = f"items have no id of their own: {names} (write them with: casehall content format)"
        loaded.faults.append(f"{source.path}:1:1: error unwritten-id {fault}")
        return None
    try:
        return make_edition(source, parsed)
    except MediaRefused as refused:
        loaded.faults.append(f"{source.path}:1:1: error bad-picture {refused}")
    return None


def _write(loaded: Loaded) -> None:
    plan = loaded.plan
    settings: Settings = current_app.config["SETTINGS"]
    rendered, failures = _render(plan)
    loaded.faults.extend(f"{failed}" for failed in failures)
    # text by text: nobody who saves an answer waits for all of them
    for part in plan.parts():
        made = {one.key: rendered[one.key] for one in part.unrendered if one.key in rendered}
        with writing() as session:
            load_editions(session, part, made, settings.instance, clock())
            ensure_offerings(session, clock().astimezone(settings.timezone), chance())
    if plan.writes:
        with writing() as session:
            tell_load(session, plan, clock())


def _render(plan: LoadPlan) -> tuple[dict[str, dict[str, str]], Iterable[RenderFailed]]:
    if not plan.unrendered:
        return {}, []
    renderer = Renderer()
    try:
        return render_missing(plan, renderer)
    finally:
        renderer.close()


def _scope(folders: Sequence[Path], sources: Sequence[Source]) -> Scope:
    """Tell for which courses and kinds the folders speak: what is missing there was taken away."""
    present = frozenset((one.course, one.kind.value, one.slug, one.language) for one in sources)
    areas = {area for folder in folders for area in _areas(folder.resolve())}
    return Scope(frozenset(areas), present)


def _areas(folder: Path) -> Iterator[tuple[str, str]]:
    """Give the courses and kinds that a folder of cases or of quizzes, or one course in it, speaks for.

    A folder of quizzes without any of a course speaks for it still: the cases tell of the course.
    """
    if folder.name in FOLDERS:
        both = [folder.parent / name for name in FOLDERS]
        courses = {path.name for one in both if one.is_dir() for path in one.iterdir() if path.is_dir()}
        yield from product(courses, FOLDERS[folder.name])
    elif folder.parent.name in FOLDERS:
        yield from product([folder.name], FOLDERS[folder.parent.name])
