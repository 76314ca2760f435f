"""An exam on paper: its versions, each with an answer sheet and a key."""

from collections.abc import Sequence

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.domain.roles import Permission
from app.operations.halls import get_hall
from app.operations.printing import VERSIONS, lay_out_print
from app.web.database import reading
from app.web.languages import current_language
from app.web.security import current_person, requires
from app.web.teach.blueprint import bp
from app.web.teach.exams import about_hall
from app.web.teach.laid_out import laid_out
from app.web.teach.short_keys import each_of, short_key, slot_of

#: what is printed: the questions, the sheet for the answers, the key
PARTS = {"paper": "print", "sheet": "print", "key": "key"}


@bp.get("/exams/<public_id>/print")
@requires(Permission.AUTHOR)
def print_exam(public_id: str) -> ResponseReturnValue:
    """Show one version of an exam's paper, its answer sheet or its key, ready to be printed."""
    session = reading()
    hall = get_hall(session, current_person(), public_id, Permission.AUTHOR)
    version = _wanted("version", VERSIONS)
    part = _wanted("part", tuple(PARTS))
    printed = lay_out_print(session, hall, version, current_language())
    pinned = (printed.revision, printed.cases)
    paper = laid_out(session, hall.document.slug, pinned, printed.layout, PARTS[part]).paper()
    return render_template(
        "teach/exam_print.html",
        **about_hall(session, hall),
        paper=paper,
        part=part,
        version=version,
        versions=VERSIONS,
        is_mixed=printed.is_mixed,
        is_apart=request.args.get("space") == "no",
        each_of=each_of,
        short_key=short_key,
        slot_of=slot_of,
    )


def _wanted(name: str, known: Sequence[str]) -> str:
    """Return what the address asks for, or the first that there is."""
    wanted = request.args.get(name, "")
    return wanted if wanted in known else known[0]
