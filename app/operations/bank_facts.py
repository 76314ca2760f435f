"""Difficulty and objectives of a question, set from the bank: a change of the draft of its quiz."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.content.item_facts import with_facts
from app.content.parse import Kind, Parsed, parse_text
from app.domain.errors import DraftChanged, TextRefused
from app.domain.items import Difficulty, Item
from app.domain.quiz import Group, Quiz, with_inherited
from app.domain.roles import Person
from app.domain.words import Sentence, marked
from app.operations.bank_places import Question
from app.operations.drafts import save_draft
from app.operations.shelves import TextName
from app.operations.writings import Target, Writing, open_writing


@dataclass(frozen=True, slots=True)
class Facts:
    """What a question says of itself, or what its group or quiz says for it."""

    difficulty: Difficulty | None = None
    objectives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A question as it stands in the text that its authors write on."""

    writing: Writing
    parsed: Parsed
    quiz: Quiz
    group: Group
    item: Item

    @property
    def facts(self) -> Facts:
        """What holds for the question."""
        whole = with_inherited(self.item, self.group, self.quiz)
        return Facts(whole.difficulty, whole.objectives)

    def own(self, wanted: Facts) -> dict[str, object]:
        """Return what the question must say itself for this to hold: nothing of what it inherits."""
        bare = Item(id=self.item.id, type=self.item.type, key=None)
        given = with_inherited(bare, self.group, self.quiz)
        return {
            "difficulty": None if wanted.difficulty == given.difficulty else wanted.difficulty,
            "objectives": () if wanted.objectives == given.objectives else wanted.objectives,
        }


def target_of_question(question: Question) -> Target:
    """Return the quiz that a question stands in."""
    document = question.document
    return Target(question.place, TextName(Kind.QUIZ, document.slug, document.language))


def find_written(session: Session, question: Question) -> Written | None:
    """Return a question as its quiz's draft has it, else as it is published; None where it is not there."""
    writing = open_writing(session, target_of_question(question))
    parsed = parse_text(writing.text, Kind.QUIZ)
    quiz = parsed.document
    if not isinstance(quiz, Quiz):
        return None
    found = ((group, item) for group in quiz.groups for item in group.items if item.id == question.row.item)
    return next((Written(writing, parsed, quiz, *one) for one in found), None)


def set_facts(session: Session, person: Person, question: Question, wanted: Facts, now: datetime) -> bool:
    """Write what is wanted into the draft of the quiz; whether anything changed.

    :raises TextRefused: the draft has errors, or has the question no more.
    :raises DraftChanged: the draft is behind what is published.
    :raises OfferingArchived: the offering is read-only.
    """
    written = find_written(session, question)
    if written is None:
        raise TextRefused(Sentence(NOT_THERE))
    if wanted == written.facts:
        return False
    if written.writing.is_behind:
        raise DraftChanged
    text = with_facts(written.writing.text, written.parsed, written.item.id, written.own(wanted))
    save_draft(session, person, target_of_question(question), (text, written.writing.seen), now)
    return True


NOT_THERE = marked(
    "The draft of this quiz has errors, or does not have this question any more. Look at it first."
)
