"""Take questions of the bank into the draft of a quiz, or begin a quiz for exams with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.content.parse import Kind, parse_text
from app.content.writer import append_groups, format_document
from app.domain.errors import ExamOnly, NothingChosen, QuestionRetired, TextRefused
from app.domain.origins import write_picked
from app.domain.picking import Source, by_type, list_questions, origin_note, picked_groups, placed
from app.domain.quiz import Quiz
from app.domain.roles import Person
from app.domain.words import Sentence, marked
from app.models import Revision
from app.operations.authoring import LONGEST_MESSAGE
from app.operations.bank_places import Question
from app.operations.documents import quiz_of
from app.operations.drafts import save_draft
from app.operations.offerings import Place
from app.operations.shelves import TextName
from app.operations.writings import Seen, Target, find_state, open_writing


@dataclass(frozen=True, slots=True)
class Picked:
    """The draft that questions were taken into, and what the history of its text is to say of it."""

    target: Target
    message: str


def pick_into(
    session: Session, person: Person, target: Target, chosen: Sequence[Question], now: datetime
) -> Picked:
    """Write questions below a quiz's text, as its draft; they keep their ids where those are free.

    :raises NothingChosen, QuestionRetired: see ``sources_of``.
    :raises TextRefused: the text has errors, or these questions do not fit into it.
    :raises ExamOnly: some are for exams only, and the quiz is for practice.
    :raises NotFound, OfferingArchived, DraftChanged: see ``open_writing`` and ``save_draft``.
    """
    sources = sources_of(session, chosen)
    writing = open_writing(session, target)
    quiz = parse_text(writing.text, Kind.QUIZ).document
    if not isinstance(quiz, Quiz):
        raise TextRefused(Sentence(marked("The text of this quiz has errors. Mend them first.")))
    _check_use(sources, quiz)
    language = quiz.language
    groups = placed(picked_groups(sources, {item.id for item in quiz.items}), quiz, language)
    text = append_groups(writing.text, groups, language)
    _check(text, sum(1 for _ in quiz.items) + len(chosen))
    save_draft(session, person, target, (text, writing.seen), now)
    return Picked(target, _message(sources, language))


def pick_new(
    session: Session, person: Person, target: Target, what: tuple[str, Sequence[Question]], now: datetime
) -> Picked:
    """Begin a quiz for exams with questions, as a draft that nobody has published yet.

    :param what: its title, and the questions.
    :raises NothingChosen, QuestionRetired: see ``sources_of``.
    :raises TextRefused: the course has a text of this name, or the questions make no text.
    :raises OfferingArchived: see ``save_draft``.
    """
    title, chosen = what
    sources, language = sources_of(session, chosen), target.name.language
    if any(find_state(session, target)):
        raise TextRefused(Sentence(marked("The course has a text of this kind and short name already.")))
    source = write_picked([one.slug for one in sources], language)
    groups = tuple(by_type(picked_groups(sources, set()), language, shuffle=True))
    text = format_document(Quiz(title, groups, language=language, source=source, use="exam"))
    _check(text, len(chosen))
    save_draft(session, person, target, (text, Seen(0, 0)), now)
    return Picked(target, _message(sources, language))


def sources_of(session: Session, chosen: Sequence[Question]) -> list[Source]:
    """Return the quizzes of chosen questions, each with those of it.

    :raises NothingChosen: there are none.
    :raises QuestionRetired: one of them is retired.
    """
    if not chosen:
        raise NothingChosen
    if any(question.is_retired for question in chosen):
        raise QuestionRetired
    found: dict[int, Source] = {}
    for question in chosen:
        document = question.document
        before = found.get(document.id)
        quiz = before.quiz if before else quiz_of(session.get_one(Revision, document.head_revision_id))
        items = [*(before.items if before else ()), question.row.item]
        found[document.id] = Source(document.slug, quiz, items)
    return list(found.values())


def new_target(place: Place, slug: str, language: str) -> Target:
    """Return the quiz of a name in the course of an offering."""
    return Target(place, TextName(Kind.QUIZ, slug, language))


def _check_use(sources: Sequence[Source], quiz: Quiz) -> None:
    """Keep questions for exams, and their keys, out of what students practise on."""
    walled = {one.slug: one.items for one in sources if one.quiz.use == "exam"}
    if walled and quiz.use != "exam":
        raise ExamOnly(Sentence(EXAM_ONLY, {"questions": list_questions(walled)}))


def _check(text: str, count: int) -> None:
    """Refuse a text that would not say what was meant, before it is saved."""
    document = parse_text(text, Kind.QUIZ).document
    if not isinstance(document, Quiz) or sum(1 for _ in document.items) != count:
        raise TextRefused(Sentence(marked("These questions cannot be written into one text.")))


def _message(sources: Sequence[Source], language: str) -> str:
    return origin_note({one.slug: one.items for one in sources}, language)[:LONGEST_MESSAGE]


EXAM_ONLY = marked(
    "These questions are for exams only: %(questions)s. In a practice quiz students would see them and their "
    "keys. Choose a quiz for exams, or begin a new one."
)
