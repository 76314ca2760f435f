"""The form of a blueprint: a row a cell of the bank, with how many questions and points each."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DecimalField, HiddenField, IntegerField, RadioField, StringField
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    Regexp,
    StopValidation,
)

from app.domain.bank import Bank, BankItem, Cell
from app.domain.blueprint import (
    CENT,
    LEAST_POINTS,
    MOST_POINTS,
    Blueprint,
    Shortage,
    Wish,
    check_stock,
    default_title,
)
from app.web.filters import points
from app.web.forms import Form
from app.web.teach.names import language_name

MOST_ITEMS = 500
POINTS = _l("Points are 0.1 to 100, with two decimals at most.")
#: the name of the choice not to tell question types apart
ROWS_OF_CELLS = "cells"
COUNT, EACH, TITLE = "count-", "points-", "title-"


class BlueprintForm(Form):
    """What is not in the table. Titles and cells are added for the bank at hand."""

    seed = HiddenField(validators=[InputRequired(), Regexp(r"[0-9a-f]{1,32}\Z")])
    #: "cells": question types are not told apart
    rows = HiddenField()
    draws = RadioField(
        _l("Which questions"),
        choices=lambda: [
            ("once", gettext("Drawn once: everybody gets the same questions")),
            ("each", gettext("Drawn for each person, as many of every row")),
        ],
        default="once",
        description=_l("In a paper that each person draws, every row becomes a part of its own."),
    )
    shuffle = BooleanField(_l("Show questions and options to each person in another order"), default=True)

    @property
    def titles(self) -> Mapping[str, StringField]:
        """The titles by language."""
        return self._named(TITLE)

    @property
    def counts(self) -> Mapping[str, IntegerField]:
        """How many are wanted, by name of the cell."""
        return self._named(COUNT)

    def each(self, name: str) -> DecimalField:
        """Return the points of a cell."""
        return self._fields[EACH + name]

    def _named(self, lead: str) -> dict[str, Any]:
        return {
            name.removeprefix(lead): field for name, field in self._fields.items() if name.startswith(lead)
        }

    def check(self, bank: Bank) -> Blueprint | None:
        """Return the blueprint that was filled in, None if it has faults; each is told at its field."""
        is_valid = self.validate_on_submit()
        cells = {cell_name(cell): cell for cell in bank.stock}
        wishes = {cells[name]: wish for name, wish in self._wishes()}
        for shortage in check_stock(bank.stock, wishes):
            self.counts[cell_name(shortage.cell)].errors = said_of(shortage)
        if not is_valid or self.errors:
            return None
        return Blueprint(
            titles={
                language: " ".join((field.data or "").split()) for language, field in self.titles.items()
            },
            wishes=wishes,
            draws_each=self.draws.data == "each",
            shuffle=bool(self.shuffle.data),
        )

    def _wishes(self) -> Iterator[tuple[str, Wish]]:
        for name, field in self.counts.items():
            each = self.each(name)
            if not field.data or field.errors or each.errors:
                continue
            if each.data is None:
                each.errors = [gettext("Say how many points each is worth.")]
                continue
            yield name, Wish(field.data, each.data)

    def has_strange_rows(self) -> bool:
        """Whether rows were filled in that the bank has no longer."""
        known = self.counts
        return any(
            name.startswith(COUNT) and value.strip() and name.removeprefix(COUNT) not in known
            for name, value in request.form.items()
        )


def make_form(bank: Bank, paper: tuple[date, int], seed: str) -> BlueprintForm:
    """Return the form of a bank.

    :param paper: the day, and how many papers there are of it with this one.
    """
    fields: dict[str, Any] = {}
    for language in bank.languages:
        fields[TITLE + language] = StringField(
            gettext("Title (%(language)s)", language=language_name(language)),
            validators=[DataRequired(), Length(max=120), is_printable],
            default=default_title(*paper, language),
        )
    for cell, items in bank.stock.items():
        name = cell_name(cell)
        fields[COUNT + name] = IntegerField(
            gettext("How many"), validators=[Optional(), is_read, NumberRange(0, MOST_ITEMS)]
        )
        fields[EACH + name] = DecimalField(
            gettext("Points each"),
            places=None,
            validators=[Optional(), is_read, is_worth],
            default=_usual(items),
        )
    rows = ROWS_OF_CELLS if any(cell.type is None for cell in bank.stock) else ""
    made: BlueprintForm = type("BankForm", (BlueprintForm,), fields)(seed=seed, rows=rows)
    return made


def cell_name(cell: Cell) -> str:
    """Return the name of a cell in a form; no part of it holds a dot."""
    return ".".join((cell.module or "", cell.level or "", cell.difficulty or "", cell.type or ""))


def said_of(short: Shortage) -> list[str]:
    """Say what a cell is short of (库存不足)."""
    told = [
        gettext(
            "Stock is short: %(wanted)s wanted, there are %(there)s.", wanted=short.wanted, there=short.there
        )
    ]
    if short.others:
        told.append(gettext("%(others)s more can only be worth other points.", others=short.others))
    return told


def is_read(form: Form, field: IntegerField | DecimalField) -> None:
    """Judge no further what is no number: that was said when it was read."""
    if field.data is None:
        raise StopValidation


def is_printable(form: Form, field: StringField) -> None:
    """Refuse a title that no text can hold."""
    if not (field.data or "").isprintable():
        raise StopValidation(_l("A title is one line of text."))


def is_worth(form: Form, field: DecimalField) -> None:
    """Refuse points that no paper gives."""
    is_read(form, field)
    worth = field.data or Decimal(0)
    if not worth.is_finite() or not LEAST_POINTS <= worth <= MOST_POINTS:
        raise StopValidation(POINTS)
    if worth != worth.quantize(CENT):
        raise StopValidation(POINTS)


def _usual(items: Sequence[BankItem]) -> Decimal:
    """Return what most of the items are worth in their quizzes."""
    ((worth, _),) = Counter(item.points for item in items).most_common(1)
    return Decimal(points(worth).replace(",", ""))
