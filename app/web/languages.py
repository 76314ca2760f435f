"""The two languages of the interface: chosen by cookie, else by what the browser asks for."""

from pathlib import Path
from typing import Any

from flask import Flask, has_request_context, request
from flask_babel import Babel, get_translations

from app.web.clock import local_zone

LANGUAGES = ("zh", "en")
DEFAULT = "zh"
COOKIE = "language"
CATALOGUE = "casehall.catalogue"
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


def sentences(*parts: object) -> str:
    """Put sentences one after another: in Chinese nothing stands between them."""
    return ("" if current_language() == "zh" else " ").join(str(part) for part in parts)


def register_languages(app: Flask) -> None:
    """Connect Flask-Babel and tell every template which language it speaks, and in which time zone."""
    Babel(app, default_translation_directories=str(TRANSLATIONS), locale_selector=current_language)
    app.context_processor(_context)
    app.add_template_global(sentences)
    # pages hold hundreds of texts: the catalogue is looked up once a request, not once a text
    # the extension adds this to its environment
    environment: Any = app.jinja_env
    environment.install_gettext_callables(
        gettext=lambda text: _catalogue().ugettext(text),
        ngettext=lambda one, many, n: _catalogue().ungettext(one, many, n),
        newstyle=True,
    )


def _catalogue() -> Any:
    """Return the translations of this request's language."""
    if not has_request_context():
        return get_translations()
    if CATALOGUE not in request.environ:
        request.environ[CATALOGUE] = get_translations()
    return request.environ[CATALOGUE]


def _context() -> dict[str, Any]:
    language = current_language()
    return {"language": language, "html_lang": HTML_LANG[language], "zone": local_zone().key}
