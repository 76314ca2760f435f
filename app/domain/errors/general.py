"""Rules of texts, attempts, walks and accounts that refuse."""

from app.domain.errors.base import Refusal
from app.domain.words import Sentence


class NotAllowed(Refusal):
    """The person may not do this here."""

    code = "not_allowed"


class NotFound(Refusal):
    """There is no such thing, or it is not this person's to see."""

    code = "not_found"


class UnknownItem(Refusal):
    """The drawn paper holds no such item."""

    code = "unknown_item"


class BadAnswer(Refusal):
    """The answer has a form that its item cannot take, or names what the item does not have."""

    code = "bad_answer"


class ItemSettled(Refusal):
    """The item was checked for the last time and takes no other answer."""

    code = "item_settled"


class ItemChanged(Refusal):
    """Another window has changed the answer that was to be checked."""

    code = "item_changed"


class NotChecked(Refusal):
    """This attempt gives its feedback after handing in."""

    code = "not_checked"


class UnknownFile(Refusal):
    """The attempt holds no such file."""

    code = "unknown_file"


class FileRefused(Refusal):
    """A file is too large, empty, or not of a type that the item asks for."""

    code = "file_refused"


class BadBatch(Refusal):
    """The body cannot be read, or is no batch of 1 to 50 events."""

    code = "bad_batch"


class BadEvent(Refusal):
    """An event is not put together as the protocol says."""

    code = "bad_event"


class UnknownKind(Refusal):
    """A page cannot send events of this kind."""

    code = "unknown_kind"


class AttemptClosed(Refusal):
    """The attempt no longer takes answers."""

    code = "attempt_closed"


class EventMismatch(Refusal):
    """The event's id was used before with another body."""

    code = "event_mismatch"


class NotNext(Refusal):
    """The commit names a section at which the walk does not stand."""

    code = "not_next"


class AlreadyCommitted(Refusal):
    """This section of the walk was committed before; a decision is made once."""

    code = "already_committed"


class UnknownChoice(Refusal):
    """The decision has no such option."""

    code = "unknown_choice"


class ReasonRequired(Refusal):
    """This decision asks for a reason and got none."""

    code = "reason_required"


class TooLong(Refusal):
    """The words are more than a gate takes."""

    code = "too_long"


class AnswerRequired(Refusal):
    """This question was committed without an answer."""

    code = "answer_required"


class WalkEnded(Refusal):
    """The walk is over; start another one."""

    code = "walk_ended"


class CaseCycle(Refusal):
    """The case leads back to a state that it already passed."""

    code = "cycle"


class NoEnding(Refusal):
    """A path of the case leads nowhere."""

    code = "no_ending"


class NotPublished(Refusal):
    """Nothing was published under this name yet."""

    code = "not_published"


class NotRendered(Refusal):
    """The text waits to be rendered; ``casehall content render`` does it."""

    code = "not_rendered"


class OfferingArchived(Refusal):
    """The offering is archived and read-only."""

    code = "offering_archived"


class WeakPassword(Refusal):
    """The new password is too short, too common or the login itself."""

    code = "weak_password"


class EnrolledByTeachers(Refusal):
    """A teacher gave this person a place; the account is not the teacher's to open."""

    code = "enrolled_by_teachers"


class LoginTaken(Refusal):
    """Another person has this login."""

    code = "login_taken"


class BadName(Refusal):
    """A login, name or slug has characters that it cannot have."""

    code = "bad_name"


class CourseTaken(Refusal):
    """There is a course of this short name."""

    code = "course_taken"


class BadTable(Refusal):
    """A file is no table that can be read, or not the one that is asked for; ``sentence`` says why."""

    code = "bad_table"

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


class DraftChanged(Refusal):
    """Somebody else has saved the draft of a text since it was read."""

    code = "draft_changed"


class TextRefused(Refusal):
    """A text cannot be published as it is; ``sentence`` says why."""

    code = "text_refused"

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


class NoCommonLanguage(Refusal):
    """There is no language that all the chosen quizzes have."""

    code = "no_common_language"


class StockShort(Refusal):
    """A bank has fewer items than a blueprint asks for (库存不足)."""

    code = "stock_short"


class BadPaper(Refusal):
    """What a blueprint asks for does not make a paper."""

    code = "bad_paper"
