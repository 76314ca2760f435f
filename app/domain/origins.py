"""The origins of a composed or picked quiz: the quizzes it takes from, named in its source (出处)."""

from collections.abc import Iterable

_LEADS = {True: "蓝图组卷，取自 ", False: "Composed from "}
_PICKED = {True: "选自题库：", False: "From the bank: "}


def write_origins(slugs: Iterable[str], language: str) -> str:
    """Say, as the source (出处) of a composed quiz, from which quizzes it takes.

    >>> write_origins(["ladies-first", "smile"], "en")
    'Composed from ladies-first, smile'
    """
    return _LEADS[language.startswith("zh")] + ", ".join(slugs)


def write_picked(slugs: Iterable[str], language: str) -> str:
    """Say, as the source (出处) of a quiz of picked questions, from which quizzes it takes.

    >>> write_picked(["ladies-first", "smile"], "zh")
    '选自题库：ladies-first, smile'
    """
    return _PICKED[language.startswith("zh")] + ", ".join(slugs)


def read_origins(source: str) -> tuple[str, ...]:
    """Return the quizzes that a source (出处) names; none where it was neither composed nor picked.

    >>> read_origins(write_origins(["ladies-first", "smile"], "zh")), read_origins("一本书, smile")
    (('ladies-first', 'smile'), ())
    >>> read_origins(write_picked(["smile"], "en"))
    ('smile',)
    """
    for lead in (*_LEADS.values(), *_PICKED.values()):
        if source.startswith(lead):
            return tuple(source.removeprefix(lead).split(", "))
    return ()
