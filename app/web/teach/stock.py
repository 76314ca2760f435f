"""The stock of a bank as a table: modules, their cells, and the fields of a blueprint beside them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import gettext
from wtforms import DecimalField, IntegerField

from app.domain.bank import Bank, BankItem, Cell
from app.domain.question_types import TYPE_ORDER, type_title
from app.domain.specification import EXPECTED
from app.domain.syllabus import Syllabus, listed_hours
from app.web.languages import current_language
from app.web.teach.blueprint_forms import BlueprintForm, cell_name
from app.web.teach.names import difficulty_name, level_or_none


@dataclass(frozen=True, slots=True)
class StockRow:
    """A cell of the bank with its two fields. ``worths`` are the points that keys ask for.

    ``expected`` is the share of points (0..1) that a class should earn, "" where no difficulty is set.
    """

    level: str
    difficulty: str
    expected: str
    type: str
    there: int
    count: IntegerField
    points: DecimalField
    worths: Sequence[tuple[Decimal, int]]

    @property
    def label(self) -> str:
        """What the fields stand for, where the head of the table is not read."""
        return f"{self.level} · {self.difficulty} · {self.type}"


@dataclass(frozen=True, slots=True)
class StockModule:
    """A module with its rows; ``share`` is that of the listed class hours, 0..1."""

    title: str
    rows: Sequence[StockRow]
    hours: Decimal | None
    share: Decimal | None

    @property
    def there(self) -> int:
        """How many items there are."""
        return sum(row.there for row in self.rows)


def stock_modules(bank: Bank, form: BlueprintForm, syllabus: Syllabus | None) -> list[StockModule]:
    """Return the table of the stock, by module."""
    by_module: dict[str | None, list[StockRow]] = {}
    for cell, items in bank.stock.items():
        by_module.setdefault(cell.module, []).append(_row(cell, items, form))
    known = {module.id: module for module in (syllabus.modules if syllabus else ())}
    listed = listed_hours(syllabus) if syllabus else Decimal(0)
    found = []
    for name, rows in by_module.items():
        module = known.get(name) if name is not None else None
        hours = module.hours if module else None
        share = hours / listed if hours is not None and listed else None
        title = module.title if module else name or gettext("Of no module")
        found.append(StockModule(title, rows, hours, share))
    return found


def _row(cell: Cell, items: Sequence[BankItem], form: BlueprintForm) -> StockRow:
    name = cell_name(cell)
    worths = Counter(item.worth for item in items if item.worth is not None)
    return StockRow(
        level=level_or_none(cell.level),
        difficulty=difficulty_name(cell.difficulty),
        expected=str(float(EXPECTED[cell.difficulty])) if cell.difficulty else "",
        type=_types(cell, items),
        there=len(items),
        count=form.counts[name],
        points=form.each(name),
        worths=sorted(worths.items()),
    )


def _types(cell: Cell, items: Sequence[BankItem]) -> str:
    """Name the type of a row; where they are not told apart, all of them with how many there are."""
    language = current_language()
    if cell.type is not None:
        return type_title(cell.type, language)
    counts = Counter(item.type for item in items)
    return gettext(", ").join(
        f"{type_title(name, language)} {counts[name]}" for name in TYPE_ORDER if counts[name]
    )
