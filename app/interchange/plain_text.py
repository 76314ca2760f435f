"""Read questions as teachers type them: sections, numbers, lettered options, labels, answers at the end."""

from collections.abc import Sequence
from decimal import Decimal

from app.domain.errors import BadTable
from app.domain.imported import Section, title_of
from app.domain.words import Sentence, marked
from app.interchange.answer_sheet import are_answers, give_answers, read_answers
from app.interchange.finishing import finish
from app.interchange.questions import Question, Sheet, clean
from app.interchange.text_lines import Line, join_lines, split_text
from app.interchange.text_signs import (
    ASKED,
    SHORT_FIELDS,
    Heading,
    opens_sheet,
    read_heading,
    read_label,
    read_material,
    read_number,
    read_option,
    split_options,
    take_worth,
    without_asking,
)
from app.interchange.type_words import MATERIAL, find_type

MOST_QUESTIONS = 5_000


def read_text(text: str) -> Sheet:
    """Read questions from a text.

    :raises BadTable: there are none in it, or too many.
    """
    return read_lines(split_text(clean(text)))


def read_lines(lines: Sequence[Line]) -> Sheet:
    """Read questions from lines.

    :raises BadTable: there are none in them, or too many.
    """
    paper = _Paper(lines)
    answers = paper.read()
    if not paper.sheet.questions:
        raise BadTable(Sentence(NO_QUESTIONS))
    if len(paper.sheet.questions) > MOST_QUESTIONS:
        raise BadTable(Sentence(TOO_MANY, {"n": len(paper.sheet.questions), "most": MOST_QUESTIONS}))
    give_answers(paper.sheet, read_answers(answers))
    for question in paper.sheet.questions:
        finish(question)
    return paper.sheet


class _Paper:
    """Goes from line to line and knows what stood before."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.sheet = Sheet()
        self.heading = Heading("")
        self.part = 0
        self.section = Section()
        #: lines of a shared stem, while it is read
        self.material: list[str] | None = None
        self.question: Question | None = None
        #: where the next line of text goes
        self.field = "stem"
        #: the last number of a list within a field
        self.inner = 0
        #: the last numbers of a question, and of one under which others stand
        self.number = self.outer = 0
        self.is_paren: bool | None = None
        self.is_stray = False

    def read(self) -> Sequence[Line]:
        """Read the questions; return the lines of the answers at the end."""
        for place, typed in enumerate(self.lines):
            line = without_asking(typed)
            if not line.is_verbatim and self._ends(place):
                self._close_part()
                return self.lines[place + 1 :]
            self._take(place, line)
        self._close_part()
        return ()

    def _ends(self, place: int) -> bool:
        opens = opens_sheet(self.lines[place].text) if self.sheet.questions else False
        if opens is None:
            opens = are_answers(self.lines[place + 1 :], self.number)
        return opens

    def _take(self, place: int, line: Line) -> None:
        if line.is_verbatim:
            self._take_text(line)
        elif heading := read_heading(line.text):
            self._open_part(heading)
        elif (material := read_material(line.text)) is not None and self._takes_material():
            self._open_material(material)
        elif self.material is None and self.question and self._take_field(line):
            return
        elif (numbered := read_number(line.text)) and self._is_question(place, numbered):
            self._open_question(line, numbered)
        else:
            self._take_text(line)

    def _takes_material(self) -> bool:
        kind = find_type(self.heading.title)
        return self.question is None or kind == MATERIAL or self.field != "stem"

    def _take_field(self, line: Line) -> bool:
        """Take a line that is a label or the next option; whether it is one."""
        assert self.question is not None
        label = read_label(line.text)
        if label:
            self.field, self.inner = label[0], 0
            self._put(label[1])
            return True
        option = None
        if self.field in {"stem", "options"}:
            option = read_option(line.text, len(self.question.options))
        if option is None:
            return False
        self.question.options += split_options(option, len(self.question.options))
        self.field = "options"
        return True

    def _is_question(self, place: int, numbered: tuple[int, str, bool]) -> bool:
        number, _, is_paren = numbered
        if self.question is None or self.is_paren is None:
            return True
        if is_paren != self.is_paren:
            return find_type(self.heading.title) == MATERIAL if is_paren else number == self.outer + 1
        if number != self.number + 1:
            return self.field in {"stem", "options", *SHORT_FIELDS} or self._has_answer(place)
        return not (self.inner and number == self.inner + 1) or self._has_answer(place)

    def _has_answer(self, place: int) -> bool:
        """Whether options or an answer stand before the next number."""
        for line in self.lines[place + 1 :]:
            if read_number(line.text) or read_heading(line.text):
                return False
            label = read_label(line.text)
            if read_option(line.text, 0) is not None or (label and label[0] == "answer"):
                return True
        return False

    def _open_part(self, heading: Heading) -> None:
        self._close_part()
        self.heading, self.section = heading, Section(heading.title)
        self.part += 1
        self.number, self.is_paren = 0, None
        self.question = None

    def _open_material(self, text: str) -> None:
        self._close_material()
        self.material = [text] if text else []
        self.question, self.number, self.is_paren = None, 0, None

    def _close_material(self) -> None:
        if self.material is not None:
            self.section = Section(self.heading.title, join_lines(self.material))
            self.material = None

    def _close_part(self) -> None:
        """Share the points that a heading names among its questions."""
        self._close_material()
        own = [one for one in self.sheet.questions if one.part == self.part and one.defaults is not None]
        total = self.heading.total
        if total is None or not own or any("points" in one.texts for one in own):
            return
        each = total / len(own)
        if each == each.quantize(Decimal("0.01")):
            self.heading.texts["points"] = f"{each:f}"
        else:
            self.sheet.note(own[0].line, Sentence(UNEVEN, {"total": f"{total:f}", "n": len(own)}))
        self.heading.total = None

    def _open_question(self, line: Line, numbered: tuple[int, str, bool]) -> None:
        number, rest, is_paren = numbered
        self._close_material()
        if self.is_paren is False and is_paren:
            self._make_material()
        elif self.is_paren and not is_paren:
            self.section = Section(self.heading.title)
        self.outer = self.outer if is_paren else number
        self.is_paren, self.number, self.inner, self.field = is_paren, number, 0, "stem"
        self.question = Question(
            line.number,
            {"stem": rest},
            section=self.section,
            defaults=self.heading.texts,
            number=number,
            outer=self.outer if is_paren and self.section.stem else 0,
            part=self.part,
        )
        self.sheet.questions.append(self.question)

    def _make_material(self) -> None:
        """Make the question before the shared stem of those that follow."""
        parent = self.sheet.questions.pop()
        *lines, last = parent.texts["stem"].strip("\n").split("\n")
        self.section = Section(self.heading.title, join_lines([*lines, take_worth(last)[1]]))

    def _take_text(self, line: Line) -> None:
        text = line.text if line.is_verbatim else line.text.strip()
        if not line.is_verbatim and text in ASKED:
            return
        if self.material is not None:
            self.material.append(text)
        elif self.question is None:
            self._take_stray(line)
        else:
            self._count_inner(line)
            self._put(text)

    def _count_inner(self, line: Line) -> None:
        numbered = None if line.is_verbatim else read_number(line.text)
        self.inner = numbered[0] if numbered else self.inner

    def _take_stray(self, line: Line) -> None:
        """Note text that belongs to no question; what stands above everything is the head of the paper."""
        if self.sheet.questions or self.part:
            self.sheet.note(line.number, Sentence(STRAY, {"text": title_of(line.text)}))

    def _put(self, text: str) -> None:
        assert self.question is not None
        question = self.question
        if self.field == "options":
            question.options[-1] = join_lines([*question.options[-1].split("\n\n"), text])
        elif self.field in SHORT_FIELDS and question.texts.get(self.field):
            question.losses.append(Sentence(STRAY, {"text": title_of(text)}))
        else:
            before = question.texts.get(self.field, "")
            question.texts[self.field] = f"{before}\n{text}" if before else text


NO_QUESTIONS = marked(
    "There is no question here. Number each question (1. …), and write its options (A. …) and its answer"
    " (答案：…) below it."
)
TOO_MANY = marked("These are %(n)s questions; %(most)s at most in one file. Divide it.")
STRAY = marked('"%(text)s" belongs to no question and is left out.')
UNEVEN = marked("The %(total)s points of this part cannot be shared evenly among %(n)s questions.")
