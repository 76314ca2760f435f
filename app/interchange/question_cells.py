"""Cells that no spreadsheet takes for a formula, and that are read back as they were."""

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def hidden(text: str) -> str:
    """Return a text as a cell that is no formula: with an apostrophe before it.

    >>> hidden("=1+1"), hidden("'=1"), hidden("'quoted'"), hidden("1-2")
    ("'=1+1", "''=1", "'quoted'", '1-2')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def shown(cell: str) -> str:
    """Return the text that a cell was made of.

    >>> shown("'=1+1"), shown("''=1"), shown("'quoted'"), shown("=1")
    ('=1+1', "'=1", "'quoted'", '=1')
    """
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell
