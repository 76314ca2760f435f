"""Tokens against forged requests: Flask-WTF's, with those that were found right kept in memory."""

from flask import g, request
from flask import session as cookie
from flask_wtf import CSRFProtect

from app.domain.kept import Kept

HEADER = "X-CSRF-Token"
MOST = 4096


class ForgeryGuard(CSRFProtect):
    """Asks for the token of every request that changes something.

    A page saves with the same token again and again. Its signature does not age, so a pair of a token
    and the cookie's own that was found right once stays right.
    """

    def __init__(self) -> None:
        super().__init__()
        self._right: Kept[tuple[str, str], bool] = Kept(MOST)

    def protect(self, apply_exemptions: bool = False) -> None:
        """Refuse a request without its token; one with JSON has it in the header alone."""
        pair = (request.headers.get(HEADER, ""), cookie.get("csrf_token", ""))
        is_kept = request.is_json and all(pair)
        if is_kept and self._right.find(pair):
            g.csrf_valid = True
            return
        super().protect(apply_exemptions)
        if is_kept and g.get("csrf_valid"):
            self._right.keep(pair, True)
