"""A translation beside its original: which line of one stands where in the other, and how they differ."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.content.aspects import PartSort, aspects_of
from app.content.parity import compare
from app.content.parity_parts import parts_of
from app.content.parse import Document, Parsed
from app.content.vocabulary import is_chinese
from app.content.writer import format_document

#: a part whose words are still those of the original
UNTRANSLATED = "untranslated"
_WORDS = ("title", "wording", "options")


@dataclass(frozen=True, slots=True)
class Beside:
    """A line of the original; where a part begins its line in the translation, and codes of what differs."""

    number: int
    text: str
    target: int | None = None
    codes: tuple[str, ...] = ()


def structure_for(document: Document, language: str) -> str:
    """Return what a translation begins with: ids, keys and points, and words that are to be replaced."""
    return format_document(replace(document, language=language))


def beside(original: Parsed, text: str, translation: Parsed) -> Sequence[Beside]:
    """Return the lines of an original with what there is to say of its translation."""
    codes: dict[int, list[str]] = defaultdict(list)
    for name, code in _noted(original, translation):
        line = original.lines.get(name) or original.lines.get("---", 1)
        if code not in codes[line]:
            codes[line].append(code)
    parts = {name: line for name, line in original.lines.items() if "/" not in name and ":" not in name}
    targets = {line: translation.lines.get(name) for name, line in parts.items()}
    return [
        Beside(number, line, targets.get(number), tuple(codes.get(number, ())))
        for number, line in enumerate(text.split("\n"), 1)
    ]


def _noted(original: Parsed, translation: Parsed) -> Iterator[tuple[str, str]]:
    """Yield parts and options of the original by name, with codes of what there is to say."""
    if original.document is None or translation.document is None:
        return
    here = {one.id for one in parts_of(translation.document)}
    for name in (one.id for one in parts_of(original.document) if one.id not in here):
        yield name, "translation-lacks"
    yield from ((name, UNTRANSLATED) for name in _untranslated(original.document, translation.document))
    names = {line: name for name, line in reversed(list(translation.lines.items()))}
    for one in compare(original, translation):
        if one.code != "translation-lacks":
            yield names.get(one.line, "---"), one.code


def _untranslated(original: Document, translation: Document) -> Iterator[str]:
    after = _words(translation)
    for name, words in _words(original).items():
        here = after.get(name, {})
        kept = (said for fact, said in words.items() if said == here.get(fact))
        if any(_is_to_be_translated(said, original.language) for said in kept):
            yield name


def _words(document: Document) -> Mapping[str, Mapping[str, object]]:
    """Return the words of each part, by its name among the lines."""
    found: dict[str, Mapping[str, object]] = {}
    groups = 0
    for part in aspects_of(document):
        groups += part.sort is PartSort.GROUP
        name = f"#{groups}" if part.sort is PartSort.GROUP else part.id
        found[name] = {fact: part.facts.get(fact) for fact in _WORDS}
    return found


def _is_to_be_translated(words: object, language: str) -> bool:
    """Whether there are letters in it, in a Chinese text: characters; names in Latin letters may stay."""
    first = "\u2e80" if is_chinese(language) else "A"
    return any(sign.isalpha() and sign >= first for sign in str(words or ""))
