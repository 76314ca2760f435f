"""The files of a course: as its page shows them, and sent to its people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, current_app, request, send_file, url_for

from app.domain.course_files import COURSE_FILE_TYPES
from app.domain.roles import Permission
from app.models import Course, CourseFile
from app.operations.blobs import blob_path
from app.operations.course_files import get_course_file, list_files
from app.web.clock import today
from app.web.courses.blueprint import bp
from app.web.database import Session, reading
from app.web.security import current_person, requires

#: what a file that a browser shows by itself may do: browsers put it into a player or viewer of their own,
#: from which a sandbox would take the sign-in
ALONE = "; ".join(
    (
        "default-src 'none'",
        "media-src 'self'",
        "object-src 'self'",
        "style-src 'unsafe-inline'",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


@dataclass(frozen=True, slots=True)
class FileView:
    """A file as pages show it, ``size`` in bytes."""

    number: int
    module: str
    title: str
    kind: str
    ending: str
    size: int
    url: str

    @property
    def plays(self) -> bool:
        """Whether a page can play it."""
        return self.kind in {"audio", "video"}


def file_views(session: Session, course: Course) -> list[FileView]:
    """Return the files of a course, in one statement."""
    return [_view(course.slug, row, size) for row, size in list_files(session, course.id)]


def by_module(files: Sequence[FileView], modules: Sequence[str]) -> Mapping[str, list[FileView]]:
    """Return files by module; under "" those whose module the syllabus has no more."""
    found: dict[str, list[FileView]] = {}
    for one in files:
        found.setdefault(one.module if one.module in modules else "", []).append(one)
    return found


@bp.get("/courses/<slug>/files/<int:number>")
@requires(Permission.STUDY)
def file(slug: str, number: int) -> Response:
    """Send a file with its fixed type, in parts where a player asks for them."""
    row = get_course_file(reading(), current_person(), slug, number, today())
    type_ = COURSE_FILE_TYPES[row.ending]
    response = send_file(
        blob_path(current_app.config["SETTINGS"].instance, row.sha256),
        mimetype=type_.media_type,
        as_attachment="download" in request.args or not type_.is_inline,
        download_name=row.name,
        etag=row.sha256,
    )
    # kept by the browser, shown again only after asking whether it is still to be shown
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Content-Security-Policy"] = ALONE
    return response


def _view(slug: str, row: CourseFile, size: int) -> FileView:
    kind = COURSE_FILE_TYPES[row.ending].kind.value
    address = url_for("courses.file", slug=slug, number=row.id)
    return FileView(row.id, row.module, row.title, kind, row.ending, size, address)
