"""A blueprint (组卷蓝图): how many items of each cell of a bank, for how many points, make a paper.

Items are chosen in the order of SHA-256 of a seed, as layouts are drawn: any later program can
choose them again.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256

from app.domain.bank import Bank, BankItem, Cell
from app.domain.errors import BadPaper, StockShort
from app.domain.ids import free_name
from app.domain.items import Item
from app.domain.origins import write_origins
from app.domain.question_types import TYPE_ORDER, type_title
from app.domain.quiz import Group, Quiz
from app.domain.words import marked

LEAST_POINTS, MOST_POINTS = Decimal("0.1"), Decimal(100)
CENT = Decimal("0.01")
OTHER = {True: "其他", False: "Other"}


@dataclass(frozen=True, slots=True)
class Wish:
    """How many items of a cell are wanted, each for how many points."""

    count: int
    points: Decimal


Wishes = Mapping[Cell, Wish]


@dataclass(frozen=True, slots=True)
class Shortage:
    """A cell that is short (库存不足): how many are wanted, how many there are that take the points.

    ``others`` are in the cell too, but their keys or rules ask for other points.
    """

    cell: Cell
    wanted: int
    there: int
    others: int = 0


@dataclass(frozen=True, slots=True)
class Blueprint:
    """What a paper is to be. ``titles`` by language.

    ``draws_each``: every person draws; else the items are chosen once for all, and ``shuffle`` tells
    whether each person gets them in another order.
    """

    titles: Mapping[str, str]
    wishes: Wishes
    draws_each: bool = False
    shuffle: bool = True

    @property
    def count(self) -> int:
        """How many items a person gets."""
        return sum(wish.count for wish in self.wishes.values())

    @property
    def worth(self) -> Decimal:
        """Full marks."""
        return sum((wish.count * wish.points for wish in self.wishes.values()), Decimal(0))


@dataclass(frozen=True, slots=True)
class _Part:
    """A big question (大题) to be: its cell or, of a paper for all, its type alone; its items, points."""

    cell: Cell
    items: tuple[tuple[BankItem, Decimal], ...]
    draw: int | None = None

    @property
    def each(self) -> Decimal | None:
        """The points that all of its items have."""
        points = {worth for _, worth in self.items}
        return points.pop() if len(points) == 1 else None


def default_title(day: date, number: int, language: str) -> str:
    """Return what the nth paper of a day is called while nobody has named it.

    >>> default_title(date(2026, 11, 26), 2, "en")
    'Paper 2026-11-26-2'
    """
    return f"{'试卷' if language.startswith('zh') else 'Paper'} {day}-{number}"


def check_stock(stock: Mapping[Cell, Sequence[BankItem]], wishes: Wishes) -> list[Shortage]:
    """Name every cell that has fewer items than are wanted of it."""
    short = []
    for cell, wish in wishes.items():
        items = stock.get(cell, ())
        there = len(_fitting(items, wish))
        if there < wish.count:
            short.append(Shortage(cell, wish.count, there, len(items) - there))
    return short


def compose(bank: Bank, blueprint: Blueprint, seed: str) -> dict[str, Quiz]:
    """Compose the paper in every language of the bank, the original's first.

    :raises StockShort: a cell has fewer items than are wanted of it.
    :raises BadPaper: nothing is wanted, or points are out of range.
    """
    _check(bank, blueprint)
    parts = list(_drawn_parts(bank, blueprint) if blueprint.draws_each else _parts(bank, blueprint, seed))
    items = [item for part in parts for item, _ in part.items]
    ids, module = _unique_ids(items), _module(items)
    return {
        language: Quiz(
            title=blueprint.titles[language],
            groups=tuple(_group(part, (bank, blueprint, language), ids) for part in parts),
            language=language,
            source=write_origins(_origins(items, bank), language),
            use="exam",
            module=module,
        )
        for language in bank.languages
    }


def _check(bank: Bank, blueprint: Blueprint) -> None:
    if not blueprint.wishes:
        raise BadPaper(marked("Say of at least one row how many questions are wanted."))
    for wish in blueprint.wishes.values():
        in_range = wish.count >= 1 and LEAST_POINTS <= wish.points <= MOST_POINTS
        if not in_range or wish.points != wish.points.quantize(CENT):
            raise BadPaper(marked("Points are 0.1 to 100, with two decimals at most."))
    short = check_stock(bank.stock, blueprint.wishes)
    if short:
        raise StockShort(", ".join(str(one) for one in short))


def _fitting(items: Iterable[BankItem], wish: Wish) -> tuple[BankItem, ...]:
    return tuple(item for item in items if item.takes(wish.points))


def _parts(bank: Bank, blueprint: Blueprint, seed: str) -> Iterator[_Part]:
    """Choose the items, the same for everybody: a part a question type."""
    chosen = [
        (item, wish.points)
        for cell, items in bank.stock.items()
        if (wish := blueprint.wishes.get(cell))
        for item in _chosen(_fitting(items, wish), wish.count, seed)
    ]
    for name in TYPE_ORDER:
        items = tuple(one for one in chosen if one[0].type == name)
        if items:
            yield _Part(Cell(None, None, None, name), items)


def _chosen(items: Sequence[BankItem], count: int, seed: str) -> list[BankItem]:
    """Choose so many items, of one text no second before one of every other; they stay in their order."""
    drawn = sorted(items, key=lambda item: sha256("/".join((seed, *item.name)).encode()).digest())
    names = {item.name for item in _spread(drawn)[:count]}
    return [item for item in items if item.name in names]


def _spread(drawn: Iterable[BankItem]) -> list[BankItem]:
    """Put the second item of every text behind the first ones, the third behind those, and so on."""
    rounds: dict[int, list[BankItem]] = defaultdict(list)
    before: Counter[str] = Counter()
    for item in drawn:
        rounds[before[item.text]].append(item)
        before[item.text] += bool(item.text)
    return [item for number in sorted(rounds) for item in rounds[number]]


def _drawn_parts(bank: Bank, blueprint: Blueprint) -> Iterator[_Part]:
    """Take all items that may be drawn: a part a cell, of which each person draws some."""
    for cell, items in bank.stock.items():
        wish = blueprint.wishes.get(cell)
        if wish:
            pool = tuple((item, wish.points) for item in _fitting(items, wish))
            yield _Part(cell, pool, wish.count)


def _group(part: _Part, what: tuple[Bank, Blueprint, str], ids: Mapping[tuple[str, str], str]) -> Group:
    bank, blueprint, language = what
    each = part.each
    return Group(
        title=_title(part, bank, language),
        items=tuple(
            _item(item, language, ids[item.name], None if each else points) for item, points in part.items
        ),
        each=each,
        draw=part.draw,
        shuffle=blueprint.draws_each or blueprint.shuffle,
    )


def _item(item: BankItem, language: str, name: str, points: Decimal | None) -> Item:
    return replace(item.wordings[language], id=name, points=points)


def _title(part: _Part, bank: Bank, language: str) -> str:
    is_chinese = language.startswith("zh")
    name = type_title(part.cell.type, language) if part.cell.type else ""
    if part.draw is None:
        return name
    titles = bank.titles.get(language) or next(iter(bank.titles.values()), {})
    module = part.cell.module
    title = OTHER[is_chinese] if module is None else titles.get(module, module)
    colon = "：" if is_chinese else ": "
    return f"{title}{colon}{name}" if name else title


def _module(items: Iterable[BankItem]) -> str | None:
    """Return the module of the items that have no objective, where it is the same one."""
    modules = {item.cell.module for item in items if not item.has_objective}
    return modules.pop() if len(modules) == 1 else None


def _origins(items: Iterable[BankItem], bank: Bank) -> list[str]:
    """Return the quizzes that the items come from, also those that these were composed from."""
    slugs = dict.fromkeys(item.slug for item in items)
    return list(dict.fromkeys(name for slug in slugs for name in (slug, *bank.origins.get(slug, ()))))


def _unique_ids(items: Sequence[BankItem]) -> dict[tuple[str, str], str]:
    """Give each item an id of its own: the one it has, with its quiz's slug before it where two clash."""
    plain = Counter(item.item.id for item in items)
    taken = {name for name, count in plain.items() if count == 1}
    ids: dict[tuple[str, str], str] = {}
    for item in items:
        name = item.item.id
        if plain[name] > 1:
            name = free_name(f"{item.slug.strip('-')}-{name}".lstrip("-"), taken)
            taken.add(name)
        ids[item.name] = name
    return ids
