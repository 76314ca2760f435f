"""The sounds of Chinese names and words, so that they are found by pinyin."""

import importlib
import re
from functools import lru_cache
from typing import Any

_CHINESE = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")


def chinese_runs(text: str) -> list[str]:
    """Return the runs of Chinese characters in a text."""
    return _CHINESE.findall(text)


@lru_cache(maxsize=4096)
def syllables_of(run: str) -> tuple[str, ...]:
    """Return the pinyin of Chinese characters without tones, ü as v.

    >>> syllables_of("女士")
    ('nv', 'shi')
    """
    library: Any = importlib.import_module("pypinyin")
    return tuple(one for one in library.lazy_pinyin(run, errors="ignore") if one)


def sounds_of(name: str) -> str:
    """Return how a name sounds, whole and by its initials; "" for one without Chinese characters.

    >>> sounds_of("王小明"), sounds_of("欧阳·娜娜"), sounds_of("Anna")
    ('wangxiaoming wxm', 'ouyangnana oynn', '')
    """
    syllables = [one for run in chinese_runs(name) for one in syllables_of(run)]
    return f"{''.join(syllables)} {''.join(one[0] for one in syllables)}" if syllables else ""
