"""The author's guide beside the editor: the guide of the documents, chapter by chapter."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from flask import render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.content.render import RenderFailed
from app.domain.errors import TextRefused
from app.domain.roles import Permission
from app.domain.words import Sentence, marked
from app.settings import ROOT
from app.web.authoring.blueprint import bp
from app.web.authoring.rendering import renderer
from app.web.languages import current_language
from app.web.security import requires

FILES = {"zh": "authors-guide.zh.md", "en": "authors-guide.md"}
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
#: places inside the guide have no address here, where chapters are rendered one by one
_INSIDE = re.compile(r"\[([^\[\]]+)\]\(#[^()\s]*\)")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the guide as a page shows it."""

    number: int
    title: str
    body: Markup


@bp.get("/guide")
@requires(Permission.AUTHOR)
def guide() -> ResponseReturnValue:
    """Show the author's guide in the language of the page."""
    return render_template("authoring/guide.html", chapters=read_guide(current_language()))


@lru_cache(maxsize=len(FILES))
def read_guide(language: str) -> Sequence[Chapter]:
    """Return the guide of a language, rendered once a server.

    :raises TextRefused: it could not be rendered now.
    """
    text = (ROOT / "docs" / FILES[language]).read_text(encoding="utf-8")
    chapters = list(split_chapters(text))
    bodies = {f"guide.{number}": _INSIDE.sub(r"\1", body) for number, (_, body) in enumerate(chapters)}
    try:
        html = renderer().render(bodies, {})
    except RenderFailed as failed:
        raise TextRefused(
            Sentence(marked("The guide cannot be shown now. Try again in a minute."))
        ) from failed
    return [
        Chapter(number, title, Markup(html[f"guide.{number}"])) for number, (title, _) in enumerate(chapters)
    ]


def split_chapters(text: str) -> Iterator[tuple[str, str]]:
    """Give the chapters of a guide: title and Markdown. What stands before the first is left out."""
    title, lines, fence = "", list[str](), ""
    for line in text.splitlines():
        if line.startswith("## ") and not fence:
            if title:
                yield title, "\n".join(lines)
            title, lines = line[3:].replace("`", ""), []
        else:
            lines.append(line)
        fence = _fence_after(line, fence)
    if title:
        yield title, "\n".join(lines)


def _fence_after(line: str, fence: str) -> str:
    """Return the mark of the fence that is open after a line: what stands in one is an example."""
    match = _FENCE.match(line)
    if match is None:
        return fence
    if not fence:
        return match[1]
    return "" if match[1].startswith(fence) and not line[match.end() :].strip() else fence
