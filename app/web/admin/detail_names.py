"""What the details of the audit log are called, each by the key under which it is kept."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.web.refusals import REFUSALS

#: details of what was done to people, exams, answers and texts
NAMES: dict[str, LazyString] = {
    "after": _l("After"),
    "attempt": _l("Attempt"),
    "attempts": _l("Attempts concerned"),
    "attempts_allowed": _l("Attempts"),
    "before": _l("Before"),
    "case": _l("Case"),
    "changed": _l("Text that changed"),
    "class": _l("Class"),
    "closes": _l("Own close"),
    "closes_at": _l("Closes"),
    "code": _l("Code"),
    "cohort": _l("Cohort"),
    "conflict": _l("In conflict"),
    "conflicts": _l("Open conflicts"),
    "course": _l("Course"),
    "devices": _l("Devices"),
    "draws_each": _l("Drawn anew for each person"),
    "draws_once": _l("Draw questions once for all, not for each person"),
    "earliest_minutes": _l("Earliest hand-in: minutes"),
    "exam": _l("Exam"),
    "exported_at": _l("Handed out by the device"),
    "factor": _l("Factor on the duration"),
    "fault": _l("Not readable"),
    "file": _l("File"),
    "form": _l("Form"),
    "from": _l("Copied from"),
    "hours": _l("Class hours"),
    "in_conflict": _l("Against another mark"),
    "instructions": _l("Instructions taken over"),
    "item": _l("Question"),
    "kind": _l("Kind"),
    "language": _l("Language"),
    "late": _l("Answers that came late"),
    "late_minutes": _l("Coming in late: minutes"),
    "lines": _l("Lines"),
    "login": _l("Number"),
    "lossy": _l("Taken with losses"),
    "minutes": _l("Minutes"),
    "module": _l("Module"),
    "name": _l("Name"),
    "needs_honour": _l("Ask for the statement of honour"),
    "networks": _l("Networks"),
    "new": _l("New texts"),
    "noted": _l("Events noted"),
    "notes": _l("Notes"),
    "notice": _l("Notice"),
    "number": _l("Version"),
    "on": _l("Day"),
    "one_at_a_time": _l("Show one question at a time"),
    "open_at": _l("For those who were sitting at"),
    "opens": _l("Own opening"),
    "opens_at": _l("Opens"),
    "over": _l("Published in the browser, replaced by the file"),
    "parts": _l("Quizzes made"),
    "points": _l("Points"),
    "questions": _l("Questions"),
    "quiz": _l("Quiz"),
    "reason": _l("Reason"),
    "released": _l("Had been released"),
    "replaced": _l("Changed texts"),
    "replayed": _l("Had arrived before"),
    "retired": _l("Texts whose file is gone"),
    "review": _l("What learners see"),
    "revisions": _l("Texts drawn from"),
    "role": _l("Role"),
    "saved": _l("Answers saved"),
    "seed": _l("Number of the draw"),
    "seq": _l("Number of the event"),
    "sha256": _l("Fingerprint of the file"),
    "shuffle": _l("Questions in random order"),
    "site_role": _l("Role on the whole site"),
    "slug": _l("Short name"),
    "sort": _l("Sort"),
    "students": _l("Simulated students"),
    "superseded": _l("Overtaken by a newer answer"),
    "tags": _l("Tags"),
    "taken": _l("Questions taken"),
    "term": _l("Term"),
    "title": _l("Title"),
    "twin": _l("There already"),
    "why": _l("Why"),
    "wishes": _l("Questions asked for"),
}

#: where a key means something else: by the noun of the action, and the key
OTHERWISE: dict[tuple[str, str], LazyString] = {
    ("file", "name"): _l("File"),
    ("file", "number"): _l("Number of the file"),
    ("text", "name"): _l("File"),
}


def detail_name(action: str, key: str) -> str:
    """Name a detail in the user's language; a rule that refused answers is named by what it says."""
    otherwise = OTHERWISE.get((action.partition(".")[0], key))
    if otherwise is None and key not in NAMES and key in REFUSALS:
        return str(REFUSALS[key][1]).rstrip(".。")
    return str(otherwise or NAMES.get(key, key))


def has_name(key: str) -> bool:
    """Whether a detail has a name in words."""
    return key in NAMES or key in REFUSALS
