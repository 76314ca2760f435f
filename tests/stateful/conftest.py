"""A published course for the state machine."""

from tests.operations.conftest import (
    classroom,
    classroom_template,
    postgres_classroom,
    postgres_template,
    settings,
)

__all__ = ["classroom", "classroom_template", "postgres_classroom", "postgres_template", "settings"]
