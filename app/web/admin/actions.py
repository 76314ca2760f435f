"""What the actions of the audit log are called."""

from flask_babel import lazy_gettext as _l

ACTIONS = {
    "answers.release": _l("Model answers of a case released"),
    "enrolment.set": _l("Place in an offering given"),
    "enrolment.withdraw": _l("Place in an offering taken away"),
    "hours.record": _l("Class hours recorded"),
    "hours.remove": _l("Class hours taken back"),
    "offering.archive": _l("Offering archived"),
    "offering.copy": _l("Offering copied to another term"),
    "offering.reopen": _l("Offering opened again"),
    "password.change": _l("Password changed"),
    "password.issue": _l("One-time password issued"),
    "session.end": _l("Signed out"),
    "session.end_all": _l("Signed out everywhere"),
    "session.refuse": _l("Sign-in refused"),
    "session.start": _l("Signed in"),
    "user.create": _l("Account made"),
    "user.disable": _l("Account disabled"),
    "user.enable": _l("Account opened again"),
    "user.site_role": _l("Role on the site set"),
}


def action_name(action: str) -> str:
    """Name an action in the user's language; one without a name is shown as it is kept."""
    return str(ACTIONS.get(action, action))
