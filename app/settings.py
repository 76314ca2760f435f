"""Settings: read once from the environment, checked, never changed."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

ROOT = Path(__file__).parents[1]
OWN_PREFIX = "CASEHALL_"
OWN_NAMES = frozenset({"CASEHALL_ENV", "CASEHALL_NOW"})
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
SECRET_LENGTH = 32
SECRET_FILE = "secret_key"
#: names of files in the instance that hold a key
KEY_FILES = (SECRET_FILE, "*.key", "*_key", "*.pem")
POSTGRES = "postgresql+psycopg://"
SQLITE = "sqlite:///"


class BadSetting(Exception):
    """A value in the environment is unknown, malformed or unsafe."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says. ``trusted_proxies`` counts the proxies in front."""

    database_url: str
    secret_key: str
    instance: Path
    public_url: str
    timezone: ZoneInfo
    host: str = "127.0.0.1"
    port: int = 8000
    allow_http: bool = False
    trusted_proxies: int = 0
    now: datetime | None = None
    env: str = ""

    @property
    def is_production(self) -> bool:
        """Whether the public address is https."""
        return self.public_url.startswith("https://")

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a file of this machine."""
        return self.database_url.startswith(SQLITE)


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Read the settings; make the instance folder and its secret where they are missing.

    :raises BadSetting: a value is unknown, malformed or unsafe.
    """
    _refuse_unknown(environ)
    env = _env(environ)
    public_url = _public_url(environ)
    now = _now(environ, env)
    instance = _instance(environ)
    settings = Settings(
        database_url=_database_url(environ, instance),
        secret_key=_secret_key(environ, instance),
        instance=instance,
        public_url=public_url,
        timezone=_timezone(environ),
        host=environ.get("HOST") or "127.0.0.1",
        port=_whole(environ, "PORT", 8000, 65535),
        allow_http=_flag(environ, "ALLOW_HTTP"),
        trusted_proxies=_whole(environ, "TRUSTED_PROXIES", 0, 10),
        now=now,
        env=env,
    )
    _refuse_unsafe(settings)
    return settings


def key_files(instance: Path) -> list[Path]:
    """Return the files of an instance that hold keys: what a backup keeps as secret as they are."""
    found = {path for pattern in KEY_FILES for path in instance.glob(pattern) if path.is_file()}
    return sorted(found)


def refuse_open_http(settings: Settings) -> None:
    """Refuse to listen beyond this machine without https unless it is asked for.

    :raises BadSetting: the host is not loopback, ``ALLOW_HTTP`` is not set.
    """
    if settings.host not in LOOPBACK and not settings.is_production and not settings.allow_http:
        raise BadSetting(
            f"HOST={settings.host} serves plain http beyond this machine;"
            " set PUBLIC_URL to the https address, or ALLOW_HTTP=1 on a closed network"
        )


def _refuse_unknown(environ: Mapping[str, str]) -> None:
    for name in sorted(environ):
        if name.startswith(OWN_PREFIX) and name not in OWN_NAMES:
            raise BadSetting(f"{name} is not a setting of Casehall")


def _refuse_unsafe(settings: Settings) -> None:
    if not settings.is_production:
        return
    if settings.env == "test":
        raise BadSetting("CASEHALL_ENV=test is refused while PUBLIC_URL is https")
    if len(settings.secret_key) < SECRET_LENGTH or len(set(settings.secret_key)) < 8:
        raise BadSetting(f"SECRET_KEY must be random and have at least {SECRET_LENGTH} characters")


def _env(environ: Mapping[str, str]) -> str:
    env = environ.get("CASEHALL_ENV", "")
    if env not in {"", "test"}:
        raise BadSetting(f"CASEHALL_ENV={env} is unknown; it is empty or test")
    return env


def _now(environ: Mapping[str, str], env: str) -> datetime | None:
    text = environ.get("CASEHALL_NOW", "")
    if not text:
        return None
    if env != "test":
        raise BadSetting("CASEHALL_NOW is refused unless CASEHALL_ENV=test")
    try:
        now = datetime.fromisoformat(text)
    except ValueError:
        raise BadSetting(f"CASEHALL_NOW={text} is not an ISO instant") from None
    if now.tzinfo is None:
        raise BadSetting(f"CASEHALL_NOW={text} has no zone; write 2026-03-01T08:00:00+08:00")
    return now


def _instance(environ: Mapping[str, str]) -> Path:
    path = Path(environ.get("INSTANCE") or ROOT / "instance").absolute()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BadSetting(f"INSTANCE={path} cannot be made: {error.strerror}") from None
    return path


def _database_url(environ: Mapping[str, str], instance: Path) -> str:
    url = environ.get("DATABASE_URL") or f"{SQLITE}{instance / 'casehall.db'}"
    if url.startswith(SQLITE) and not url.startswith(f"{SQLITE}:") and len(url) > len(SQLITE):
        return url
    if url.startswith(POSTGRES) and _is_address(url):
        _refuse_bad_threshold(url)
        return url
    raise BadSetting(f"DATABASE_URL must begin with {SQLITE}<file> or {POSTGRES}<host>/<name>")


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.port is None or parts.port > 0
    except ValueError:
        return False


def _refuse_bad_threshold(url: str) -> None:
    """Refuse an address that says of prepared statements what the driver does not take."""
    for told in parse_qs(urlsplit(url).query, keep_blank_values=True).get("prepare_threshold", ()):
        if not re.fullmatch("none|[0-9]{1,5}", told):
            raise BadSetting(f"DATABASE_URL: prepare_threshold={told} is neither none nor a whole number")


def _public_url(environ: Mapping[str, str]) -> str:
    url = environ.get("PUBLIC_URL", "").rstrip("/")
    if not url:
        return ""
    if not re.fullmatch(r"https?://[\w.\-\[\]:]+", url) or not _is_address(url):
        raise BadSetting(f"PUBLIC_URL={url} is not an address such as https://casehall.example.edu")
    return url


def _timezone(environ: Mapping[str, str]) -> ZoneInfo:
    name = environ.get("TIMEZONE") or "Asia/Shanghai"
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        raise BadSetting(f"TIMEZONE={name} is not a zone such as Asia/Shanghai") from None


def _whole(environ: Mapping[str, str], name: str, default: int, highest: int) -> int:
    text = environ.get(name, "")
    if not text:
        return default
    if not re.fullmatch("[0-9]{1,5}", text) or int(text) > highest:
        raise BadSetting(f"{name}={text} is not a whole number up to {highest}")
    return int(text)


def _flag(environ: Mapping[str, str], name: str) -> bool:
    text = environ.get(name, "")
    if text not in {"", "0", "1"}:
        raise BadSetting(f"{name}={text} is neither 0 nor 1")
    return text == "1"


def _secret_key(environ: Mapping[str, str], instance: Path) -> str:
    """Return the secret of the environment, else the one in the instance, made at the first run."""
    given = environ.get("SECRET_KEY", "")
    if given:
        return given
    path = instance / SECRET_FILE
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read_secret(path)
    except OSError as error:
        raise BadSetting(f"{path} cannot be written: {error.strerror}") from None
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(SECRET_LENGTH))
    except OSError as error:
        path.unlink()
        raise BadSetting(f"{path} cannot be written: {error.strerror}") from None
    return _read_secret(path)


def _read_secret(path: Path) -> str:
    secret = path.read_text(encoding="ascii").strip()
    if len(secret) < SECRET_LENGTH:
        raise BadSetting(f"{path} holds no secret; remove it and start again")
    return secret
