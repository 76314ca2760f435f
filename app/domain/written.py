"""What people write in their own words, as it came from a form."""

from unicodedata import category

#: categories of Unicode
_INVISIBLE = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})


def as_typed(words: str) -> str:
    """Return what somebody typed: forms send each line break as two characters, and it counts as one."""
    return words.replace("\r\n", "\n").strip()


def says_nothing(words: str) -> bool:
    """Whether nobody would see anything of this: spaces, and characters without a shape of their own."""
    return all(category(letter) in _INVISIBLE for letter in words)
