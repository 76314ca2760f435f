"""Give questions out in the forms that other people's programs read."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from app.content.parse import Kind, parse_text
from app.content.pictures import find_pictures
from app.content.scanner import split_lines
from app.content.sheet import Sheet
from app.domain.errors import NotFound
from app.domain.quiz import Quiz
from app.domain.roles import Person
from app.domain.words import Sentence, marked
from app.interchange.docx_writing import FindPicture, write_docx
from app.interchange.exporting import Export, Loss, export_quiz
from app.interchange.table_writing import write_csv, write_xlsx
from app.interchange.text_writing import write_text
from app.operations import audit
from app.operations.blobs import blob_path
from app.operations.shelves import pictures_of
from app.operations.writings import Target, Writing

EXPORT = "text.export"
#: form -> how its file is written: from the questions, in a language, with pictures
Writer = Callable[[Export, str, FindPicture], bytes]
FORMS: Mapping[str, Writer] = {
    "docx": lambda export, language, find: write_docx(export, find),
    "xlsx": lambda export, language, find: write_xlsx(export, language),
    "csv": lambda export, language, find: write_csv(export, language),
    "txt": lambda export, language, find: write_text(export).encode(),
}
#: the forms that name pictures and do not contain them
WITHOUT_PICTURES = frozenset({"xlsx", "csv", "txt"})


def quiz_of_writing(writing: Writing) -> Quiz:
    """Return the quiz that its authors have: their draft, or else what is published.

    :raises NotFound: it is no quiz, or its draft has errors.
    """
    document = parse_text(writing.text, Kind.QUIZ).document if writing.name.kind is Kind.QUIZ else None
    if not isinstance(document, Quiz):
        raise NotFound(writing.name.slug)
    return document


def export_items(quiz: Quiz, chosen: Collection[str] | None = None) -> Export:
    """Return the questions of a quiz, or those chosen by their ids, with what no file can say."""
    groups = tuple(
        replace(group, items=tuple(item for item in group.items if chosen is None or item.id in chosen))
        for group in quiz.groups
    )
    return export_quiz(replace(quiz, groups=tuple(group for group in groups if group.items)))


def picture_losses(quiz: Quiz) -> list[Loss]:
    """Return the pictures that a file without pictures only names."""
    losses: list[Loss] = []
    for item in quiz.items:
        texts = [item.stem, item.explanation, *(option.text for option in item.options)]
        lines = split_lines("\n".join(texts), Sheet("")) or []
        losses += [
            Loss(item.id, item.heading[:40], Sentence(ONLY_NAMED, {"name": one.address}))
            for one in find_pictures(lines)
        ]
    return losses


def write_file(session: Session, target: Target, export: Export, about: tuple[str, Path]) -> bytes:
    """Write a file of one form.

    :param about: the form, and the folder of the instance.
    """
    form, instance = about
    pictures = pictures_of(session, target.place.course.id)

    def find(name: str) -> bytes | None:
        path = blob_path(instance, pictures[name]) if name in pictures else None
        return path.read_bytes() if path and path.is_file() else None

    return FORMS[form](export, target.name.language, find)


def record_export(
    session: Session, person: Person, target: Target, about: tuple[str, int], now: datetime
) -> None:
    """Note in the log who took which questions out, in which form and how many."""
    form, count = about
    detail: dict[str, object] = {**target.name.detail, "form": form, "questions": count}
    place = target.place.offering.id
    audit.record(session, person, EXPORT, offering_id=place, detail=detail, now=now)


ONLY_NAMED = marked("The picture %(name)s is named in the file, not contained. Word files contain it.")
