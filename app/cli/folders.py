"""The checkout's own folders of texts."""

from pathlib import Path

from app.settings import ROOT

#: folder: the kinds of documents in it
FOLDERS = {"cases": ("case", "syllabus"), "quizzes": ("quiz",)}


def default_folders() -> list[Path]:
    """Return the checkout's own folders of texts."""
    return [ROOT / name for name in FOLDERS if (ROOT / name).is_dir()]
