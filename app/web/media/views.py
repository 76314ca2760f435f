"""Send a picture or file by the hash of its bytes."""

from flask import Blueprint, Response, current_app, send_file

from app.domain.roles import Permission
from app.operations.blobs import blob_path
from app.operations.media import get_media
from app.web.database import reading
from app.web.security import current_person, requires

bp = Blueprint("media", __name__)
YEAR = 365 * 24 * 3600


@bp.get("/media/<sha256>")
@requires(Permission.STUDY)
def show(sha256: str) -> Response:
    """Send a picture or file, with the type that it was found to have when it was stored."""
    blob = get_media(reading(), current_person(), sha256)
    path = blob_path(current_app.config["SETTINGS"].instance, blob.sha256)
    response = send_file(path, mimetype=blob.media_type, max_age=YEAR, etag=blob.sha256)
    response.cache_control.private = True
    response.cache_control.public = False
    response.cache_control.immutable = True
    # an SVG opened by itself is a document: it may draw, and nothing else
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
