"""What kinds of files are called where their own names may not be told."""

from app.domain.file_types import FILE_TYPES
from app.web.marking.blueprint import bp

#: media type -> usual ending
ENDINGS = {media_type: name for name, media_type in FILE_TYPES.items()}


@bp.app_template_filter()
def file_kind(media_type: str) -> str:
    """Name the kind of a file: PDF."""
    return ENDINGS.get(media_type, "").upper()


def blind_name(item: str, token: str, number: int, media_type: str) -> str:
    """Return a name for a file that says nothing of its learner."""
    return f"{item}-{token[:6]}-{number}.{ENDINGS.get(media_type, 'bin')}"
