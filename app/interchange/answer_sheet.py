"""The answers at the end of a paper: ``1-5 ABCDA``, ``1.A 2.B``, or one after the other with explanations."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.domain.words import Sentence, marked
from app.interchange.questions import Question, Sheet
from app.interchange.text_lines import Line
from app.interchange.text_signs import read_heading, read_label, read_number
from app.interchange.type_words import find_truth, plain

_PART = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}\s*[、.:]|第[一二三四五六七八九十]{1,3}(?:大题|部分))(?P<rest>.*)"
)
_RANGE = re.compile(r"([0-9]{1,4})\s*(?:-+|~|—+|–|－|至|到)\s*([0-9]{1,4})\s*[.、:：)）题]?\s*")
_ONE = re.compile(r"(?<![0-9A-Za-z])([0-9]{1,4})\s*(?:[、:：]|[.．](?![0-9]))\s*")
_SUB = re.compile(r"[(（]\s*([0-9０-９]{1,2})\s*[)）]\s*")
_SPLIT = re.compile(r"[\s,，、;；]+")


@dataclass(slots=True)
class Given:
    """An answer: the section of the sheet in which it stands, from 1, and the number of its question."""

    line: int
    part: int
    number: int
    texts: dict[str, str]


def are_answers(rest: Sequence[Line], last: int) -> bool:
    """Whether the lines behind ``答案：`` are the answers at the end, with no question among them.

    :param last: the number of the last question.
    """
    following = rest[0].text if rest else ""
    number = read_number(following)
    if read_heading(following) is None and (number is None or number[0] != 1 or last < 2):
        return False
    labels = (read_label(line.text) for line in rest if not line.is_verbatim)
    return not any(label and label[0] == "answer" for label in labels)


def read_answers(lines: Sequence[Line]) -> list[Given]:
    """Read the answers; a number that is no larger than the one before begins another section."""
    reader = _Reader()
    for line in lines:
        reader.take(line)
    return reader.given


class _Reader:
    """Goes from line to line."""

    def __init__(self) -> None:
        self.given: list[Given] = []
        self.part = 1
        self.has_heading = False
        self.field = "answer"

    def take(self, line: Line) -> None:
        """Take a line: a heading, answers, what a label says of the last one, or more of it."""
        text = line.text.strip()
        if line.is_verbatim:
            self._go_on(text)
        elif not self._take_heading(line.number, text) and not self._take_answers(line.number, text):
            label = read_label(text)
            self.field, text = label or (self.field, text)
            self._go_on(text)

    def _take_answers(self, line: int, text: str) -> bool:
        found = list(_short_answers(plain(text)))
        numbered = read_number(text)
        if not found and numbered and self._opens(numbered[0]):
            found = [numbered[:2]]
        for number, answer in found:
            self._add(line, number, answer)
        return bool(found)

    def _take_heading(self, line: int, text: str) -> bool:
        """Begin another section of answers, which may follow on the line of its heading."""
        found = _PART.fullmatch(plain(text))
        if found is None and read_heading(text) is None:
            return False
        self.part += 1 if self.has_heading or self.given else 0
        self.has_heading = True
        rest = text[found.start("rest") :] if found and len(text) == len(plain(text)) else ""
        start = re.search("[0-9]", rest)
        if start:
            self._take_answers(line, rest[start.start() :])
        return True

    def _opens(self, number: int) -> bool:
        """Whether a number is that of the next answer, and not of a line within one."""
        if not self.given or self.given[-1].part != self.part:
            return True
        return number == self.given[-1].number + 1 or (number == 1 and not self.has_heading)

    def _add(self, line: int, number: int, answer: str) -> None:
        last = self.given[-1] if self.given else None
        if last and not self.has_heading and number <= last.number:
            self.part += 1
        self.field = "answer"
        self.given.append(Given(line, self.part, number, {}))
        label = read_label(answer)
        self.field, text = label or ("answer", answer)
        self._go_on(text)

    def _go_on(self, text: str) -> None:
        if not self.given:
            return
        texts = self.given[-1].texts
        texts[self.field] = f"{texts[self.field]}\n{text}" if texts.get(self.field) else text


def _short_answers(text: str) -> Iterator[tuple[int, str]]:
    """Yield the answers of a line that holds several."""
    if _RANGE.match(text):
        starts = list(_RANGE.finditer(text))
        for place, found in enumerate(starts):
            end = starts[place + 1].start() if place + 1 < len(starts) else len(text)
            yield from _ranged(int(found[1]), int(found[2]), text[found.end() : end].strip())
        return
    ones = list(_ONE.finditer(text))
    if len(ones) < 2 or ones[0].start() != 0:
        return
    for place, found in enumerate(ones):
        end = ones[place + 1].start() if place + 1 < len(ones) else len(text)
        yield int(found[1]), text[found.end() : end].strip(" ,;，；、")


def _ranged(first: int, last: int, text: str) -> Iterator[tuple[int, str]]:
    count = last - first + 1
    words = [word for word in _SPLIT.split(text) if word]
    signs = [sign for word in words for sign in word]
    parts = words if len(words) == count else signs
    if 0 < count == len(parts):
        yield from zip(range(first, last + 1), parts, strict=True)


def give_answers(sheet: Sheet, given: Sequence[Given]) -> None:
    """Give every question without an answer the one of the sheet; those that fit none are noted."""
    places = _Places(sheet.questions)
    for one in given:
        question, several = places.find(one)
        if question is not None:
            _give(question, one)
        elif several:
            _give_several(several, one)
        else:
            sheet.note(one.line, Sentence(NO_QUESTION, {"number": one.number}))


class _Places:
    """Finds questions by the numbers of answers."""

    def __init__(self, questions: Sequence[Question]) -> None:
        numbers = [question.number for question in questions if not question.outer]
        self.is_plain = len(set(numbers)) == len(numbers)
        parts = sorted({question.part for question in questions})
        self.single: dict[tuple[int, int], Question] = {}
        self.several: dict[tuple[int, int], list[Question]] = {}
        for one in questions:
            part = parts.index(one.part) + 1
            if one.outer:
                self.several.setdefault((part, one.outer), []).append(one)
            else:
                self.single[part, one.number] = one
        self.by_number = {one.number: one for one in self.single.values()}

    def find(self, given: Given) -> tuple[Question | None, list[Question]]:
        """Return the question of an answer, or those that stand under its number."""
        place = given.part, given.number
        question = self.single.get(place)
        if question is None and self.is_plain and place not in self.several:
            question = self.by_number.get(given.number)
        if question or place in self.several:
            return question, self.several.get(place, [])
        return self._within(given)

    def _within(self, given: Given) -> tuple[Question | None, list[Question]]:
        """Look among the questions under the only shared stem of a part, or that of this number."""
        own = [under for (part, _), under in self.several.items() if part == given.part]
        if len(own) == 1:
            return next((one for one in own[0] if one.number == given.number), None), []
        outer = [under for (_, number), under in self.several.items() if number == given.number]
        return None, outer[0] if len(outer) == 1 else []


def _give_several(questions: Sequence[Question], one: Given) -> None:
    """Part an answer at (1), (2) … among the questions under a shared stem."""
    text = one.texts.get("answer", "")
    signs = list(_SUB.finditer(text))
    for place, found in enumerate(signs):
        end = signs[place + 1].start() if place + 1 < len(signs) else len(text)
        part = text[found.end() : end].strip()
        number = int(plain(found[1]))
        question = next((two for two in questions if two.number == number), None)
        if question is not None:
            _give(question, Given(one.line, one.part, number, {"answer": part}))


def _give(question: Question, one: Given) -> None:
    for name, text in one.texts.items():
        if not question.texts.get(name):
            question.texts[name] = text
        elif name == "answer" and _differs(question.texts[name], text):
            said = {"own": question.texts[name][:40], "other": text[:40]}
            question.losses.append(Sentence(TWO_ANSWERS, said))


def _differs(own: str, other: str) -> bool:
    truth = find_truth(own)
    if truth is not None and truth == find_truth(other):
        return False
    return _SPLIT.sub("", plain(own)).upper() != _SPLIT.sub("", plain(other)).upper()


NO_QUESTION = marked("The answers at the end have one for number %(number)s, which is no question here.")
TWO_ANSWERS = marked(
    'The question says the answer is "%(own)s", the answers at the end say "%(other)s". Its own was taken.'
)
