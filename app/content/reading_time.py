"""How long a text takes to read."""

import re

_WORD = re.compile(r"[A-Za-z0-9]+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
#: an unhurried pace: characters of Chinese and words of English a minute
CHARACTERS_A_MINUTE = 300
WORDS_A_MINUTE = 200


def reading_minutes(texts: list[str]) -> float:
    """Return the minutes that these texts take to read.

    >>> reading_minutes(["车门" * 300])
    2.0
    """
    whole = "\n".join(texts)
    characters = len(_CHINESE.findall(whole))
    words = len(_WORD.findall(whole))
    return characters / CHARACTERS_A_MINUTE + words / WORDS_A_MINUTE
