"""Banks (题库): gather the items of published quizzes, with the pictures that they show."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.content.parse import Kind, parse_text
from app.content.pictures import rename_pictures
from app.content.shared_texts import with_texts
from app.domain.bank import Bank, gather_bank
from app.domain.bank_sources import Source
from app.domain.errors import NotPublished
from app.domain.quiz import Quiz
from app.domain.syllabus import Syllabus
from app.models import ManifestEntry, Revision
from app.operations.bank_desks import find_retired
from app.operations.documents import Text, find_text, list_texts, quiz_of, syllabus_of

#: names of pictures and the SHA-256 of their bytes
Manifest = Mapping[str, str]
Instructions = Mapping[str, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Gathered:
    """A bank, and the pictures that its items show by language and name.

    Where two quizzes call other pictures by the same name, that of the later quiz is renamed in the
    bank's texts. ``revisions`` are the ids of those that were read.
    """

    bank: Bank
    pictures: Mapping[str, Manifest]
    revisions: Sequence[int]
    #: groups whose stem is only an instruction
    instructions: Instructions


def gather(
    session: Session, course_id: int, slugs: Sequence[str], instructions: Instructions | None = None
) -> Gathered:
    """Gather the bank of the head revisions of quizzes; items under a shared text have it with them.

    :param instructions: groups, by their numbers, whose stem is only an instruction, by slug.
    :raises NotPublished: there is no such quiz.
    :raises NoCommonLanguage: no language is that of all quizzes.
    """
    known = list_texts(session, course_id, Kind.QUIZ)
    missing = [slug for slug in slugs if slug not in known]
    if missing:
        raise NotPublished(", ".join(missing))
    texts = [known[slug] for slug in dict.fromkeys(slugs)]
    revisions = [revision.id for text in texts for revision in text.revisions.values()]
    manifests = find_manifests(session, revisions)
    pictures: dict[str, dict[str, str]] = {}
    plain = instructions or {}
    retired = find_retired(session, [text.document.id for text in texts])
    sources = [
        with_texts(
            replace(
                _source(text, manifests, pictures),
                instructions=plain.get(text.document.slug, frozenset()),
                retired=retired_in(retired, text),
            )
        )
        for text in texts
    ]
    bank = gather_bank(sources, syllabuses_of(session, course_id))
    return Gathered(bank, pictures, revisions, {slug: plain[slug] for slug in bank.origins if slug in plain})


def list_sources(session: Session, course_id: int) -> list[Source]:
    """Return the published quizzes of a course in all their languages."""
    texts = list_texts(session, course_id, Kind.QUIZ).values()
    retired = find_retired(session, [text.document.id for text in texts])
    return [
        Source(
            text.document.slug,
            text.original,
            {language: quiz_of(revision) for language, revision in text.revisions.items()},
            retired=retired_in(retired, text),
        )
        for text in texts
    ]


def retired_in(retired: Set[tuple[int, str]], text: Text) -> frozenset[str]:
    """Return the questions of a text that are among the retired ones."""
    return frozenset(item for document, item in retired if document == text.document.id)


def find_manifests(session: Session, revisions: Sequence[int]) -> Mapping[int, Manifest]:
    """Return the pictures that revisions pin, by revision id."""
    found: dict[int, dict[str, str]] = {}
    statement = select(ManifestEntry).where(ManifestEntry.revision_id.in_(revisions))
    for entry in session.scalars(statement.order_by(ManifestEntry.name)):
        found.setdefault(entry.revision_id, {})[entry.name] = entry.sha256
    return found


def syllabuses_of(session: Session, course_id: int) -> dict[str, Syllabus]:
    """Return the course's syllabus by language, the original first; none where there is none."""
    text = find_text(session, course_id, Kind.SYLLABUS, "syllabus")
    if text is None:
        return {}
    languages = sorted(text.revisions, key=lambda language: (language != text.original, language))
    return {language: syllabus_of(text.revisions[language]) for language in languages}


def _source(text: Text, manifests: Mapping[int, Manifest], pictures: dict[str, dict[str, str]]) -> Source:
    """Read a quiz in its languages; what its pictures are called is added to ``pictures``."""
    slug, quizzes = text.document.slug, {}
    for language, revision in text.revisions.items():
        taken = pictures.setdefault(language, {})
        names = _take_names(slug, manifests.get(revision.id, {}), taken)
        quizzes[language] = _read(revision, names)
    return Source(slug, text.original, quizzes)


def _take_names(slug: str, manifest: Manifest, taken: dict[str, str]) -> dict[str, str]:
    """Take the names of a quiz's pictures; return the new ones of those that others have taken."""
    names: dict[str, str] = {}
    for name, sha256 in manifest.items():
        if taken.setdefault(name, sha256) != sha256:
            names[name] = _free_name(f"{slug}-", name, sha256, taken)
            taken[names[name]] = sha256
    return names


def _free_name(lead: str, name: str, sha256: str, taken: Manifest) -> str:
    path = PurePosixPath(name)
    while taken.get(str(path), sha256) != sha256:
        path = path.with_name(lead + path.name)
    return str(path)


def _read(revision: Revision, names: Mapping[str, str]) -> Quiz:
    if not names:
        return quiz_of(revision)
    document = parse_text(rename_pictures(revision.source, names), Kind.QUIZ).document
    if not isinstance(document, Quiz):
        raise NotPublished(f"revision {revision.id}")
    return document
