import stat
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app.settings import BadSetting, read_settings, refuse_open_http

SECRET = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def environ(tmp_path):
    return {"INSTANCE": str(tmp_path / "instance")}


def test_nothing_set_means_a_file_of_this_machine(environ, tmp_path):
    settings = read_settings(environ)

    assert settings.database_url == f"sqlite:///{tmp_path}/instance/casehall.db"
    assert settings.is_sqlite
    assert not settings.is_production
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.timezone == ZoneInfo("Asia/Shanghai")


def test_the_secret_is_made_once_and_for_the_owner_only(environ, tmp_path):
    first = read_settings(environ)
    second = read_settings(environ)

    assert first.secret_key == second.secret_key
    assert len(first.secret_key) == 64
    assert stat.S_IMODE((tmp_path / "instance" / "secret_key").stat().st_mode) == 0o600


def test_a_secret_of_the_environment_goes_before_the_file(environ):
    assert read_settings(environ | {"SECRET_KEY": SECRET}).secret_key == SECRET


def test_an_empty_file_of_the_secret_is_refused(environ, tmp_path):
    read_settings(environ)
    (tmp_path / "instance" / "secret_key").write_text("")

    with pytest.raises(BadSetting, match="holds no secret"):
        read_settings(environ)


def test_the_clock_can_be_set_in_a_test(environ):
    settings = read_settings(environ | {"CASEHALL_ENV": "test", "CASEHALL_NOW": "2026-03-02T08:00:00+08:00"})

    assert settings.now == datetime(2026, 3, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("CASEHALL_PORT", "8000", "CASEHALL_PORT is not a setting"),
        ("CASEHALL_ENV", "production", "CASEHALL_ENV=production is unknown"),
        ("CASEHALL_NOW", "2026-03-02T08:00:00Z", "refused unless CASEHALL_ENV=test"),
        ("PORT", "80a", "PORT=80a is not a whole number"),
        ("PORT", "70000", "up to 65535"),
        ("PORT", "-1", "PORT=-1"),
        ("PORT", "٣", "PORT=٣"),
        ("TRUSTED_PROXIES", "yes", "TRUSTED_PROXIES=yes"),
        ("ALLOW_HTTP", "true", "ALLOW_HTTP=true is neither 0 nor 1"),
        ("TIMEZONE", "Shanghai", "TIMEZONE=Shanghai"),
        ("TIMEZONE", "../etc", "TIMEZONE=../etc"),
        ("PUBLIC_URL", "casehall.example.edu", "PUBLIC_URL=casehall.example.edu"),
        ("PUBLIC_URL", "https://casehall.example.edu/sub", "PUBLIC_URL"),
        ("PUBLIC_URL", "https://casehall.example.edu:99999", "PUBLIC_URL"),
        ("DATABASE_URL", "mysql://casehall", "DATABASE_URL must begin with"),
        ("DATABASE_URL", "postgresql://casehall", "DATABASE_URL must begin with"),
        ("DATABASE_URL", "sqlite://", "DATABASE_URL must begin with"),
        ("DATABASE_URL", "sqlite:///:memory:", "DATABASE_URL must begin with"),
        ("DATABASE_URL", "postgresql+psycopg://h:x/casehall", "DATABASE_URL must begin with"),
        ("DATABASE_URL", "postgresql+psycopg://h/casehall?prepare_threshold=off", "prepare_threshold=off is"),
        ("INSTANCE", "/dev/null/instance", "INSTANCE=/dev/null/instance cannot be made"),
    ],
)
def test_a_malformed_value_is_told_in_one_line(environ, name, value, said):
    with pytest.raises(BadSetting, match=said.replace("+", r"\+")) as refused:
        read_settings(environ | {name: value})

    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("now", ["today", "2026-03-02T08:00:00"])
def test_an_instant_without_zone_or_sense_is_refused(environ, now):
    with pytest.raises(BadSetting, match="CASEHALL_NOW"):
        read_settings(environ | {"CASEHALL_ENV": "test", "CASEHALL_NOW": now})


def test_https_means_production(environ):
    settings = read_settings(environ | {"PUBLIC_URL": "https://casehall.example.edu/"})

    assert settings.is_production
    assert settings.public_url == "https://casehall.example.edu"


@pytest.mark.parametrize(
    "unsafe", [{"CASEHALL_ENV": "test"}, {"SECRET_KEY": "secret"}, {"SECRET_KEY": "x" * 40}]
)
def test_production_refuses_what_is_only_for_tests(environ, unsafe):
    with pytest.raises(BadSetting):
        read_settings(environ | {"PUBLIC_URL": "https://casehall.example.edu"} | unsafe)


@pytest.mark.parametrize(
    ("more", "refused"),
    [
        ({}, False),
        ({"HOST": "::1"}, False),
        ({"HOST": "0.0.0.0"}, True),
        ({"HOST": "0.0.0.0", "ALLOW_HTTP": "1"}, False),
        ({"HOST": "0.0.0.0", "PUBLIC_URL": "https://casehall.example.edu"}, False),
        ({"HOST": "0.0.0.0", "PUBLIC_URL": "http://casehall.example.edu"}, True),
    ],
)
def test_plain_http_beyond_this_machine_must_be_asked_for(environ, more, refused):
    settings = read_settings(environ | more)

    if refused:
        with pytest.raises(BadSetting, match="ALLOW_HTTP=1"):
            refuse_open_http(settings)
    else:
        refuse_open_http(settings)
