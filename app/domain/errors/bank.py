"""Rules of the bank of questions that refuse."""

from app.domain.errors.base import Refusal
from app.domain.errors.general import TextRefused


class BadTag(Refusal):
    """A tag is too long, or a question has too many."""

    code = "bad_tag"


class NothingChosen(Refusal):
    """No question was chosen, or none that is in the bank."""

    code = "nothing_chosen"


class QuestionRetired(Refusal):
    """A retired question is not taken into a text."""

    code = "question_retired"


class ExamOnly(TextRefused):
    """A question of a quiz for exams is not taken into one that students practise on."""

    code = "exam_only"
