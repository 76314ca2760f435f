"""What counts as right in a question, by its type: a key, or a sentence why there is none."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.domain.file_types import FILE_TYPES
from app.domain.items import ItemType
from app.domain.keys import (
    BlanksKey,
    ChoiceKey,
    Key,
    MatchingKey,
    OrderingKey,
    Pair,
    TruthKey,
)
from app.domain.options import Option
from app.domain.scoring.normal import normal_form
from app.domain.words import Sentence, marked
from app.interchange.answer_words import (
    count_blanks,
    count_runs,
    read_blanks,
    read_letters,
    read_numeric,
    with_blanks,
)
from app.interchange.questions import Question
from app.interchange.type_words import find_truth, find_type
from app.interchange.written_keys import files_of, looked_for

#: a longer answer to a question on a case is written, even where lettered lines stand above it
LONGEST_LETTERS = 8
PAIR = re.compile(r"(?<!\s)\s*(?:<->|↔|<—>|⟷)\s*")


@dataclass(frozen=True, slots=True)
class Keyed:
    """The type of an item and its key; ``stem`` where the key changes it, ``kind`` of a written answer."""

    type: ItemType
    key: Key
    stem: str | None = None
    kind: str = ""


class NoKey(Exception):
    """The question cannot be made into an item."""

    def __init__(self, said: Sentence) -> None:
        super().__init__(str(said))
        self.said = said


def read_key(question: Question) -> Keyed:
    """Return what counts as right, of the type that the question names or looks like.

    :raises NoKey: it has no answer, or one that its type does not have.
    """
    named = find_type(question["type"]) if question["type"] else ""
    if named is None:
        raise NoKey(Sentence(UNKNOWN_TYPE, {"word": question["type"][:40]}))
    is_open = named in {"", "choice", "case"} or (named == "blanks" and _offers_letters(question))
    kind = _likely(question, named) if is_open else named
    return READERS[kind](question)


def _offers_letters(question: Question) -> bool:
    """Whether a question among the blanks is one to choose from: it has options, and letters of them."""
    letters = re.sub(r"[\s、,，;；]", "", question["answer"]).upper()
    known = {chr(ord("A") + place) for place in range(len(question.options))}
    return len(known) > 1 and letters != "" and set(letters) <= known


def _likely(question: Question, named: str) -> str:
    """Return the type that a question looks like."""
    answer = question["answer"]
    if any(PAIR.search(option) for option in question.options):
        return "matching"
    letters = read_letters(answer, question.options)
    if named == "case" and letters is None and (question["criteria"] or len(answer) > LONGEST_LETTERS):
        return "case"
    if len(question.options) > 1 or named == "choice":
        return "multiple" if letters and len(letters) > 1 else "single"
    is_case = named == "case" and question.texts.get("type")
    if find_truth(answer) is not None and "__" not in question["stem"] and not is_case:
        return "true-false"
    is_gapped = answer and not named and not question["criteria"] and count_blanks(question["stem"])
    return "blanks" if is_gapped else named or "short"


def _options(question: Question) -> list[str]:
    options = question.options
    if len(options) < 2:
        raise NoKey(Sentence(FEW_OPTIONS, {"n": len(options)}))
    seen: dict[str, int] = {}
    for place, option in enumerate(options):
        if not option.strip():
            raise NoKey(Sentence(EMPTY_OPTION, {"letter": letter(place)}))
        form = normal_form(option)
        if form in seen:
            raise NoKey(Sentence(SAME_OPTIONS, {"one": letter(seen[form]), "other": letter(place)}))
        seen[form] = place
    return options


def letter(place: int) -> str:
    """Return the letter of the option at a place, from 0.

    >>> letter(0), letter(26)
    ('A', 'A1')
    """
    return chr(ord("A") + place % 26) + (str(place // 26) if place >= 26 else "")


def _choice(question: Question) -> tuple[list[str], list[int]]:
    options = _options(question)
    answer = question["answer"]
    if not answer:
        raise NoKey(Sentence(NO_ANSWER))
    places = read_letters(answer, options)
    if places is None:
        raise NoKey(Sentence(NO_LETTERS, {"answer": answer[:40]}))
    if places[-1] >= len(options) or places[0] < 0:
        raise NoKey(Sentence(NO_OPTION, {"letter": letter(places[-1]), "last": letter(len(options) - 1)}))
    return options, places


def _single(question: Question) -> Keyed:
    options, places = _choice(question)
    if len(places) > 1:
        raise NoKey(Sentence(SEVERAL, {"answer": question["answer"][:40]}))
    return Keyed(ItemType.SINGLE, _choice_key(options, places))


def _multiple(question: Question) -> Keyed:
    if "四项判断" in question["partial"] and not question["answer"]:
        return Keyed(ItemType.MULTIPLE, _choice_key(_options(question), []))
    return Keyed(ItemType.MULTIPLE, _choice_key(*_choice(question)))


def _choice_key(options: list[str], places: list[int]) -> ChoiceKey:
    return ChoiceKey(tuple(Option(text, place in places) for place, text in enumerate(options)))


def _truth(question: Question) -> Keyed:
    answer = question["answer"]
    value = find_truth(answer)
    if value is None and len(question.options) == 2:
        places = read_letters(answer, question.options) or []
        value = find_truth(question.options[places[0]]) if places and places[0] < 2 else None
    if value is None:
        raise NoKey(Sentence(NO_TRUTH, {"answer": answer[:40]}) if answer else Sentence(NO_ANSWER))
    return Keyed(ItemType.TRUE_FALSE, TruthKey(value))


def _blanks(question: Question) -> Keyed:
    answer = " ".join(question["answer"].split("\n"))
    if not answer:
        raise NoKey(Sentence(NO_ANSWER))
    stem = with_blanks(question["stem"], len(read_blanks(answer, count_blanks(question["stem"]))))
    runs = count_runs(stem)
    blanks = read_blanks(answer, runs)
    if len(blanks) != max(runs, 1) or not all(blanks):
        raise NoKey(Sentence(BLANKS_COUNT, {"runs": runs, "n": len(blanks)}))
    return Keyed(ItemType.BLANKS, BlanksKey(blanks), stem)


def _calc(question: Question) -> Keyed:
    number = read_numeric(question["answer"])
    if number is None or question["criteria"]:
        return _constructed("calc")(question)
    return Keyed(ItemType.NUMERIC, number)


def _ordering(question: Question) -> Keyed:
    options = _options(question)
    letters = [ord(sign) - ord("A") for sign in question["answer"].upper() if "A" <= sign <= "Z"]
    if sorted(letters) != list(range(len(options))):
        raise NoKey(Sentence(NO_ORDER, {"answer": question["answer"][:40]}))
    return Keyed(ItemType.ORDERING, OrderingKey(tuple(Option(options[place]) for place in letters)))


def _matching(question: Question) -> Keyed:
    pairs: list[Pair] = []
    for option in question.options:
        sides = PAIR.split(option.strip())
        if len(sides) != 2 or not sides[1]:
            raise NoKey(Sentence(NO_PAIR, {"option": option[:40]}))
        pairs.append(Pair(*sides))
    if len(pairs) < 2:
        raise NoKey(Sentence(FEW_PAIRS))
    return Keyed(ItemType.MATCHING, MatchingKey(tuple(pairs)))


def _constructed(kind: str) -> Callable[[Question], Keyed]:
    def read(question: Question) -> Keyed:
        return Keyed(ItemType.CONSTRUCTED, looked_for(question), kind=kind)

    return read


def _upload(question: Question) -> Keyed:
    for name in files_of(question):
        if name not in FILE_TYPES:
            raise NoKey(Sentence(NO_FILE_TYPE, {"name": name[:20], "known": ", ".join(FILE_TYPES)}))
    return Keyed(ItemType.UPLOAD, looked_for(question))


def _info(question: Question) -> Keyed:
    return Keyed(ItemType.INFO, None)


READERS: Mapping[str, Callable[[Question], Keyed]] = {
    "single": _single,
    "multiple": _multiple,
    "true-false": _truth,
    "blanks": _blanks,
    "calc": _calc,
    "ordering": _ordering,
    "matching": _matching,
    "upload": _upload,
    "info": _info,
    **{kind: _constructed(kind) for kind in ("term", "short", "essay", "case", "constructed")},
}

UNKNOWN_TYPE = marked(
    'The type "%(word)s" is not known. Write 单项选择题, 多项选择题, 判断题, 填空题, 简答题 or another'
    " known type."
)
NO_ANSWER = marked("There is no answer. Write it in a line 答案：… or in the column 答案.")
FEW_OPTIONS = marked("A choice needs two options or more; here are %(n)s.")
EMPTY_OPTION = marked("The option %(letter)s is empty.")
SAME_OPTIONS = marked("The options %(one)s and %(other)s are the same.")
NO_LETTERS = marked('The answer "%(answer)s" names no option. Write its letter, such as A or AC.')
NO_OPTION = marked("The answer names the option %(letter)s; the last one is %(last)s.")
SEVERAL = marked(
    'The question is a single choice, but its answer "%(answer)s" names several options. Make it a 多选题'
    " or mend the answer."
)
NO_TRUTH = marked('The answer "%(answer)s" is neither true nor false. Write 正确 or 错误.')
BLANKS_COUNT = marked(
    "The stem has %(runs)s blanks, the answer %(n)s. Write ____ for each blank in the stem and part the"
    " answers by |."
)
NO_ORDER = marked('The answer "%(answer)s" is no order of all the steps. Write their letters, such as CABD.')
NO_PAIR = marked('"%(option)s" is no pair. Write left <-> right.')
FEW_PAIRS = marked("A matching needs two pairs or more, each an option of its own: left <-> right.")
NO_FILE_TYPE = marked("%(name)s is no type of file here. Known: %(known)s")
