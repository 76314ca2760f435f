"""Static files under an address that changes with them, so that browsers may keep them for ever.

The digest of the whole folder is part of the path: style sheets and modules that name each other
relatively stay within one version. Files are read and compressed once a process.
"""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import metadata
from pathlib import Path

import flask_bootstrap
from flask import Flask, Response, abort, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.security import safe_join

from app.settings import ROOT
from app.web.bundles import NoBundle, bundle_name, compose_bundle

STATIC = ROOT / "static"
BOOTSTRAP = Path(flask_bootstrap.__file__).parent / "static" / "bootstrap5"
FOR_EVER = "public, max-age=31536000, immutable"
COMPRESS_FROM = 1024
#: what is joined to one file before it is sent
JOINED = (".css", ".js")
COMPRESSIBLE = ("text/", "application/javascript", "application/json", "image/svg+xml")


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file in memory. ``packed`` is its gzip form, None where that does not help."""

    media_type: str
    etag: str
    plain: bytes
    packed: bytes | None


def register_static(app: Flask) -> None:
    """Serve the static files; ``url_for("static", filename=…)`` knows their version.

    Bootstrap's files come from its package and carry that package's version.
    """
    versions = {"static": _static_digest(), "bootstrap.static": metadata.version("bootstrap-flask")}

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

    app.add_url_rule("/static/<version>/<path:filename>", "static", send_ours)
    app.view_functions["bootstrap.static"] = send_bootstrap
    app.add_template_global(static_url)
    app.add_template_global(sheets_url)
    app.add_template_global(scripts_url)


def send_ours(version: str, filename: str) -> ResponseReturnValue:
    """Send a file of ours, or several that are joined, whatever version is asked for."""
    if not filename.endswith(JOINED):
        return _send(STATIC, filename)
    try:
        return _answer(load_bundle(filename))
    except NoBundle:
        abort(404)


def send_bootstrap(filename: str) -> ResponseReturnValue:
    """Send a file of Bootstrap."""
    return _send(BOOTSTRAP, filename)


def static_url(filename: str) -> str:
    """Return the address of a static file in its present version."""
    return url_for("static", filename=filename)


def sheets_url(*names: str, folder: str = "css/components") -> str:
    """Return the address at which style sheets of a folder are one."""
    return static_url(bundle_name(folder, names, ".css"))


def scripts_url(*names: str) -> str:
    """Return the address at which scripts are one, with all that they import."""
    return static_url(bundle_name("js", names, ".js"))


@cache
def _static_digest() -> str:
    """Return the digest of the static files, which a process reads once."""
    return folder_digest(STATIC)


def folder_digest(folder: Path) -> str:
    """Return twelve hexadecimal digits that change when any file of the folder does."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


@lru_cache(maxsize=1024)
def load_static(path: Path) -> StaticFile:
    """Read and compress a file."""
    return pack(path.name, path.read_bytes())


@lru_cache(maxsize=128)
def load_bundle(filename: str) -> StaticFile:
    """Join and compress files of ours.

    :raises NoBundle: there are no such files.
    """
    return pack(filename, compose_bundle(STATIC, filename))


def pack(name: str, plain: bytes) -> StaticFile:
    """Compress what is sent under this name."""
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    worthwhile = media_type.startswith(COMPRESSIBLE) and len(plain) >= COMPRESS_FROM
    packed = gzip.compress(plain, mtime=0) if worthwhile else None
    return StaticFile(media_type, hashlib.sha256(plain).hexdigest()[:20], plain, packed)


def _send(folder: Path, filename: str) -> Response:
    found = safe_join(str(folder), filename)
    if found is None or not Path(found).is_file():
        abort(404)
    return _answer(load_static(Path(found)))


def _answer(file: StaticFile) -> Response:
    packed = file.packed if request.accept_encodings["gzip"] else None
    response = Response(packed or file.plain, mimetype=file.media_type)
    if file.packed is not None:
        response.headers["Vary"] = "Accept-Encoding"
    if packed is not None:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Cache-Control"] = "no-cache"
    response.set_etag(f"{file.etag}{'-gzip' if packed else ''}")
    response.make_conditional(request)
    return response
