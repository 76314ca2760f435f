"""Files that a browser saves: under their name, and under a plain one where names of others arrive broken."""

import re
from io import BytesIO
from urllib.parse import quote

from flask import Response, send_file

UNFIT_IN_FILE_NAME = re.compile(r"[^\w.-]+")
UNFIT_IN_PLAIN_NAME = re.compile(r"[^A-Za-z0-9._-]+")


def send_download(data: bytes, mimetype: str, name: str, plain: str) -> Response:
    """Send bytes to be saved.

    :param name: what the file is called; what no file name may hold is replaced.
    :param plain: its name in ASCII, for who cannot read the other: ``car-door.docx``.
    """
    plain = UNFIT_IN_PLAIN_NAME.sub("-", plain).strip("-")
    named = UNFIT_IN_FILE_NAME.sub("-", name).strip("-")
    response = send_file(BytesIO(data), mimetype=mimetype)
    both = f"attachment; filename={plain}; filename*=UTF-8''{quote(named)}"
    response.headers["Content-Disposition"] = both
    return response
