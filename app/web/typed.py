"""What somebody wrote into a form that was answered with an error: handed back, so that it is not lost.

Browsers load a page anew when one goes back to it, and with it an empty form.
"""

from flask import request
from werkzeug.exceptions import HTTPException

#: views whose forms hold somebody's own words
ANSWERING = frozenset({"attempts.save", "authoring.write", "cases.commit", "marking.save"})
ANSWERS = ("answer-", "reason-")
WORDS = frozenset({"text", "reason", "comment", "message"})
#: what is shorter is a position or a number, and quickly given again
SHORTEST = 12

Field = tuple[str, str]


def typed_fields() -> list[Field]:
    """Return the fields of the form that was sent, but for its token; none of a form without answers."""
    if request.method != "POST" or request.endpoint not in ANSWERING:
        return []
    try:
        return [field for field in request.form.items(multi=True) if field[0] != "csrf_token"]
    except HTTPException:  # it is too large to be read
        return []


def typed_words() -> list[str]:
    """Return the longer texts among them."""
    return [
        value
        for name, value in typed_fields()
        if len(value.strip()) >= SHORTEST and (name in WORDS or name.startswith(ANSWERS))
    ]
