"""Static files under an address that changes with them, so that browsers may keep them for ever.

The digest of the whole folder is part of the path: style sheets and modules that name each other
relatively stay within one version.
"""

import hashlib
from importlib import metadata
from pathlib import Path

from flask import Flask, Response, request, send_from_directory, url_for
from flask.typing import ResponseReturnValue

from app.settings import ROOT

STATIC = ROOT / "static"
YEAR = 31_536_000
FOR_EVER = f"public, max-age={YEAR}, immutable"


def register_static(app: Flask) -> None:
    """Serve the static files; ``url_for("static", filename=…)`` knows their version.

    Bootstrap's files come from its package and carry that package's version.
    """
    versions = {"static": folder_digest(STATIC), "bootstrap.static": metadata.version("bootstrap-flask")}

    def send(version: str, filename: str) -> ResponseReturnValue:
        return send_from_directory(STATIC, filename)

    @app.url_defaults
    def add_version(endpoint: str, values: dict[str, object]) -> None:
        if endpoint in versions:
            values.setdefault("version", versions[endpoint])

    @app.after_request
    def keep(response: Response) -> Response:
        newest = versions.get(request.endpoint or "")
        asked = (request.view_args or {}).get("version") or request.args.get("version")
        if newest and asked == newest and response.status_code in {200, 304}:
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
