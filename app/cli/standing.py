"""Whether the database of the settings lets Casehall work on it."""

from app.cli.opening import opened
from app.operations.health import durability_faults, take_back_a_change, version_faults
from app.settings import Settings


def startup_faults(settings: Settings) -> list[str]:
    """List what forbids to serve. A change that is taken back shows that the database takes changes."""
    with opened(settings) as engine, engine.connect() as connection:
        faults = version_faults(connection) or durability_faults(connection)
        if not faults:
            take_back_a_change(connection)
        return faults
