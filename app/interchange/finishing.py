"""What is read of a question when all of its lines are there: its type, points and answer in the stem."""

import re

from app.interchange.answer_words import read_letters
from app.interchange.questions import Question
from app.interchange.text_lines import join_lines
from app.interchange.text_signs import split_options, take_tag, take_worth
from app.interchange.type_words import WITHOUT_OPTIONS, find_truth, find_type

_FIRST = re.compile(r"(?:(?<=[\s　])|(?<=[。；;，,?？:：)）]))(?:[(（]\s*[AＡ]\s*[)）]|[AＡ]\s*[.．、])\s*")
_LETTERS = re.compile(r"[(（【]\s*([A-Ha-h](?:[、,，\s]*[A-Ha-h]){0,7})\s*[)）】]")
_TRUTH = re.compile(r"[(（【]\s*(√|×|✓|✗|对|错|正确|错误|[TFtf])\s*[)）】]")
_GAP = "（　　）"
#: fields that are texts of paragraphs
_PROSE = ("stem", "explanation")


def finish(question: Question) -> None:
    """Read what stands within the stem, and join the lines of texts."""
    lines = question.texts["stem"].split("\n")
    first = lines[0] if lines else ""
    if first.startswith("\\"):
        lines[0] = first[1:]
    elif lines:
        lines = _read_stem(question, lines)
    question.texts["stem"] = join_lines(lines)
    if question.texts.get("explanation"):
        question.texts["explanation"] = join_lines(question.texts["explanation"].split("\n"))


def _read_stem(question: Question, lines: list[str]) -> list[str]:
    kind, lines[0] = take_tag(lines[0])
    if kind:
        question.texts.setdefault("type", kind)
    if not question.options and find_type(question["type"]) in {None, "single", "multiple", "choice", "case"}:
        lines[-1] = _take_options(question, lines[-1])
    if "points" not in question.texts:
        _take_worth(question, lines)
    answer = question["answer"]
    return [hide_answer(question, line) if answer else _take_answer(question, line) for line in lines]


def _take_worth(question: Question, lines: list[str]) -> None:
    """Take the points at the end of the stem, or of its lettered lines where the type has no options."""
    worth, lines[-1] = take_worth(lines[-1])
    if not worth and question.options and find_type(question["type"]) in WITHOUT_OPTIONS:
        worth, question.options[-1] = take_worth(question.options[-1])
    if worth:
        question.texts["points"] = worth


def hide_answer(question: Question, line: str) -> str:
    """Leave a gap where the answer stands in brackets in the stem too."""
    found = (_LETTERS if question.options else _TRUTH).search(line)
    if found is None or not _is_answer(question, found[1]):
        return line
    gap = _GAP if question.options or line[found.end() :].strip() else ""
    return f"{line[: found.start()]}{gap}{line[found.end() :]}".strip()


def _is_answer(question: Question, text: str) -> bool:
    answer = question["answer"]
    if question.options:
        own = read_letters(answer, question.options)
        return own is not None and read_letters(text, question.options) == own
    if find_type(question["type"]) not in {None, "true-false"}:
        return False
    return find_truth(answer) is not None and find_truth(answer) == find_truth(text)


def _take_options(question: Question, line: str) -> str:
    """Take the options that stand on the line of the stem."""
    found = _FIRST.search(line)
    options = split_options(line[found.end() :], 0) if found else []
    if found is None or len(options) < 2:
        return line
    question.options = options
    return line[: found.start()].strip()


def _take_answer(question: Question, line: str) -> str:
    """Take the answer out of the brackets of the stem."""
    if question.texts.get("answer") or find_type(question["type"]) in WITHOUT_OPTIONS:
        return line
    is_choice = bool(question.options)
    found = (_LETTERS if is_choice else _TRUTH).search(line)
    if found is None or (not is_choice and find_type(question["type"]) not in {None, "true-false"}):
        return line
    if not is_choice and find_truth(found[1]) is None:
        return line
    question.texts["answer"] = found[1]
    end = line[found.end() :].strip()
    gap = _GAP if is_choice or end else ""
    return f"{line[: found.start()]}{gap}{line[found.end() :]}".strip()
