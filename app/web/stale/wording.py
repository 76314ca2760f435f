"""Why something is stale, in the reader's language."""

from flask_babel import gettext


def why_name(why: str) -> str:
    """Say how a thing hangs on the text that changed."""
    return {
        "translation": gettext("Its original changed"),
        "belongs": gettext("The case that it belongs to changed"),
        "shows": gettext("The case above it changed"),
        "walks": gettext("The case that is walked changed"),
        "copy": gettext("The same question was changed elsewhere"),
        "paper": gettext("A text of its paper changed"),
    }[why]
