"""Normal forms of short texts: what is equal after them counts as the same wording."""

import importlib
import re
import unicodedata
from functools import lru_cache
from typing import Any

from app.domain.scoring.numerals import with_arabic

_CHINESE = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SPACES = re.compile(
    rf"(?<=[{_CHINESE},;:!?()\[\]]) | (?=[{_CHINESE},;:!?()\[\]])"
    r"|(?<=[0-9]) (?=[a-z%‰°])|(?<=[a-z]) (?=[0-9])"
)
#: what most short answers are made of: of the steps below only that to simplified characters changes it
_SIMPLE = re.compile("[0-9a-z\u4e00-\u9fff]+")
_SUPERSCRIPT = re.compile(r"(?<=[\d)])(?=[⁰¹²³⁴⁵⁶⁷⁸⁹])")
_VULGAR_FRACTION = re.compile(r"(?<=\d)(?=[¼½¾⅐-⅞↉])")
_PUNCTUATION = str.maketrans(
    "。、“”„「」『』‘’【】〔〕《》〈〉—–−‐‒•‧・〜⁄",
    '.,"""""""\'\'[][]<><>-----···~/',
)
_TRAILING = " .,;:!?"
#: what OpenCC leaves to the context, or to its tables for one region
_VARIANTS = str.maketrans("著衞", "着卫")


class _Visible(dict[int, int | None]):
    """Maps characters to themselves and invisible ones to nothing, each looked up once."""

    def __missing__(self, code: int) -> int | None:
        kept = None if unicodedata.category(chr(code)) in {"Cf", "Cs"} else code
        self[code] = kept
        return kept


_VISIBLE = _Visible()


def normal_form(text: str) -> str:
    """Return the form in which two wordings are compared: its plain form with Arabic numerals.

    >>> normal_form(" 护顶　服務。"), normal_form("Ｌａｄｉｅｓ  First!"), normal_form("二十四小時")
    ('护顶服务', 'ladies first', '24小时')
    """
    return normal_of_plain(plain_form(text))


def normal_of_plain(plain: str) -> str:
    """Return the form in which wordings are compared, of a text in its plain form."""
    arabic = with_arabic(plain)
    return plain if arabic == plain else _tidy(arabic)


def plain_form(text: str) -> str:
    """Return a text in NFKC, case folded, simplified, with English punctuation and no idle spaces."""
    if _SIMPLE.fullmatch(text):
        return simplified(text)
    folded = unicodedata.normalize("NFKC", compatible(text).casefold())
    return _tidy(simplified(folded).translate(_PUNCTUATION))


def compatible(text: str) -> str:
    """Return a text in NFKC without invisible characters; 10² stays apart from 102, 1½ from 11/2."""
    if text.isascii():
        return text.replace("\0", "")
    text = text.translate(_VISIBLE)
    text = _VULGAR_FRACTION.sub(" ", _SUPERSCRIPT.sub("^", text.replace("\0", "")))
    return unicodedata.normalize("NFKC", text)


def simplified(text: str) -> str:
    """Return a text in simplified characters, so that no character depends on its neighbours.

    >>> simplified("沿著機場巴士"), simplified("答覆"), simplified("顯著") == simplified("显著")
    ('沿着机场巴士', '答复', True)
    """
    if text.isascii():
        return text
    words: str = _converter().convert(text)
    return "".join(map(_simplified_character, words)).translate(_VARIANTS)


@lru_cache(maxsize=1)
def _converter() -> Any:
    return importlib.import_module("opencc").OpenCC("t2s")


@lru_cache(maxsize=32_768)
def _simplified_character(character: str) -> str:
    return str(_converter().convert(character))


def _tidy(text: str) -> str:
    """Drop the spaces that mean nothing, and punctuation at the end unless there is nothing else."""
    text = re.sub(r"\.{3,}", "...", " ".join(text.split()))
    text = _SPACES.sub("", text)
    return text.rstrip(_TRAILING) or text
