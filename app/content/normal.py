"""The normal form in which two wordings are compared for equality."""

import unicodedata

_PUNCTUATION = str.maketrans("。，、；：？！“”‘’（）《》【】—～", ".,,;:?!\"\"''()<>[]-~")
_TRAILING = ".,;:?!"


def normal_form(text: str) -> str:
    """Fold width, case, spaces and the punctuation of Chinese and English.

    >>> normal_form("护顶 服务。") == normal_form("护顶服务")
    True
    """
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_PUNCTUATION)
    words = " ".join(folded.split()).rstrip(_TRAILING + " ")
    return "".join(char for i, char in enumerate(words) if not _is_loose(words, i))


def _is_loose(words: str, index: int) -> bool:
    """Whether this is a space beside a Chinese character."""
    if words[index] != " ":
        return False
    return _is_chinese(words[index - 1]) or _is_chinese(words[index + 1])


def _is_chinese(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"
