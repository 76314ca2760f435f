"""A bank (题库): the items of chosen quizzes that can stand alone, each with what it inherits."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from app.domain.bank_sources import Source, common_languages
from app.domain.errors import NoCommonLanguage
from app.domain.items import Difficulty, Item, Level
from app.domain.origins import read_origins
from app.domain.question_types import TYPE_ORDER, question_type
from app.domain.quiz import Group, Quiz, points_of, points_of_key, with_inherited
from app.domain.scoring.rules import valid_scoring
from app.domain.syllabus import Syllabus, modules_of

LEVEL_ORDER = tuple(Level)
DIFFICULTY_ORDER = tuple(Difficulty)
#: what a word of a topic cannot hold where it stands at an item
_UNWRITABLE = frozenset("{}\\｛｝＼")

#: items by id, with what they inherit
Texts = Mapping[str, Item]


class LeftOut(StrEnum):
    """Why an item of a quiz is not in the bank."""

    NOTE = "note"
    #: its group shows a case, or has a stem that was not written into it: without these it means nothing
    SHARED = "shared"
    #: the text above it cannot be written into it
    UNTOLD = "untold"
    #: it is retired: kept out of new papers
    RETIRED = "retired"
    #: another of the quizzes has the same item
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a blueprint; None where nothing is set.

    ``type`` is one of QUESTION_TYPES, None where types are not told apart.
    """

    module: str | None
    level: Level | None
    difficulty: Difficulty | None
    type: str | None = None


@dataclass(frozen=True, slots=True)
class BankItem:
    """An item with its place in a blueprint, and its wordings by language.

    The wordings have everything that the item inherits but points, which a paper gives; ``points``
    is what it is worth in its quiz.
    """

    slug: str
    cell: Cell
    points: Decimal
    wordings: Mapping[str, Item]
    has_objective: bool = True
    #: the text that it shares with others, in the original's language
    text: str = ""

    @property
    def name(self) -> tuple[str, str]:
        """Its quiz's slug and its id there."""
        return self.slug, self.item.id

    @property
    def item(self) -> Item:
        """One wording; key, type and rule are the same in all."""
        return next(iter(self.wordings.values()))

    @property
    def type(self) -> str:
        """Its question type."""
        return question_type(self.item)

    @property
    def worth(self) -> Decimal | None:
        """What its key says that it is worth, None if a paper may give it any points."""
        return points_of_key(self.item.key)

    def takes(self, points: Decimal) -> bool:
        """Whether a paper may give it these points without a change of its key or rule."""
        if self.worth is not None and self.worth != points:
            return False
        item = replace(self.item, points=points)
        return item.scoring is None or valid_scoring(item.scoring, item)


@dataclass(frozen=True, slots=True)
class Bank:
    """Items in the order of modules, levels, difficulties and types; ``languages`` are those of all.

    ``titles`` are those of the syllabus's modules by language.
    """

    items: tuple[BankItem, ...]
    languages: tuple[str, ...]
    titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    left_out: Mapping[LeftOut, int] = field(default_factory=dict)
    #: slug -> the quizzes from which that quiz itself was composed
    origins: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def stock(self) -> Mapping[Cell, tuple[BankItem, ...]]:
        """What there is, by cell."""
        cells: dict[Cell, list[BankItem]] = {}
        for item in self.items:
            cells.setdefault(item.cell, []).append(item)
        return {cell: tuple(items) for cell, items in cells.items()}

    def without_types(self) -> "Bank":
        """Return the bank with question types not told apart: fewer cells with more in each."""
        items = (replace(item, cell=replace(item.cell, type=None)) for item in self.items)
        return replace(self, items=tuple(items))


def module_of(item: Item, quiz: Quiz, modules: Mapping[str, str]) -> str | None:
    """Return the module of an item with its objectives filled in: that of the first, else the quiz's."""
    first = item.objectives[0] if item.objectives else ""
    return modules.get(first, quiz.module)


def gather_bank(sources: Sequence[Source], syllabuses: Mapping[str, Syllabus]) -> Bank:
    """Gather the items that can stand alone, and count those that cannot.

    :param syllabuses: the course's syllabus by language, the original first.
    :raises NoCommonLanguage: no language is that of all quizzes.
    """
    syllabus = next(iter(syllabuses.values()), None)
    languages = common_languages(sources)
    if sources and not languages:
        raise NoCommonLanguage(", ".join(source.slug for source in sources))
    found: list[BankItem] = []
    left_out: Counter[LeftOut] = Counter()
    seen: set[object] = set()
    modules = modules_of(syllabus)
    for source in sources:
        texts = {language: _texts(source.quizzes[language]) for language in languages}
        for number, group in enumerate(source.master.groups, start=1):
            is_shared, text = source.shares_text(number), source.text_of(number)
            for item in group.items:
                reason = LeftOut.SHARED if is_shared and item.is_scored else _reason(item, source, seen)
                if reason is None:
                    seen.add(_sameness(item))
                    found.append(replace(_bank_item(source, (item, group), texts, modules), text=text))
                else:
                    left_out[reason] += 1
    order = [module.id for module in (syllabus.modules if syllabus else ())]
    return Bank(
        items=tuple(sorted(found, key=lambda one: _place(one.cell, order))),
        languages=languages,
        titles={language: _titles(one) for language, one in syllabuses.items()},
        left_out=dict(left_out),
        origins={source.slug: read_origins(source.master.source) for source in sources},
    )


def _all_items(quiz: Quiz) -> Iterator[tuple[Item, Group]]:
    return ((item, group) for group in quiz.groups for item in group.items)


def _reason(item: Item, source: Source, seen: set[object]) -> LeftOut | None:
    if not item.is_scored:
        return LeftOut.NOTE
    if item.id in source.untold:
        return LeftOut.UNTOLD
    if item.id in source.retired:
        return LeftOut.RETIRED
    return LeftOut.TWICE if _sameness(item) in seen else None


def _sameness(item: Item) -> object:
    return item.type, item.heading, item.body, item.key, item.walk


def _bank_item(
    source: Source, found: tuple[Item, Group], texts: Mapping[str, Texts], modules: Mapping[str, str]
) -> BankItem:
    master = with_inherited(*found, source.master)
    module = module_of(master, source.master, modules)
    cell = Cell(module, master.level, master.difficulty, question_type(master))
    wordings = {language: _wording(master, each[master.id]) for language, each in texts.items()}
    has_objective = bool(master.objectives) and master.objectives[0] in modules
    return BankItem(source.slug, cell, points_of(*found), wordings, has_objective)


def _texts(quiz: Quiz) -> Texts:
    return {item.id: with_inherited(item, group, quiz) for item, group in _all_items(quiz)}


def _wording(master: Item, item: Item) -> Item:
    """Return a wording with what is decided by the original; its points and former id go."""
    words = ("_".join(word.split()) for word in item.topic if not _UNWRITABLE & set(word))
    return replace(
        item,
        points=None,
        objectives=master.objectives,
        level=master.level,
        difficulty=master.difficulty,
        topic=tuple(dict.fromkeys(words)),
        was=None,
    )


def _place(cell: Cell, modules: Sequence[str]) -> tuple[int, int, int, int]:
    return (
        _rank(cell.module, modules),
        _rank(cell.level, LEVEL_ORDER),
        _rank(cell.difficulty, DIFFICULTY_ORDER),
        _rank(cell.type, TYPE_ORDER),
    )


def _rank(value: object, order: Sequence[object]) -> int:
    """Return a place in an order; what stands in none comes last, nothing after all."""
    if value is None:
        return len(order) + 1
    return order.index(value) if value in order else len(order)


def _titles(syllabus: Syllabus) -> dict[str, str]:
    return {module.id: module.title for module in syllabus.modules}
