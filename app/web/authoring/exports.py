"""Give the questions of a quiz out as a file: which, in which form, and what the form cannot say."""

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.roles import Permission
from app.interchange.table_writing import cell_losses
from app.operations.question_exports import (
    FORMS,
    export_items,
    picture_losses,
    quiz_of_writing,
    record_export,
    write_file,
)
from app.operations.writings import open_writing
from app.web.authoring.blueprint import bp
from app.web.authoring.pages import TEXT, about_text, found_again, target_of
from app.web.clock import clock
from app.web.database import reading, writing
from app.web.downloads import send_download
from app.web.security import current_person, requires
from app.web.teach.results import XLSX

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": XLSX,
    "csv": "text/csv",
    "txt": "text/plain",
}


def form_names() -> dict[str, str]:
    """Name the forms of files."""
    return {
        "docx": gettext("Word, with pictures"),
        "xlsx": gettext("Excel"),
        "csv": gettext("CSV"),
        "txt": gettext("Plain text"),
    }


@bp.get(TEXT + "/export")
@requires(Permission.AUTHOR)
def export(public_id: str, kind: str, slug: str) -> ResponseReturnValue:
    """Show which questions can be given out, and what is lost of them."""
    session = reading()
    target = target_of(session, public_id, kind, slug)
    opened = open_writing(session, target)
    quiz = quiz_of_writing(opened)
    found = export_items(quiz)
    left_out = {loss.id for loss in found.losses if loss.id} - {row.texts["id"] for row in found.rows}
    return render_template(
        "authoring/export.html",
        **about_text(target, opened),
        quiz=quiz,
        losses=[*found.losses, *picture_losses(quiz), *cell_losses(found)],
        left_out=left_out,
        forms=form_names(),
    )


@bp.post(TEXT + "/export")
@requires(Permission.AUTHOR)
def export_file(public_id: str, kind: str, slug: str) -> ResponseReturnValue:
    """Give the chosen questions out, all where none is chosen; the log notes it."""
    session = reading()
    target = target_of(session, public_id, kind, slug)
    opened = open_writing(session, target)
    form = request.form.get("form", "docx")
    form = form if form in FORMS else "docx"
    chosen = request.form.getlist("item")
    found = export_items(quiz_of_writing(opened), set(chosen) if chosen else None)
    data = write_file(session, target, found, (form, current_app.config["SETTINGS"].instance))
    with writing() as store:
        again = found_again(store, target)
        record_export(store, current_person(), again, (form, len(list(found.rows))), clock())
    return send_download(data, TYPES[form], f"{found.title}.{form}", f"{slug}.{form}")
