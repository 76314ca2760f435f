"""What a diagnostic says to write instead, with the words that it is made of."""

from collections.abc import Iterable, Sequence
from typing import Self


class Hint(str):
    """A fix that remembers its words, to be said in any language; it compares as its English text.

    ``word`` is what is wrong, ``write`` what to write instead, ``meant`` the known word that it is
    nearest to, ``known`` all that may stand there.
    """

    __slots__ = ("known", "meant", "word", "write")
    word: str
    write: str
    meant: str
    known: tuple[str, ...]

    def __new__(
        cls, text: str = "", word: str = "", write: str = "", *, meant: str = "", known: Sequence[str] = ()
    ) -> Self:
        hint = super().__new__(cls, text)
        hint.word, hint.write, hint.meant, hint.known = word, write, meant, tuple(known)
        return hint


def to_write(text: str, word: str = "") -> Hint:
    """Say what to write.

    >>> to_write("1分")
    'write 1分'
    """
    return Hint(f"write {text}", word, text)


def known_words(words: Iterable[str]) -> Hint:
    """Say all that may stand here."""
    known = tuple(words)
    return Hint("known: " + ", ".join(known), known=known)


def naming(word: str, fix: str) -> Hint:
    """Return a fix that names the word at fault, where it names none yet.

    >>> naming("2 分", to_write("2分")).word, naming("x", to_write("y", "z")).word
    ('2 分', 'z')
    """
    if not isinstance(fix, Hint):
        return Hint(fix, word)
    return Hint(fix, fix.word or word, fix.write, meant=fix.meant, known=fix.known)
