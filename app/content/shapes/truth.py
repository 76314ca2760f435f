"""True or false: one line ``= 对`` or ``= 错``."""

from app.content.hints import naming
from app.content.marks import narrow
from app.content.shapes.equals import AMBIGUOUS_TRUTH, TRUTH, check_answers, is_answer, single_text
from app.content.shapes.shape import Answers, Shape
from app.content.vocabulary import is_chinese
from app.domain.items import Item, ItemType
from app.domain.keys import TruthKey


def _claims(answers: Answers) -> bool:
    text = single_text(answers)
    return text is not None and (text.lower() in TRUTH or text.lower() in AMBIGUOUS_TRUTH)


def _read(answers: Answers) -> TruthKey | None:
    check_answers(answers)
    entry = answers.entries[0]
    word = narrow(entry.text).lower()
    if word in TRUTH:
        return TruthKey(TRUTH[word])
    fix = naming(entry.text, "write = 对 or = 错, or {type=blanks} for a wording")
    answers.refuse("ambiguous-truth", f"“{entry.text}” alone is no answer", fix, entry.line)
    return None


def _write(item: Item, language: str) -> list[str]:
    value = isinstance(item.key, TruthKey) and item.key.value
    if is_chinese(language):
        return ["= 对" if value else "= 错"]
    return ["= true" if value else "= false"]


def _figure(item: Item) -> object:
    return item.key


TRUE_FALSE = Shape(ItemType.TRUE_FALSE, _claims, is_answer, _read, _write, _figure)
