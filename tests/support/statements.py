"""Statements compiled once for all tests: every test has an engine of its own, which compiles anew."""

from typing import Any

import sqlalchemy
from sqlalchemy import URL, Engine

from app.models import engine as engines


def share_statements() -> None:
    """Let every engine use the statements that others have compiled.

    SQLAlchemy keeps them by dialect: engines of one kind of database get that of the first that knows
    its server.
    """
    first: dict[str, Engine] = {}
    create_anew = sqlalchemy.create_engine

    def create_sharing(url: URL, **options: Any) -> Engine:
        made = create_anew(url, **options)
        name = url.get_backend_name()
        if name in first and first[name].dialect.server_version_info is not None:
            made.dialect = made.pool._dialect = first[name].dialect
            made._compiled_cache = first[name]._compiled_cache
        else:
            first[name] = made
        return made

    setattr(engines, "create_engine", create_sharing)  # noqa: B010
