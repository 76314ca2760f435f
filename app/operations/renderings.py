"""Render published texts anew when the renderer has changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.content.fragments import fragments_of
from app.content.parse import Kind, parse_text
from app.content.render import RENDERER_VERSION, Renderer
from app.domain.errors import NotPublished
from app.models import Document, ManifestEntry, Rendering, Revision


@dataclass(frozen=True, slots=True)
class Made:
    """HTML of one text, made by the present renderer."""

    key: str
    fragments: dict[str, str]

    def store(self, session: Session, now: datetime) -> None:
        """Keep it beside what older renderers made."""
        if session.get(Rendering, (self.key, RENDERER_VERSION)) is None:
            row = Rendering(key=self.key, version=RENDERER_VERSION, fragments=self.fragments, created_at=now)
            session.add(row)


def render_stale(session: Session, renderer: Renderer) -> Iterator[Made]:
    """Render every revision that has no HTML of the present renderer: attempts are pinned to old ones.

    :raises RenderFailed: a text is refused by the present renderer.
    """
    done = select(Rendering.key).where(Rendering.version == RENDERER_VERSION)
    statement = (
        select(Revision, Document.kind)
        .join(Document, Document.id == Revision.document_id)
        .where(Revision.rendering_key.not_in(done))
    )
    seen: set[str] = set()
    for revision, kind in session.execute(statement).all():
        if revision.rendering_key in seen:
            continue
        seen.add(revision.rendering_key)
        yield Made(revision.rendering_key, _render(session, renderer, revision, Kind(kind)))


def _render(session: Session, renderer: Renderer, revision: Revision, kind: Kind) -> dict[str, str]:
    document = parse_text(revision.source, kind).document
    if document is None:
        raise NotPublished(f"revision {revision.id}")
    entries = session.scalars(select(ManifestEntry).where(ManifestEntry.revision_id == revision.id))
    manifest = {entry.name: entry.sha256 for entry in entries}
    return renderer.render(fragments_of(document), manifest)
