"""Rules of exams that refuse."""

from app.domain.errors.base import Refusal


class NotOpenYet(Refusal):
    """The exam has not begun."""

    code = "not_open_yet"


class ExamClosed(Refusal):
    """The exam is over."""

    code = "exam_closed"


class TooLateToEnter(Refusal):
    """The time in which one may come in late is over."""

    code = "too_late_to_enter"


class NoAttemptLeft(Refusal):
    """Every attempt that is allowed was used."""

    code = "no_attempt_left"


class WrongCode(Refusal):
    """The exam asks for a code, and this is not it."""

    code = "wrong_code"


class DoorShut(Refusal):
    """After too many wrong codes not even the right one is compared for a while."""

    code = "door_shut"


class NetworkRefused(Refusal):
    """The exam can be sat from other networks only."""

    code = "network_refused"


class HonourRequired(Refusal):
    """The statement of honour was not agreed to."""

    code = "honour_required"


class TooEarly(Refusal):
    """It is too early to hand in."""

    code = "too_early"


class OtherDevice(Refusal):
    """The attempt is open on another device."""

    code = "other_device"


class BadNetwork(Refusal):
    """This is no network address."""

    code = "bad_network"


class BadExam(Refusal):
    """What was set of an exam does not fit together."""

    code = "bad_exam"


class ExamBegun(Refusal):
    """Somebody has begun this exam: what attempts depend on stands."""

    code = "exam_begun"


class NotReleasable(Refusal):
    """Something must be decided before the results can be released."""

    code = "not_releasable"


class BadTransition(Refusal):
    """An attempt in this state cannot do that."""

    code = "bad_transition"


class ReceiptFollows(Refusal):
    """The time is over and the hand-in is not written yet; its receipt follows."""

    code = "receipt_follows"


class BadReceipt(Refusal):
    """This is no receipt of ours, or it was altered."""

    code = "bad_receipt"


class BadExport(Refusal):
    """This is not what a page of an attempt hands out."""

    code = "bad_export"


class BadMark(Refusal):
    """This is no mark that can be given."""

    code = "bad_mark"


class ResultsReleased(Refusal):
    """The results are released; what they stand on stays until the release is taken back."""

    code = "results_released"


class DecidedAlready(Refusal):
    """Somebody has decided this in the meantime."""

    code = "decided_already"


#: rules of the door, which are told where one stands
ENTRY_RULES = (
    NotOpenYet,
    ExamClosed,
    TooLateToEnter,
    NoAttemptLeft,
    WrongCode,
    NetworkRefused,
    HonourRequired,
    OtherDevice,
)


class CannotSimulate(Refusal):
    """The exam takes no simulated students, or not yet."""

    code = "cannot_simulate"
