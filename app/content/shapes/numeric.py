"""Numbers and calculated items: one ``=`` line, with ``@`` lines for its variables."""

from app.content.shapes.equals import check_answers, is_answer, single_text
from app.content.shapes.number_key import Fault, figure_of, read_number, write_number
from app.content.shapes.shape import Answers, Shape
from app.content.shapes.variables import write_variable
from app.domain.items import Item, ItemType
from app.domain.keys import NumericKey


def _claims(answers: Answers) -> bool:
    text = single_text(answers)
    return text is not None and read_number(text, answers.names) is not None


def _read(answers: Answers) -> NumericKey | None:
    entry = answers.entries[0]
    key = read_number(single_text(answers) or "", answers.names)
    if isinstance(key, Fault):
        answers.refuse(key.code, key.message, key.fix, entry.line)
        return None
    check_answers(answers)
    if _is_wide(entry.text):
        answers.sheet.wide.append(entry.line)
    return key


def _is_wide(text: str) -> bool:
    return any("！" <= char <= "～" for char in text) or "+-" in text or "+/-" in text


def _write(item: Item, language: str) -> list[str]:
    lines = [write_variable(variable) for variable in item.variables]
    return [*lines, f"= {write_number(item.key)}"] if isinstance(item.key, NumericKey) else lines


def _figure(item: Item) -> object:
    if not isinstance(item.key, NumericKey):
        return None
    return figure_of(item.key), item.variables


NUMERIC = Shape(ItemType.NUMERIC, _claims, is_answer, _read, _write, _figure)
