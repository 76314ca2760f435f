"""Statements compiled once for all tests: every test has an engine of its own, which compiles anew."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy
from sqlalchemy import URL, Dialect, Engine
from sqlalchemy.util import get_cls_kwargs

from app.models import engine as engines
from tests.support.postgres_reuse import PREFIX


def share_statements() -> None:
    """Let every engine use the statements that others have compiled.

    SQLAlchemy keeps them by dialect: engines of one kind of database get that of the first that knows
    its server. So what makes one dialect another must be the same for all of them.
    """
    known: dict[str, tuple[Engine, object]] = {}
    kept: dict[tuple[URL, str], Engine] = {}
    create_anew = sqlalchemy.create_engine

    def create_sharing(url: URL, **options: Any) -> Engine:
        if (url.database or "").startswith(PREFIX):
            name = url, repr(options)
            return kept[name] if name in kept else kept.setdefault(name, _lasting(create_once(url, options)))
        return create_once(url, options)

    def create_once(url: URL, options: Mapping[str, Any]) -> Engine:
        made = create_anew(url, **options)
        asked = _asked(made.dialect, options)
        first, asked_first = known.get(url.get_backend_name(), (made, asked))
        if first is made or first.dialect.server_version_info is None:
            known[url.get_backend_name()] = made, asked
            return made
        assert asked == asked_first, f"engines that share their statements differ: {asked}, {asked_first}"
        made.dialect = made.pool._dialect = first.dialect
        made._compiled_cache = first._compiled_cache
        return made

    setattr(engines, "create_engine", create_sharing)  # noqa: B010


def _lasting(engine: Engine) -> Engine:
    """Keep the connections of a database that one test after another uses: a new one plans all anew."""
    engine.dispose = lambda close=True: None  # type: ignore[method-assign]
    return engine


def _asked(dialect: Dialect, options: Mapping[str, Any]) -> object:
    """Return the kind of a dialect, and the options that went into it and not into the pool."""
    taken = get_cls_kwargs(type(dialect))
    return type(dialect), {name: value for name, value in options.items() if name in taken}
