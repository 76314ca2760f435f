"""The two languages of the interface: chosen by cookie, else by what the browser asks for."""

from pathlib import Path
from typing import Any

from flask import Flask, has_request_context, request
from flask_babel import Babel

LANGUAGES = ("zh", "en")
DEFAULT = "zh"
COOKIE = "language"
TRANSLATIONS = Path(__file__).parents[1] / "translations"
#: what `lang` on the page says, so that browsers pick simplified glyphs
HTML_LANG = {"zh": "zh-CN", "en": "en"}


def current_language() -> str:
    """Return "zh" or "en" for this request; outside a request, the default."""
    if not has_request_context():
        return DEFAULT
    chosen = request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return chosen
    return request.accept_languages.best_match(LANGUAGES, DEFAULT) or DEFAULT


def register_languages(app: Flask) -> None:
    """Connect Flask-Babel and tell every template which language it speaks."""
    Babel(app, default_translation_directories=str(TRANSLATIONS), locale_selector=current_language)
    app.context_processor(_context)


def _context() -> dict[str, Any]:
    language = current_language()
    return {"language": language, "html_lang": HTML_LANG[language]}
