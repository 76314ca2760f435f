"""What somebody looks for in the bank."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.domain.bank_terms import Atom, Term, read_terms
from app.domain.bank_words import LIVE, NEVER, ORIGINAL, RETIRED, Mark, tag_token, topic_token


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters of the bank; empty ones let everything pass. Days are those on which exams opened."""

    text: str = ""
    quiz: str = ""
    type: str = ""
    difficulty: str = ""
    level: str = ""
    topic: str = ""
    objective: str = ""
    tag: str = ""
    author: str = ""
    use: str = ""
    exam: str = ""
    #: empty: originals alone
    language: str = ""
    state: str = LIVE
    #: never · before: not since the day · since the day
    used: str = ""
    day: date | None = None


_FACTS = (
    (Mark.QUIZ, "quiz"),
    (Mark.TYPE, "type"),
    (Mark.DIFFICULTY, "difficulty"),
    (Mark.LEVEL, "level"),
    (Mark.OBJECTIVE, "objective"),
    (Mark.AUTHOR, "author"),
    (Mark.USE, "use"),
    (Mark.EXAM, "exam"),
)


def terms_of(wanted: Wanted) -> list[Term]:
    """Return what must be found of a question, what finds least first as far as that is known.

    >>> terms_of(Wanted(type="single"))[0]
    ((Atom(token='y:single', end='', like=''),),)
    """
    return [*read_terms(wanted.text), *(((atom,),) for atom in _atoms(wanted))]


def _atoms(wanted: Wanted) -> Iterator[Atom]:
    for mark, name in _FACTS:
        value = getattr(wanted, name)
        if value:
            yield Atom(mark + value)
    if wanted.topic:
        yield Atom(topic_token(wanted.topic))
    if wanted.tag:
        yield Atom(tag_token(wanted.tag))
    yield from _used(wanted)
    yield Atom(Mark.LANGUAGE + (wanted.language or ORIGINAL))
    if wanted.state in {LIVE, RETIRED}:
        yield Atom(Mark.STATE + wanted.state)


def _used(wanted: Wanted) -> Iterator[Atom]:
    if wanted.used == "never":
        yield Atom(Mark.USED_ON + NEVER)
    elif wanted.used == "since" and wanted.day:
        yield Atom(f"{Mark.USED_ON}{wanted.day}", Mark.USED_ON + "9")
    elif wanted.used == "before" and wanted.day:
        yield Atom(Mark.USED_ON + NEVER, f"{Mark.USED_ON}{wanted.day}")
