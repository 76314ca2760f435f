"""Whether everything stands as the last start left it: a server is then started without its web first."""

from sqlalchemy.orm import Session

from app.cli.folders import default_folders
from app.cli.library_mark import files_mark, is_marked, mark_of
from app.cli.opening import opened
from app.models.engine import reading_engine
from app.operations.demo_people import missing_people
from app.operations.health import version_faults
from app.settings import Settings


def is_prepared(settings: Settings) -> bool:
    """Whether ``prepare`` would find nothing to do: database, texts and people of the demo are there."""
    with opened(settings) as engine, reading_engine(engine).connect() as connection:
        if version_faults(connection):
            return False
        session = Session(connection)
        if not is_marked(settings.instance, mark_of(session, files_mark(default_folders()))):
            return False
        return settings.is_production or not missing_people(session)
