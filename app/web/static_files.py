"""Static files under an address that changes with them, so that browsers may keep them for ever.

The digest of the whole folder is part of the path: style sheets and modules that name each other
relatively stay within one version.
"""

import hashlib
from pathlib import Path

from flask import Flask, Response, request, send_from_directory, url_for
from flask.typing import ResponseReturnValue

from app.settings import ROOT

STATIC = ROOT / "static"
YEAR = 31_536_000
FOR_EVER = f"public, max-age={YEAR}, immutable"


def register_static(app: Flask) -> None:
    """Serve the static files; ``url_for("static", filename=…)`` knows their version."""
    version = folder_digest(STATIC)

    def send(version: str, filename: str) -> ResponseReturnValue:
        return send_from_directory(STATIC, filename)

    @app.url_defaults
    def add_version(endpoint: str, values: dict[str, object]) -> None:
        if endpoint == "static":
            values.setdefault("version", version)

    @app.after_request
    def keep(response: Response) -> Response:
        newest = request.endpoint == "static" and (request.view_args or {}).get("version") == version
        if newest and response.status_code in {200, 304}:
            response.headers["Cache-Control"] = FOR_EVER
        return response

    app.add_url_rule("/static/<version>/<path:filename>", "static", send)
    app.add_template_global(static_url)


def static_url(filename: str) -> str:
    """Return the address of a static file in its present version."""
    return url_for("static", filename=filename)


def folder_digest(folder: Path) -> str:
    """Return twelve hexadecimal digits that change when any file of the folder does."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]
