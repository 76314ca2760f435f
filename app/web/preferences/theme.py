"""The theme: light, dark, or what the device says; the server renders the choice, so nothing flashes."""

from flask import Flask, has_request_context, request

THEMES = ("light", "dark", "auto")
DEFAULT = "auto"
COOKIE = "theme"
#: when the dark colours apply
MEDIA = {"light": "not all", "dark": "screen", "auto": "screen and (prefers-color-scheme: dark)"}


def current_theme() -> str:
    """Return "light", "dark" or "auto" for this request."""
    chosen = request.cookies.get(COOKIE, DEFAULT) if has_request_context() else DEFAULT
    return chosen if chosen in THEMES else DEFAULT


def register_theme(app: Flask) -> None:
    """Tell every template which theme it wears."""
    app.context_processor(_context)


def _context() -> dict[str, str]:
    theme = current_theme()
    return {"theme": theme, "dark_media": MEDIA[theme]}
