"""Questions that come from other people's files: what became of each, and how they make quizzes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import groupby

from app.domain.items import Item, ItemType
from app.domain.keys import ConstructedKey
from app.domain.question_types import question_type, type_title
from app.domain.quiz import Group, Quiz, points_of
from app.domain.scoring.normal import normal_form
from app.domain.words import Sentence, marked


class Verdict(StrEnum):
    """What becomes of a question."""

    TAKEN = "taken"
    #: something of it cannot be kept, and is told
    LOSSY = "lossy"
    #: the same question stands before it, or in the quiz that it is to be added to
    TWIN = "twin"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Section:
    """A big question as the file has it; without a title the types of its questions give one."""

    title: str = ""
    stem: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """A question as it was read. ``line`` is its row, line or paragraph, ``place`` its sheet, if any.

    ``number`` is the one that its author gave it, 0 where there is none.
    """

    line: int
    title: str
    verdict: Verdict
    said: tuple[Sentence, ...] = ()
    item: Item | None = None
    section: Section = Section()
    place: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """What was not taken over, and belongs to no question."""

    line: int
    said: Sentence


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it was read."""

    questions: tuple[Imported, ...]
    notes: tuple[Note, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many questions there are of each verdict."""
        return {verdict.value: sum(one.verdict is verdict for one in self.questions) for verdict in Verdict}

    @property
    def kept(self) -> Iterator[Imported]:
        """The questions that will be taken."""
        return (one for one in self.questions if one.verdict in {Verdict.TAKEN, Verdict.LOSSY})


def fault(question: Imported, said: Sentence) -> Imported:
    """Return a question that cannot be taken, and why."""
    return replace(question, verdict=Verdict.FAULT, said=(said,), item=None)


def mark_twins(questions: Sequence[Imported], known: Iterable[Item]) -> tuple[Imported, ...]:
    """Mark the questions that stand in the file twice, or in the quiz already."""
    there = {sameness(item) for item in known}
    lines: dict[object, int] = {}
    marked_ones: list[Imported] = []
    for one in questions:
        same = None if one.item is None else (sameness(one.item), one.section.stem)
        if one.item is None or one.item.type is ItemType.INFO:
            marked_ones.append(one)
        elif sameness(one.item) in there:
            marked_ones.append(replace(one, verdict=Verdict.TWIN, said=(Sentence(THERE_ALREADY),)))
        elif same in lines:
            said = Sentence(TWICE, {"line": lines[same]})
            marked_ones.append(replace(one, verdict=Verdict.TWIN, said=(said,)))
        else:
            lines[same] = one.line
            marked_ones.append(one)
    return tuple(marked_ones)


def sameness(item: Item) -> object:
    """Return what two items share that ask the same: type, stem and options, but for small differences."""
    return item.type, normal_form(item.stem), tuple(normal_form(one.text) for one in item.options)


def make_groups(questions: Iterable[Imported], language: str) -> tuple[Group, ...]:
    """Put questions into groups: those of the file, or else one a run of the same type."""
    kept = [one for one in questions if one.item is not None]
    runs = [(key, [one.item for one in run if one.item]) for key, run in groupby(kept, _run_of)]
    is_plain = len(runs) == 1 and runs[0][0][0] == Section()
    return tuple(_group(section, items, "" if is_plain else language) for (section, _), items in runs)


def _run_of(question: Imported) -> tuple[Section, str]:
    has_title = bool(question.section.title)
    kind = "" if has_title or question.item is None else question_type(question.item)
    return question.section, kind


def _group(section: Section, items: Sequence[Item], language: str) -> Group:
    title = section.title
    if not title and (language or section.stem):
        first = next((one for one in items if one.is_scored), None)
        title = type_title(question_type(first), language or "zh") if first else "说明"
    return gather_points(Group(title=title, stem=section.stem, items=tuple(items)))


def gather_points(group: Group) -> Group:
    """Say once for the group what its items are worth, where they are worth the same."""
    scored = [one for one in group.items if one.is_scored]
    worths = {points_of(one, group) for one in scored}
    if not group.title or len(worths) != 1 or not all(one.points for one in scored):
        return group
    each: Decimal = worths.pop()
    return replace(group, each=each, items=tuple(replace(one, points=None) for one in group.items))


def with_ids(groups: Sequence[Group], used: Iterable[str]) -> tuple[Group, ...]:
    """Give every item an id that is not used: its own where that is free, else the next number."""
    taken, number = set(used), 0
    own = {item.id for group in groups for item in group.items if item.id}
    done: list[Group] = []
    for group in groups:
        items: list[Item] = []
        for item in group.items:
            name = item.id
            while not name or name in taken:
                number += 1
                name = f"q{number}"
                name = "" if name in own else name
            taken.add(name)
            items.append(replace(item, id=name))
        done.append(replace(group, items=tuple(items)))
    return tuple(done)


def split_groups(groups: Sequence[Group], most: int) -> list[tuple[Group, ...]]:
    """Split groups into as many parts as it takes for none to have more than so many items."""
    parts: list[list[Group]] = [[]]
    room = most
    for group in groups:
        items = list(group.items)
        while items:
            if not room:
                parts.append([])
                room = most
            parts[-1].append(replace(group, items=tuple(items[:room])))
            items, room = items[room:], room - min(room, len(items))
    return [tuple(part) for part in parts if part]


def title_of(stem: str) -> str:
    """Return the beginning of a stem, by which its author knows it again."""
    text = " ".join(stem.split())
    return text if len(text) <= 40 else f"{text[:39]}…"


def parts_of(quiz: Quiz) -> Mapping[str, int]:
    """Return how many items of each type a quiz has."""
    names = [question_type(item) for item in quiz.items if item.is_scored]
    return {name: names.count(name) for name in dict.fromkeys(names)}


def worth_of_points(key: ConstructedKey) -> Decimal:
    """Return what the marking points add up to."""
    return sum((point.points for point in key.points), Decimal(0))


TWICE = marked("The same question stands in line %(line)s. It is taken once.")
THERE_ALREADY = marked("The quiz has this question already. It is not added again.")
