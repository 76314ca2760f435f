"""What a marker looks for in a written answer or a file, and which files are asked for."""

import re

from app.domain.file_types import ALIASES
from app.domain.keys import ConstructedKey
from app.interchange.answer_words import read_marking
from app.interchange.questions import Question

USUAL_FILES = ("pdf", "docx", "png", "jpg")


def looked_for(question: Question) -> ConstructedKey:
    """Return marking points, and every line of the answer as what to look for."""
    points, others = read_marking(question["criteria"])
    guidance = [line.strip() for line in question["answer"].split("\n") if line.strip()]
    return ConstructedKey(tuple(points), tuple([*guidance, *others]))


def files_of(question: Question) -> list[str]:
    """Return the types of file that a question asks for; where it names none, the usual ones."""
    words = [word.lower().lstrip(".") for word in re.split(r"[,，、;；\s]+", question["files"]) if word]
    return list(dict.fromkeys(ALIASES.get(word, word) for word in words)) or list(USUAL_FILES)
