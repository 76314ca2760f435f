"""Variables of a calculated item: ``@ X = 100..900 / 50``."""

import re
from collections.abc import Sequence
from decimal import Decimal

from app.content.answers import Entry
from app.content.marks import narrow
from app.content.sheet import Sheet
from app.content.vocabulary import ATTRIBUTE_KEYS, FLAGS, key_of
from app.domain.items import Variable
from app.domain.scoring.arithmetic import NAME
from app.domain.variables import STEPS_LIMIT, count_of

VARIABLES_LIMIT = 10
_NUMBER = r"-?[0-9]{1,9}(?:\.[0-9]{1,6})?"
_VARIABLE = re.compile(
    rf"(?P<name>{NAME})\s*=\s*(?P<low>{_NUMBER})\s*\.\.\s*(?P<high>{_NUMBER})(?:\s*/\s*(?P<step>{_NUMBER}))?"
)
_FORM = "write @ X = 100..900 / 50"


def read_variables(entries: Sequence[Entry], sheet: Sheet) -> tuple[Variable, ...]:
    """Read the ``@`` lines of an item; every fault is noted on its line."""
    found: dict[str, Variable] = {}
    for entry in entries:
        variable = _read(entry, sheet)
        if variable is None:
            continue
        if variable.name in found:
            sheet.error(
                entry.line, "repeated-variable", f"{variable.name} is declared twice", "take one away"
            )
        found.setdefault(variable.name, variable)
    if len(found) > VARIABLES_LIMIT:
        line = entries[VARIABLES_LIMIT].line
        sheet.error(line, "too-many-variables", f"an item has at most {VARIABLES_LIMIT} variables")
    return tuple(found.values())


def _read(entry: Entry, sheet: Sheet) -> Variable | None:
    plain = narrow(entry.text)
    match = _VARIABLE.fullmatch(plain)
    if match is None:
        sheet.error(entry.line, "bad-variable", "this is no variable with a range", _FORM)
        return None
    if plain != entry.text:
        sheet.wide.append(entry.line)
    variable = Variable(match["name"], match["low"], match["high"], match["step"] or "1")
    fault = _fault_of(variable)
    if fault:
        sheet.error(entry.line, "bad-variable", *fault)
        return None
    return variable


def _fault_of(variable: Variable) -> tuple[str, str] | None:
    if key_of(variable.name, ATTRIBUTE_KEYS) in FLAGS:
        return f"{{{variable.name}}} is an attribute", "give the variable another name"
    if Decimal(variable.low) > Decimal(variable.high):
        return f"{variable.low} is above {variable.high}", f"write {variable.high}..{variable.low}"
    if Decimal(variable.step) <= 0:
        return f"the step {variable.step} is not above 0", _FORM
    if count_of(variable) > STEPS_LIMIT:
        return f"this range has more than {STEPS_LIMIT} values", "give it a larger step: / 50"
    return None


def write_variable(variable: Variable) -> str:
    """Write a variable; its numbers stay as typed, a step of 1 goes without saying."""
    step = "" if variable.step == "1" else f" / {variable.step}"
    return f"@ {variable.name} = {variable.low}..{variable.high}{step}"
