"""The path report of a case: which ways the students took through a revision of it."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.domain.errors import NotFound
from app.domain.roles import Permission
from app.operations.answer_releases import find_release, waits_for_release
from app.operations.documents import Text, case_of, find_fragments
from app.operations.offerings import get_offering
from app.operations.paths import PathReport, report_paths
from app.operations.progress import visible_cohorts
from app.operations.walked import get_kept_case
from app.web.cases.drawing import draw
from app.web.database import reading
from app.web.languages import current_language
from app.web.security import current_person, requires
from app.web.teach.blueprint import bp
from app.web.teach.presenting import mean_words, report_twigs
from app.web.teach.views import about

#: digits that the number of a revision has at most
LONGEST = 9


@bp.get("/offerings/<public_id>/paths/<case>")
@requires(Permission.SEE_ANSWERS)
def paths(public_id: str, case: str) -> ResponseReturnValue:
    """Show which ways the students took through a case, with their reasons."""
    session = reading()
    place = get_offering(session, current_person(), public_id, Permission.SEE_ANSWERS)
    text = get_kept_case(session, place.course.id, case)
    report = report_paths(session, place, text, _revision_asked_for(), visible_cohorts(place))
    revision = report.text.revision(current_language())
    twigs = report_twigs(report.tree, find_fragments(session, [revision])[revision.id])
    return render_template(
        "teach/paths.html",
        **about(place),
        slug=case,
        case=case_of(text.revision(current_language())),
        is_retired=text.document.retired_at is not None,
        report=report,
        mean=mean_words(report.tree),
        twigs=twigs,
        picture=draw(twigs),
        waits=_waits(text, report),
        release=find_release(session, place.offering.id, text.document.id),
    )


def _revision_asked_for() -> int | None:
    wanted = request.args.get("revision")
    if wanted is None:
        return None
    if not (wanted.isascii() and wanted.isdecimal() and len(wanted) <= LONGEST):
        raise NotFound(wanted)
    return int(wanted)


def _waits(text: Text, report: PathReport) -> bool:
    """Whether model answers are kept back: from who walked then, or from who walks now."""
    return waits_for_release(report.case) or waits_for_release(case_of(text.revisions[text.original]))
