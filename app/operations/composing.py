"""Compose papers from blueprints, and publish them as quizzes for exams.

As with loading, ``prepare_paper`` writes and renders outside any transaction, ``publish_paper`` stores.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.content.canonical import content_hash
from app.content.edition import edition_key, picture_names
from app.content.fragments import fragments_of
from app.content.parse import Kind, parse_text
from app.content.render import Renderer
from app.content.writer import format_document
from app.domain.blueprint import Blueprint, compose
from app.domain.errors import BadPaper
from app.domain.quiz import Quiz
from app.domain.roles import Person
from app.domain.words import marked
from app.models import Document, Revision
from app.operations import audit
from app.operations.banks import Gathered, Manifest
from app.operations.offerings import Place, check_running, take_turn
from app.operations.renderings import Made
from app.operations.revisions import Content, Origin, add_revision

TOO_LONG = frozenset({"too-many-items", "file-too-large"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper's text in one language, with the pictures that it shows."""

    quiz: Quiz
    text: str
    digest: str
    manifest: Manifest

    @property
    def key(self) -> str:
        """The name of the text and its pictures together."""
        return edition_key(self.digest, self.manifest)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A paper that was composed and rendered, the original first; ``detail`` is what the log tells."""

    drafts: Sequence[Draft]
    rendered: Sequence[Made]
    seed: str
    detail: Mapping[str, Any]


def prepare_paper(gathered: Gathered, blueprint: Blueprint, seed: str, renderer: Renderer) -> Prepared:
    """Compose a paper in all languages of its bank, write it down and render it.

    :raises StockShort, BadPaper: see ``compose``; or its text would be too long.
    :raises RenderFailed: it takes too long to render.
    """
    composed = compose(gathered.bank, blueprint, seed)
    drafts = [_draft(quiz, gathered.pictures.get(language, {})) for language, quiz in composed.items()]
    rendered = [Made(one.key, renderer.render(fragments_of(one.quiz), one.manifest)) for one in drafts]
    return Prepared(drafts, rendered, seed, _detail(gathered, blueprint, seed))


def publish_paper(
    session: Session, person: Person, place: Place, paper: Prepared, moment: tuple[datetime, date]
) -> str:
    """Publish a paper as a new document of the course, and return its slug.

    The same paper of the same seed is published once. No file has it: loading leaves it alone.

    :param moment: now, and the day on which the paper is named after.
    :raises OfferingArchived: the offering is read-only.
    """
    check_running(place.offering)
    take_turn(session, place)
    now, today = moment
    message = f"seed {paper.seed}"
    known = _find_same(session, place.course.id, paper.drafts[0], message)
    if known is not None:
        return known
    slug = _free_slug(session, place.course.id, today)
    for number, draft in enumerate(paper.drafts):
        document = _document(place.course.id, slug, draft, is_translation=number > 0)
        session.add(document)
        session.flush()
        content = Content(draft.text, draft.digest, draft.key, draft.manifest)
        add_revision(session, document, content, Origin(now, person.id, message))
    for made in paper.rendered:
        made.store(session, now)
    session.flush()
    detail = {"quiz": slug} | dict(paper.detail)
    audit.record(session, person, "quiz.compose", offering_id=place.offering.id, detail=detail, now=now)
    return slug


def paper_slug(day: date, number: int | str) -> str:
    """Return the slug of a day's nth paper; without a number, how those of the day begin."""
    return f"paper-{day.isoformat()}-{number}"


def _draft(quiz: Quiz, pictures: Manifest) -> Draft:
    text = format_document(quiz)
    parsed = parse_text(text, Kind.QUIZ)
    if any(one.code in TOO_LONG for one in parsed.errors):
        raise BadPaper(marked("A paper has at most 500 questions and 256 KiB of text. Take fewer."))
    if parsed.document != quiz:
        raise BadPaper(marked("These questions cannot be written into one text."))
    shown = {name for part in fragments_of(quiz).values() for name in picture_names(part)}
    manifest = {name: pictures[name] for name in sorted(shown) if name in pictures}
    return Draft(quiz, text, content_hash(quiz), manifest)


def _detail(gathered: Gathered, blueprint: Blueprint, seed: str) -> dict[str, Any]:
    """Return what it takes to compose the same paper again."""
    wishes = [
        {
            "cell": [cell.module, cell.level, cell.difficulty, cell.type],
            "count": wish.count,
            "points": str(wish.points),
        }
        for cell, wish in blueprint.wishes.items()
    ]
    return {
        "seed": seed,
        "draws_each": blueprint.draws_each,
        "shuffle": blueprint.shuffle,
        "revisions": list(gathered.revisions),
        "instructions": {slug: sorted(numbers) for slug, numbers in gathered.instructions.items()},
        "wishes": wishes,
    }


def _find_same(session: Session, course_id: int, draft: Draft, message: str) -> str | None:
    statement = (
        select(Document.slug)
        .join(Revision, Revision.id == Document.head_revision_id)
        .where(
            Document.course_id == course_id,
            Document.kind == Kind.QUIZ.value,
            Document.retired_at.is_(None),
            Revision.rendering_key == draft.key,
            Revision.message == message,
        )
    )
    return session.scalar(statement)


def _free_slug(session: Session, course_id: int, today: date) -> str:
    statement = select(Document.slug).where(Document.course_id == course_id, Document.kind == Kind.QUIZ.value)
    taken, number = set(session.scalars(statement)), 1
    while (slug := paper_slug(today, number)) in taken:
        number += 1
    return slug


def _document(course_id: int, slug: str, draft: Draft, *, is_translation: bool) -> Document:
    quiz = draft.quiz
    return Document(
        course_id=course_id,
        kind=Kind.QUIZ.value,
        slug=slug,
        language=quiz.language,
        title=quiz.title,
        use=quiz.use,
        is_translation=is_translation,
    )
