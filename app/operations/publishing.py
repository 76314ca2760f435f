"""Publish texts: load the folders into revisions. Nothing is deleted, nothing published elsewhere lost.

Loading has three steps, so that rendering holds up no writer: ``plan_load`` reads what would change,
``render_missing`` renders outside any transaction, ``load_editions`` writes what is still so.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.content.edition import Edition
from app.content.render import Renderer, RenderFailed
from app.domain.case import Case
from app.domain.quiz import Quiz
from app.domain.syllabus import Syllabus
from app.models import Course, Document, Revision
from app.operations.bank_rows import forget_document
from app.operations.blobs import store_blob
from app.operations.courses import ensure_course, take_turns
from app.operations.following import follow_edition
from app.operations.loads import (
    Identity,
    LoadPlan,
    Published,
    came_from_a_file,
    published_now,
    says_its_file,
)
from app.operations.renderings import Made
from app.operations.revisions import Content, Origin, add_revision, take_back


def render_missing(
    plan: LoadPlan, renderer: Renderer
) -> tuple[dict[str, dict[str, str]], list[RenderFailed]]:
    """Render what has no HTML yet; return it by key, and the refusals. A refused text is not loaded."""
    rendered: dict[str, dict[str, str]] = {}
    failures: list[RenderFailed] = []
    for edition in plan.unrendered:
        try:
            rendered[edition.key] = renderer.render(edition.fragments, edition.manifest)
        except RenderFailed as failed:
            failures.append(failed)
            plan.leave_out(edition)
    return rendered, failures


def load_editions(
    session: Session, plan: LoadPlan, rendered: Mapping[str, Mapping[str, str]], instance: Path, now: datetime
) -> None:
    """Write a plan, or a part of one: renderings, new revisions, retirements.

    What somebody published since the plan was made becomes a conflict in the plan.
    """
    known = _settle(session, plan, now)
    for key, fragments in rendered.items():
        Made(key, dict(fragments)).store(session, now)
    for edition in plan.published:
        publish_edition(session, edition, instance, now)
    for edition in plan.caught_up:
        known[edition.identity][0].loaded_hash = edition.key
    for name in plan.retired:
        document = known[name][0]
        document.retired_at = now
        forget_document(session, document)
    session.flush()


def _settle(session: Session, plan: LoadPlan, now: datetime) -> Published:
    """Hold the courses of a plan, and let it say what is so now; return what is published."""
    names = [edition.identity for edition in plan.published + plan.caught_up] + plan.retired
    courses = [ensure_course(session, slug, now) for slug in sorted({name[0] for name in names})]
    take_turns(session, courses)
    known = published_now(session, {name[2] for name in names})
    _place_again(plan, known)
    for name in [*plan.retired]:
        row, head = known[name]
        if not (came_from_a_file(row) and says_its_file(row, head)):
            plan.retired.remove(name)
            plan.kept += [name] if row.retired_at is None else []
    return known


def _place_again(plan: LoadPlan, known: Published) -> None:
    editions = plan.published + plan.caught_up
    plan.new, plan.changed, plan.over, plan.caught_up = [], [], [], []
    for edition in editions:
        row, head = known.get(edition.identity, (None, None))
        is_moved = (head.id if head else None) != plan.heads.get(edition.identity)
        if is_moved and head is not None and edition.key != head.rendering_key:
            plan.conflicts.append(edition)
        else:
            plan.place(edition, row, head)


def publish_edition(session: Session, edition: Edition, instance: Path, now: datetime) -> Revision:
    """Store an edition as the head revision of its document, which is made if it is new.

    What was retired saying just this comes back with the revision that it has.
    """
    course = ensure_course(session, edition.source.course, now)
    document = _find_document(session, edition.identity) or _new_document(session, course, edition)
    for media, path in edition.media.values():
        store_blob(session, instance, path.read_bytes(), media.media_type, now)
    content = Content(edition.text, edition.content_hash, edition.key, edition.manifest)
    revision = take_back(session, document, edition.key)
    revision = revision or add_revision(session, document, content, Origin(now))
    document.loaded_hash = edition.key
    describe(document, course, edition.document)
    session.flush()
    follow_edition(session, document, edition.document)
    return revision


def _find_document(session: Session, name: Identity) -> Document | None:
    course, kind, slug, language = name
    statement = (
        select(Document)
        .join(Course, Course.id == Document.course_id)
        .where(
            Course.slug == course, Document.kind == kind, Document.slug == slug, Document.language == language
        )
    )
    return session.scalar(statement)


def _new_document(session: Session, course: Course, edition: Edition) -> Document:
    source = edition.source
    document = Document(
        course_id=course.id,
        kind=source.kind.value,
        slug=source.slug,
        language=source.language,
        is_translation=source.is_translation,
        title=edition.document.title,
    )
    session.add(document)
    session.flush()
    return document


def describe(document: Document, course: Course, text: Case | Quiz | Syllabus) -> None:
    """Let a document, and by its syllabus the course, say what its new head revision says."""
    document.title, document.use = text.title, text.use
    document.is_reading = isinstance(text, Case) and text.is_reading
    document.quiz = text.quiz if isinstance(text, Case) else None
    if isinstance(text, Syllabus):
        course.titles = {**course.titles, document.language: text.title}
        if not document.is_translation:
            course.is_public = text.public
