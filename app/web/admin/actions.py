"""What the actions of the audit log are called."""

from flask_babel import lazy_gettext as _l

ACTIONS = {
    "answers.release": _l("Model answers of a case released"),
    "answers.view": _l("Answers of an attempt read"),
    "enrolment.set": _l("Place in an offering given"),
    "enrolment.withdraw": _l("Place in an offering taken away"),
    "exam.accommodate": _l("More time or another window allowed"),
    "exam.accommodation_end": _l("Accommodation taken back"),
    "exam.change": _l("Rules of an exam changed"),
    "exam.close": _l("Exam closed"),
    "exam.create": _l("Exam set"),
    "exam.end": _l("Attempts ended by staff"),
    "exam.extend": _l("More time given in an exam"),
    "exam.extend_undo": _l("Time taken back in an exam"),
    "exam.import": _l("Answers brought in from a device"),
    "exam.pause": _l("Attempts paused"),
    "exam.free_device": _l("Attempt taken from its device"),
    "exam.reopen": _l("Attempt opened again"),
    "exam.resume": _l("Attempts went on after a pause"),
    "exam.schedule": _l("Exam scheduled"),
    "exam.void": _l("Attempt voided"),
    "exam.withdraw": _l("Exam made a draft again"),
    "exam.accept_late": _l("Late answer let count"),
    "exam.export": _l("Results of an exam exported"),
    "exam.mark": _l("Answer marked"),
    "exam.reject_late": _l("Late answer not let count"),
    "exam.release": _l("Results of an exam released"),
    "exam.release_undo": _l("Release of results taken back"),
    "exam.review": _l("What learners see of an exam changed"),
    "hours.record": _l("Class hours recorded"),
    "hours.remove": _l("Class hours taken back"),
    "offering.archive": _l("Offering archived"),
    "offering.copy": _l("Offering copied to another term"),
    "offering.reopen": _l("Offering opened again"),
    "password.change": _l("Password changed"),
    "password.issue": _l("One-time password issued"),
    "quiz.compose": _l("Paper composed from a blueprint"),
    "session.end": _l("Signed out"),
    "session.end_all": _l("Signed out everywhere"),
    "session.refuse": _l("Sign-in refused"),
    "session.start": _l("Signed in"),
    "text.export": _l("Questions given out as a file"),
    "text.import": _l("Questions taken in from a file"),
    "text.publish": _l("Text published"),
    "user.change": _l("Name or class changed"),
    "user.create": _l("Account made"),
    "user.disable": _l("Account disabled"),
    "user.enable": _l("Account opened again"),
    "user.site_role": _l("Role on the site set"),
}


def action_name(action: str) -> str:
    """Name an action in the user's language; one without a name is shown as it is kept."""
    return str(ACTIONS.get(action, action))
