"""Publish texts: load the folders into revisions. Nothing is deleted, nothing published elsewhere lost.

Loading has three steps, so that rendering holds up no writer: ``plan_load`` reads what would change,
``render_missing`` renders outside any transaction, ``load_editions`` writes.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.content.edition import Edition
from app.content.render import RENDERER_VERSION, Renderer, RenderFailed
from app.domain.case import Case
from app.domain.quiz import Quiz
from app.domain.syllabus import Syllabus
from app.models import Course, Document, Rendering, Revision
from app.operations.bank_rows import forget_document
from app.operations.blobs import store_blob
from app.operations.courses import ensure_course
from app.operations.revisions import Content, Origin, add_revision

#: course, kind, slug, language
Identity = tuple[str, str, str, str]


@dataclass(slots=True)
class LoadPlan:
    """What loading would do, each list by identity. ``unrendered`` editions have no HTML yet."""

    new: list[Edition] = field(default_factory=list)
    changed: list[Edition] = field(default_factory=list)
    unchanged: list[Edition] = field(default_factory=list)
    #: files that now say what was published elsewhere
    caught_up: list[Edition] = field(default_factory=list)
    conflicts: list[Edition] = field(default_factory=list)
    retired: list[Identity] = field(default_factory=list)
    unrendered: list[Edition] = field(default_factory=list)

    @property
    def writes(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.new or self.changed or self.caught_up or self.retired or self.unrendered)


@dataclass(frozen=True, slots=True)
class Scope:
    """Which documents a load speaks for: those of these (course, kind) pairs, with these files there.

    ``present`` also names files that were refused: what is broken is not gone.
    """

    areas: frozenset[tuple[str, str]]
    present: frozenset[Identity]


def plan_load(session: Session, editions: Sequence[Edition], scope: Scope) -> LoadPlan:
    """Compare editions with what is published, in three statements, without writing."""
    known = _known(session)
    rendered = _rendered(session, {edition.key for edition in editions})
    plan = LoadPlan()
    for edition in editions:
        row, head = known.get(edition.identity, (None, None))
        _place(plan, edition, row, head)
        if edition.key not in rendered:
            plan.unrendered.append(edition)
    plan.retired = [name for name, (row, _) in known.items() if _is_gone(name, row, scope)]
    return plan


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
            plan.new = [one for one in plan.new if one is not edition]
            plan.changed = [one for one in plan.changed if one is not edition]
    return rendered, failures


def load_editions(
    session: Session, plan: LoadPlan, rendered: Mapping[str, Mapping[str, str]], instance: Path, now: datetime
) -> None:
    """Write a plan: renderings, new revisions, retirements."""
    for key, fragments in rendered.items():
        session.add(Rendering(key=key, version=RENDERER_VERSION, fragments=dict(fragments), created_at=now))
    for edition in [*plan.new, *plan.changed]:
        publish_edition(session, edition, instance, now)
    for edition in plan.caught_up:
        _document(session, edition.identity).loaded_hash = edition.key
    for name in plan.retired:
        document = _document(session, name)
        document.retired_at = now
        forget_document(session, document)
    session.flush()


def publish_edition(session: Session, edition: Edition, instance: Path, now: datetime) -> Revision:
    """Store an edition as the head revision of its document, which is made if it is new."""
    course = ensure_course(session, edition.source.course, now)
    document = _find_document(session, edition.identity) or _new_document(session, course, edition)
    for media, path in edition.media.values():
        store_blob(session, instance, path.read_bytes(), media.media_type, now)
    content = Content(edition.text, edition.content_hash, edition.key, edition.manifest)
    revision = add_revision(session, document, content, Origin(now))
    document.loaded_hash = edition.key
    describe(document, course, edition.document)
    session.flush()
    return revision


def _place(plan: LoadPlan, edition: Edition, row: Document | None, head: Revision | None) -> None:
    if row is None or head is None:
        plan.new.append(edition)
    elif row.retired_at is not None:
        plan.changed.append(edition)
    elif edition.key == row.loaded_hash:
        plan.unchanged.append(edition)
    elif edition.key == head.rendering_key:
        plan.caught_up.append(edition)
    elif head.rendering_key == row.loaded_hash:
        plan.changed.append(edition)
    else:
        plan.conflicts.append(edition)


def _is_gone(name: Identity, row: Document, scope: Scope) -> bool:
    came_from_a_file = row.loaded_hash is not None and row.retired_at is None
    return came_from_a_file and name[:2] in scope.areas and name not in scope.present


def _known(session: Session) -> Mapping[Identity, tuple[Document, Revision | None]]:
    statement = (
        select(Course.slug, Document, Revision)
        .join(Document, Document.course_id == Course.id)
        .outerjoin(Revision, Revision.id == Document.head_revision_id)
    )
    return {
        (course, document.kind, document.slug, document.language): (document, head)
        for course, document, head in session.execute(statement)
    }


def _rendered(session: Session, keys: Collection[str]) -> set[str]:
    statement = select(Rendering.key).where(Rendering.version == RENDERER_VERSION)
    return set(session.scalars(statement)) & set(keys)


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


def _document(session: Session, name: Identity) -> Document:
    document = _find_document(session, name)
    assert document is not None
    return document


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


def as_path(name: Identity) -> str:
    """Write an identity: ``course/kind/slug``, with its language behind a translation's slug."""
    course, kind, slug, language = name
    return f"{course}/{kind}/{slug}.{language}"
