"""The application: one Flask object with everything registered on it."""

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING

from flask import Flask
from flask_bootstrap import Bootstrap5
from flask_compress import Compress
from werkzeug.middleware.proxy_fix import ProxyFix

from app.settings import ROOT, Settings
from app.web.clock import start_chance, start_clock
from app.web.database import init_database
from app.web.errors import register_errors
from app.web.filters import register_filters
from app.web.health.readiness import register_readiness
from app.web.health.views import bp as health
from app.web.languages import register_languages
from app.web.preferences.theme import register_theme
from app.web.requests import register_request_log
from app.web.security import init_security
from app.web.static_files import register_static

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

#: packages of ``app.web`` whose ``views`` hold a blueprint ``bp``
BLUEPRINTS: tuple[str, ...] = (
    "preferences",
    "home",
    "accounts",
    "people",
    "admin",
    "courses",
    "cases",
    "attempts",
    "exams",
    "media",
    "teach",
    "authoring",
    "bank",
    "stale",
    "marking",
)
BODY_BYTES = 1024 * 1024
FORM_PARTS = 20_000
COMPRESS_FROM = 2048


class Application(Flask):
    """Flask that believes what the trusted proxies in front of it say, and nobody else."""

    answer: "WSGIApplication | None" = None

    def trust(self, proxies: int) -> None:
        """Believe the forwarding headers of so many proxies."""
        if proxies:
            self.answer = ProxyFix(super().wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)

    def wsgi_app(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request."""
        if self.answer is not None:
            return self.answer(environ, start_response)
        return super().wsgi_app(environ, start_response)


def make_application(settings: Settings) -> Flask:
    """Make the application of these settings."""
    app = Application(
        "app", template_folder=str(ROOT / "templates"), static_folder=None, static_url_path="/static"
    )
    work_on(app, settings)
    register_request_log(app)
    Compress(app)
    Bootstrap5(app)
    register_static(app)
    register_languages(app)
    register_theme(app)
    register_filters(app)
    register_errors(app)
    init_security(app)
    app.register_blueprint(health)
    for name in BLUEPRINTS:
        app.register_blueprint(import_module(f"app.web.{name}.views").bp)
    return app


def work_on(app: Application, settings: Settings) -> None:
    """Let the application work on the instance of these settings: all that depends on them."""
    app.trust(settings.trusted_proxies)
    app.config.from_mapping(configuration(settings))
    start_clock(app, settings.now)
    start_chance(app)
    register_readiness(app, settings, init_database(app, settings).turns)


def configuration(settings: Settings) -> dict[str, object]:
    """Return Flask's configuration. ``SETTINGS`` carries ours whole."""
    return {
        "SETTINGS": settings,
        "SECRET_KEY": settings.secret_key,
        "TIMEZONE": settings.timezone.key,
        "TESTING": settings.env == "test",
        "MAX_CONTENT_LENGTH": BODY_BYTES,
        # of a form with files: what is written in it, and how many fields a long paper has
        "MAX_FORM_MEMORY_SIZE": BODY_BYTES,
        "MAX_FORM_PARTS": FORM_PARTS,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.is_production,
        "PREFERRED_URL_SCHEME": "https" if settings.is_production else "http",
        "BOOTSTRAP_SERVE_LOCAL": True,
        "WTF_CSRF_TIME_LIMIT": None,
        "COMPRESS_MIN_SIZE": COMPRESS_FROM,
        # browsers accept nothing better than gzip over plain http
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_ALGORITHM_STREAMING": ["br", "gzip"],
    }
