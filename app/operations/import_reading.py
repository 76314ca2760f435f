"""Read a file of questions into texts of quizzes, each item proven: what is written is read as the same."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from app.content.edition import picture_names
from app.content.scanner import FILE_LIMIT
from app.content.writer import format_document
from app.domain.errors import BadTable
from app.domain.imported import (
    Imported,
    Note,
    Reading,
    make_groups,
    mark_twins,
    split_groups,
    with_ids,
)
from app.domain.items import Item
from app.domain.quiz import Group, Quiz
from app.domain.words import Sentence, marked
from app.interchange.building import build
from app.interchange.docx_package import looks_like_docx
from app.interchange.docx_text import read_docx
from app.interchange.plain_text import read_text
from app.interchange.question_table import has_heads, read_questions
from app.interchange.questions import Sheet
from app.interchange.table_file import OLD, ZIP, decode_text
from app.operations.import_files import Line, Result
from app.operations.import_pictures import Pictures
from app.operations.import_proving import lossy, prove_all, prove_sections

MOST_ITEMS = 500
#: signs without which a text shows no picture
_PICTURES = ("![", "<img", "<IMG")
#: what a text may have beside its items
_SPARE = 8 * 1024


@dataclass(frozen=True, slots=True)
class Course:
    """What a course is to a file: its language, objectives, pictures, the items that a quiz has already."""

    language: str
    objectives: frozenset[str] = frozenset()
    pictures: frozenset[str] = frozenset()
    known: tuple[Item, ...] = ()
    #: whether all must go into one quiz, which has those items
    is_added: bool = False


def read_file(data: bytes, name: str, course: Course, about: Quiz) -> tuple[Result, Reading, Pictures]:
    """Read a file.

    :param name: what it is called, "" for a text that was pasted.
    :param about: a quiz without items: what those that are made have in common.
    :raises BadTable: it cannot be read, or has no questions, or too many for the quiz that they are added to.
    """
    pictures = Pictures()
    sheet = _sheet(data, name, pictures)
    proven = prove_sections([build(question) for question in sheet.questions], course.language)
    questions = prove_all([_with_objectives(one, course.objectives) for one in proven], course.language)
    questions = [_with_pictures(one, course.pictures | set(pictures.kept)) for one in questions]
    reading = Reading(mark_twins(questions, course.known), tuple(sheet.notes))
    groups = make_groups(reading.kept, course.language)
    if course.is_added and len(course.known) + sum(len(group.items) for group in groups) > MOST_ITEMS:
        raise BadTable(Sentence(NO_ROOM, {"n": len(course.known), "most": MOST_ITEMS}))
    texts = _texts(groups, about)
    if course.is_added and len(texts) > 1:
        raise BadTable(Sentence(NO_ROOM, {"n": len(course.known), "most": MOST_ITEMS}))
    lines = [_line(one) for one in reading.questions]
    notes = [_note(note) for note in reading.notes]
    return Result(texts, lines, notes, pictures.types), reading, pictures


def _sheet(data: bytes, name: str, pictures: Pictures) -> Sheet:
    ending = name.lower().rpartition(".")[2] if "." in name else ""
    if looks_like_docx(data) or (data.startswith(OLD) and ending == "doc"):
        return read_docx(data, pictures.keep)
    if data.startswith((ZIP, OLD)) or ending in {"csv", "tsv"}:
        return read_questions(data)
    if not data.strip():
        raise BadTable(Sentence(EMPTY))
    if name and ending not in {"txt", "md"} and has_heads(data):
        return read_questions(data)
    return read_text(decode_text(data))


def _with_objectives(question: Imported, known: frozenset[str]) -> Imported:
    """Leave out the objectives that the course's syllabus does not have."""
    item = question.item
    lost = [name for name in item.objectives if name not in known] if item else []
    if item is None or not lost:
        return question
    kept = tuple(name for name in item.objectives if name in known)
    told = Sentence(NO_OBJECTIVE, {"names": ", ".join(lost)[:60]})
    return lossy(replace(question, item=replace(item, objectives=kept)), told)


def _with_pictures(question: Imported, known: Set[str]) -> Imported:
    """Tell of pictures that neither the course nor the file has."""
    if question.item is None or not any(sign in repr(question.item) for sign in _PICTURES):
        return question
    shown = picture_names(format_document(Quiz("x", (Group(items=(question.item,)),))))
    lost = [name for name in shown if name not in known]
    return lossy(question, Sentence(NO_PICTURE, {"names": ", ".join(lost)[:60]})) if lost else question


def _texts(groups: Sequence[Group], about: Quiz) -> list[str]:
    most = MOST_ITEMS
    while True:
        parts = split_groups(groups, most)
        texts = [
            format_document(replace(about, title=_title(about, number), groups=with_ids(part, ())))
            for number, part in enumerate(parts, 1)
        ]
        if most == 1 or all(len(text.encode()) <= FILE_LIMIT - _SPARE for text in texts):
            return texts
        most = max(1, most // 2)


def _title(about: Quiz, number: int) -> str:
    return about.title if number == 1 else f"{about.title}（{number}）"


def _line(question: Imported) -> Line:
    said = [(one.text, one.values) for one in question.said]
    return Line(question.line, question.place, question.title, question.verdict.value, said, question.number)


def _note(note: Note) -> Line:
    return Line(note.line, "", "", "", [(note.said.text, note.said.values)])


def counted(reading: Reading, parts: int) -> Mapping[str, int]:
    """Return what is told of a file at one glance."""
    return {**reading.counts, "notes": len(reading.notes), "parts": parts}


EMPTY = marked("This file is empty.")
NO_ROOM = marked(
    "The quiz has %(n)s questions; with these it would have more than a quiz can hold (%(most)s, 256 KiB)."
    " Make a new quiz of them."
)
NO_PICTURE = marked(
    "There is no picture %(names)s in this course. Put it in beside the draft before you publish."
)
NO_OBJECTIVE = marked("The syllabus has no objective %(names)s: it is left out.")
