"""Walk a case that is not published. What was decided stands in the forms of the page."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import request

from app.domain.case import Case
from app.domain.errors import Refusal
from app.domain.walk import Commit, asked_for, check_commit, walk
from app.operations.walks import shown_so_far
from app.operations.writings import Target
from app.web.authoring.pages import address
from app.web.cases.drawing import draw
from app.web.cases.pathway import own_twigs
from app.web.cases.presenting import Fragments, Walking, show_walk
from app.web.errors import refusal_message

#: a case has fewer gates, and a reading fewer sections
MOST = 500


@dataclass(frozen=True, slots=True)
class Held:
    """What a walk carries from form to form: its commits, and how many sections of a reading were shown."""

    commits: Sequence[Commit] = ()
    shown: int = 1


def about_walk(target: Target, case: Case, html: Fragments) -> dict[str, Any]:
    """Return what the page of a tried case shows, after what was sent with it."""
    held, problem = _moved(case)
    packed = [[one.section, one.choice, one.reason, one.text] for one in held.commits]
    state = walk(case, held.commits)
    walking = Walking(
        public_id="",
        state=state,
        revealed=shown_so_far(case, state, held.shown),
        commits=held.commits,
        shown=held.shown,
        address=address("authoring.go_on", target),
        held=json.dumps([held.shown, packed], ensure_ascii=False),
    )
    twigs = own_twigs(case, state, held.commits, html)
    return {
        "walk": show_walk(walking, case, html, {}),
        "case": case,
        "twigs": twigs,
        "map": draw(twigs) if held.commits else None,
        "self_assessed": (Decimal(0), Decimal(0)),
        "problem": problem,
    }


def _moved(case: Case) -> tuple[Held, str]:
    """Return where the walk stands by now, and why it could not go on if it could not."""
    held = _held(case)
    section = request.form.get("section", "")
    if not section:
        return held, ""
    if case.is_reading:
        return Held((), min(held.shown + 1, len(walk(case, []).path))), ""
    number = request.form.get("choice", type=int)
    sent = Commit(section, number, request.form.get("reason", ""), request.form.get("text", ""))
    try:
        commit = asked_for(case, sent)
        check_commit(case, held.commits, commit)
    except Refusal as refusal:
        return held, refusal_message(refusal)
    return Held([*held.commits, commit], held.shown), ""


def _held(case: Case) -> Held:
    """Return what the form carries; a walk that the text does not allow any more begins again."""
    try:
        shown, packed = json.loads(request.form.get("held", "[1, []]"))
        commits = [Commit(str(one[0]), one[1], str(one[2]), str(one[3])) for one in packed[:MOST]]
        for number, commit in enumerate(commits):
            # what no page could be written with
            f"{commit.reason}{commit.text}".encode()
            check_commit(case, commits[:number], commit)
        return Held(commits, min(max(int(shown), 1), MOST))
    except (ValueError, TypeError, LookupError, OverflowError, RecursionError, Refusal):
        return Held()
