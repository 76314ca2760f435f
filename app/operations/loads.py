"""What loading folders of texts would do: each text against what is published, nothing written yet."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.content.edition import Edition
from app.content.render import RENDERER_VERSION
from app.models import Course, Document, Rendering, Revision

#: course, kind, slug, language
Identity = tuple[str, str, str, str]
Published = Mapping[Identity, tuple[Document, Revision | None]]
#: what of a plan is written, and what writing it may find besides
WRITTEN = ("new", "changed", "caught_up", "over", "retired")
FOUND = ("unchanged", "conflicts", "kept")


@dataclass(slots=True)
class LoadPlan:
    """What loading would do, each list by identity. ``unrendered`` editions have no HTML yet."""

    #: whether a file wins over what was published elsewhere
    is_over: bool = False
    new: list[Edition] = field(default_factory=list)
    changed: list[Edition] = field(default_factory=list)
    unchanged: list[Edition] = field(default_factory=list)
    #: files that now say what was published elsewhere
    caught_up: list[Edition] = field(default_factory=list)
    #: files that win over what was published elsewhere
    over: list[Edition] = field(default_factory=list)
    conflicts: list[Edition] = field(default_factory=list)
    retired: list[Identity] = field(default_factory=list)
    #: published elsewhere since their file was loaded, which is gone: not retired
    kept: list[Identity] = field(default_factory=list)
    unrendered: list[Edition] = field(default_factory=list)
    #: the head revision that the plan was made on, by identity
    heads: dict[Identity, int] = field(default_factory=dict)

    @property
    def published(self) -> list[Edition]:
        """The editions that become head revisions."""
        return [*self.new, *self.changed, *self.over]

    @property
    def writes(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.published or self.caught_up or self.retired or self.unrendered)

    @property
    def is_whole(self) -> bool:
        """Whether folders and database speak with one voice afterwards."""
        return not (self.conflicts or self.kept)

    def parts(self) -> Iterator["LoadPlan"]:
        """Split the plan by text, an original and its translations together, to be written one by one.

        In the end the plan says what became of its parts.
        """
        written = {name: getattr(self, name) for name in WRITTEN}
        for name in WRITTEN:
            setattr(self, name, [])
        for text in _texts([*written.values(), self.unrendered]):
            part = LoadPlan(self.is_over, heads=self.heads)
            for name, entries in (written | {"unrendered": self.unrendered}).items():
                setattr(part, name, [one for one in entries if _identity(one)[:3] == text])
            yield part
            for name in (*WRITTEN, *FOUND):
                getattr(self, name).extend(getattr(part, name))

    def place(self, edition: Edition, row: Document | None, head: Revision | None) -> None:
        """Put an edition into the list that says what becomes of it."""
        self._list_for(edition, row, head).append(edition)

    def leave_out(self, edition: Edition) -> None:
        """Publish everything but this edition."""
        for editions in (self.new, self.changed, self.over):
            editions[:] = [one for one in editions if one is not edition]

    def _list_for(self, edition: Edition, row: Document | None, head: Revision | None) -> list[Edition]:
        if row is None or head is None:
            return self.new
        if row.retired_at is not None:
            return self.changed
        if edition.key == row.loaded_hash:
            return self.unchanged
        if edition.key == head.rendering_key:
            return self.caught_up
        if head.rendering_key == row.loaded_hash:
            return self.changed
        return self.over if self.is_over else self.conflicts


@dataclass(frozen=True, slots=True)
class Scope:
    """Which documents a load speaks for: those of these (course, kind) pairs, with these files there.

    ``present`` also names files that were refused: what is broken is not gone.
    """

    areas: frozenset[tuple[str, str]]
    present: frozenset[Identity]

    def misses(self, name: Identity) -> bool:
        """Whether the load speaks for a document whose file is not there."""
        return name[:2] in self.areas and name not in self.present


def plan_load(
    session: Session, editions: Sequence[Edition], scope: Scope, *, is_over: bool = False
) -> LoadPlan:
    """Compare editions with what is published, in three statements, without writing.

    :param is_over: let a file win over what was published elsewhere; a file that is gone never does.
    """
    known = published_now(session)
    rendered = _rendered(session, {edition.key for edition in editions})
    plan = LoadPlan(is_over, heads={name: head.id for name, (_, head) in known.items() if head})
    for edition in editions:
        plan.place(edition, *known.get(edition.identity, (None, None)))
        if edition.key not in rendered:
            plan.unrendered.append(edition)
    for name, (row, head) in known.items():
        if scope.misses(name) and came_from_a_file(row):
            (plan.retired if says_its_file(row, head) else plan.kept).append(name)
    return plan


def published_now(session: Session, slugs: Collection[str] | None = None) -> Published:
    """Return every document with its head revision, as they are in the database now.

    :param slugs: of which documents; all without it.
    """
    statement = (
        select(Course.slug, Document, Revision)
        .join(Document, Document.course_id == Course.id)
        .outerjoin(Revision, Revision.id == Document.head_revision_id)
        .execution_options(populate_existing=True)
    )
    if slugs is not None:
        statement = statement.where(Document.slug.in_(slugs))
    return {
        (course, document.kind, document.slug, document.language): (document, head)
        for course, document, head in session.execute(statement)
    }


def came_from_a_file(row: Document) -> bool:
    """Whether a document that is not retired follows a file."""
    return row.loaded_hash is not None and row.retired_at is None


def says_its_file(row: Document, head: Revision | None) -> bool:
    """Whether nothing was published elsewhere since a document's file was loaded."""
    return head is None or head.rendering_key == row.loaded_hash


def as_path(name: Identity) -> str:
    """Write an identity: ``course/kind/slug``, with its language behind a translation's slug."""
    course, kind, slug, language = name
    return f"{course}/{kind}/{slug}.{language}"


def _texts(lists: Sequence[Sequence[Edition | Identity]]) -> list[tuple[str, str, str]]:
    """Return the texts of a plan, each once, in its order: course, kind and slug."""
    return list(dict.fromkeys(_identity(one)[:3] for entries in lists for one in entries))


def _identity(one: Edition | Identity) -> Identity:
    return one.identity if isinstance(one, Edition) else one


def _rendered(session: Session, keys: Collection[str]) -> set[str]:
    statement = select(Rendering.key).where(Rendering.version == RENDERER_VERSION)
    return set(session.scalars(statement)) & set(keys)
