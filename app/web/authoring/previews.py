"""How a text would look: a quiz with its keys, a case with all its ways, a syllabus."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template
from markupsafe import Markup

from app.content.fragments import fragments_of
from app.content.render import RenderFailed
from app.domain.case import Case, Section
from app.domain.layout import in_file_order
from app.domain.paper import freeze_quiz
from app.domain.quiz import Quiz, with_inherited
from app.operations.shelves import Checked
from app.web.attempts.sheet import Sheet
from app.web.authoring.maps import condition_of, map_of, worth_of
from app.web.authoring.rendering import renderer
from app.web.authoring.section_words import kind_name
from app.web.cases.drawing import draw


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """An option of a decision: where it leads, None: on, and its points."""

    html: Markup
    feedback: Markup
    target: str | None
    points: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section of a case as its author sees it."""

    id: str
    kind: str
    name: str
    title: Markup
    body: Markup
    next: str | None
    when: str
    choices: Sequence[ChoiceView]


def preview(checked: Checked) -> Markup:
    """Return a text as HTML; a sentence where it has errors or cannot be rendered."""
    document = checked.parsed.document
    if document is None:
        return Markup(render_template("authoring/_preview.html", failed=None, document=None))
    try:
        html = renderer().render(fragments_of(document), checked.manifest)
    except RenderFailed as failed:
        return Markup(render_template("authoring/_preview.html", failed=failed))
    shown: dict[str, Any] = {"failed": None, "document": document, "html": Fragments(html)}
    if isinstance(document, Quiz):
        shown["paper"] = _paper(checked.name.slug, document, html)
    elif isinstance(document, Case):
        shown["sections"] = [_section(one, Fragments(html)) for one in document.sections]
        shown["twigs"] = map_of(document, checked.parsed.lines)
        shown["map"] = draw(shown["twigs"])
    return Markup(render_template("authoring/_preview.html", **shown))


class Fragments:
    """Rendered fragments by name; what is blank has none."""

    def __init__(self, html: Mapping[str, str]) -> None:
        self._html = html

    def __getitem__(self, name: str) -> Markup:
        """Return a fragment."""
        return Markup(self._html.get(name, ""))


def _paper(slug: str, quiz: Quiz, html: Mapping[str, str]) -> Any:
    items = {one.id: with_inherited(one, group, quiz) for group in quiz.groups for one in group.items}
    places = in_file_order(freeze_quiz(quiz, {})).places
    return Sheet(slug, quiz, places, items, html, cases={}, mode="key").paper()


def _section(section: Section, html: Fragments) -> SectionView:
    choices = [
        ChoiceView(
            html[f"{section.id}.choice.{number}"],
            html[f"{section.id}.choice.{number}.feedback"],
            choice.target,
            worth_of(choice),
        )
        for number, choice in enumerate(section.choices, 1)
    ]
    return SectionView(
        section.id,
        section.kind.value,
        kind_name(section.kind),
        html[f"{section.id}.title"],
        html[f"{section.id}.body"],
        section.next,
        condition_of(section),
        choices,
    )
