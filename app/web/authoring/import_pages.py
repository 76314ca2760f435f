"""How a file that was sent is shown: each question that needs a look, then the questions as they will be."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from markupsafe import Markup

from app.content.parse import Kind, parse_text
from app.domain.quiz import Group, Quiz
from app.domain.words import Sentence
from app.models import QuestionImport
from app.operations.import_files import Result, read_result
from app.operations.import_taking import manifest_of
from app.operations.offerings import Place
from app.operations.question_imports import wanted_of
from app.operations.shelves import Checked, source_of
from app.operations.writings import list_writings
from app.web.authoring.pages import where_of
from app.web.authoring.previews import preview
from app.web.database import Session, reading
from app.web.teach.views import about

#: questions shown on one page, and lines of the list of what needs a look
A_PAGE = 40
MOST_LINES = 200
#: a reminder of no more questions is unfolded
SHORT = 5
ORDER = {"fault": 0, "twin": 1, "lossy": 2, "": 3, "taken": 4}


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the list: of a question, or of what belongs to none."""

    line: int
    place: str
    title: str
    said: Sentence
    number: int = 0


@dataclass(frozen=True, slots=True)
class Reminder:
    """What is told of some questions in the same words: of how many, and the first of them.

    ``is_same`` where not even the values in the sentence differ.
    """

    verdict: str
    said: Sentence
    is_same: bool
    count: int
    told: Sequence[Told]

    @property
    def is_short(self) -> bool:
        """Whether the list of the questions is unfolded."""
        return self.count <= SHORT

    @property
    def more(self) -> int:
        """How many questions are not listed."""
        return self.count - len(self.told)


def progress_page(place: Place, row: QuestionImport) -> ResponseReturnValue:
    """Say how far a job is; the page asks again by itself."""
    page = render_template("authoring/import_waiting.html", **about(place), row=row, wanted=wanted_of(row))
    return page, 200, {"Refresh": "2"}


def given_up(made: int) -> str:
    """Say what stays of a file that was given up: the quizzes that were made of it before."""
    if not made:
        return gettext("The file is given up; nothing of it was taken.")
    return ngettext(
        "The file is given up; %(num)s quiz that was made of it stays.",
        "The file is given up; %(num)s quizzes that were made of it stay.",
        made,
    )


def looked_page(session: Session, place: Place, row: QuestionImport, more: tuple[Path, str]) -> str:
    """Render what was read of a file, by pages of questions."""
    instance, problem = more
    shared = {**about(place), "row": row, "wanted": wanted_of(row), "where_of": where_of}
    if row.state != "ready":
        said = Sentence(row.refusal["text"], row.refusal["values"]) if row.refusal else None
        return render_template("authoring/import_done.html", **shared, said=said, texts=_made(place, row))
    result = read_result(instance, row.public_id)
    page, pages = _page_of(row)
    return render_template(
        "authoring/import_looked.html",
        **shared,
        reminders=_reminders(result),
        preview=_preview(session, place, row, instance, (result, page)),
        page=page,
        pages=pages,
        problem=problem,
        verdict_name=verdict_name,
    )


def _reminders(result: Result) -> list[Reminder]:
    """Return what needs a look, by what is said: faults first, then what is there already, then losses."""
    found: dict[tuple[str, str], list[Told]] = {}
    lines = [line for line in (*result.lines, *result.notes) if line.verdict != "taken"]
    for line in sorted(lines, key=lambda one: (ORDER[one.verdict], one.line)):
        for text, values in line.said:
            told = Told(line.line, line.place, line.title, Sentence(text, values), line.number)
            found.setdefault((line.verdict, text), []).append(told)
    return [_reminder(verdict, told) for (verdict, _), told in found.items()]


def _reminder(verdict: str, told: Sequence[Told]) -> Reminder:
    said = told[0].said
    is_same = all(one.said.values == said.values for one in told)
    return Reminder(verdict, said, is_same, len(told), told[:MOST_LINES])


def _page_of(row: QuestionImport) -> tuple[int, int]:
    count = row.counts["taken"] + row.counts["lossy"]
    pages = max(1, -(-count // A_PAGE))
    return min(max(1, request.args.get("page", default=1, type=int)), pages), pages


def _preview(
    session: Session, place: Place, row: QuestionImport, instance: Path, shown: tuple[Result, int]
) -> Markup | None:
    """Return the questions of a page as they will look, with their keys."""
    result, page = shown
    groups = [group for text in result.texts for group in _groups(text)]
    cut = _cut(groups, (page - 1) * A_PAGE)
    if not cut:
        return None
    manifest = manifest_of(session, row, instance)
    wanted = wanted_of(row)
    parsed = parse_text(result.texts[0], Kind.QUIZ)
    quiz = replace(wanted.quiz(), groups=tuple(cut))
    source = source_of(place.course, wanted.name())
    checked = Checked(wanted.name(), "", source, replace(parsed, document=quiz), (), manifest)
    html = str(preview(checked))
    for name in result.pictures:
        html = html.replace(f"/media/{manifest[name]}", _picture(row, name))
    return Markup(html)


def _picture(row: QuestionImport, name: str) -> str:
    public = request.view_args["public_id"] if request.view_args else ""
    return url_for("authoring.import_picture", public_id=public, name=row.public_id, picture=name)


def _groups(text: str) -> tuple[Group, ...]:
    document = parse_text(text, Kind.QUIZ).document
    return document.groups if isinstance(document, Quiz) else ()


def _cut(groups: list[Group], start: int) -> list[Group]:
    """Return the groups with the items of one page only, each under an id of its own."""
    cut: list[Group] = []
    place = 0
    for group in groups:
        numbered = [replace(item, id=f"i{at}") for at, item in enumerate(group.items, place)]
        shown = tuple(numbered[max(0, start - place) : max(0, start + A_PAGE - place)])
        place += len(group.items)
        if shown:
            cut.append(replace(group, items=shown, draw=None))
    return cut


def _made(place: Place, row: QuestionImport) -> list[tuple[str, dict[str, str]]]:
    """Return the quizzes that were made, with the addresses of their pages."""
    names = [wanted_of(row).name(part) for part in range(row.done)]
    titles = {one.name: one.title for one in list_writings(reading(), place)} if names else {}
    return [(titles.get(name, name.slug), where_of(place, name)) for name in names]


def verdict_name(verdict: str) -> str:
    """Name what becomes of a question."""
    names = {
        "taken": gettext("Taken"),
        "lossy": gettext("Taken, with a loss"),
        "twin": gettext("There already"),
        "fault": gettext("Not taken"),
    }
    return names.get(verdict, gettext("Left out"))
