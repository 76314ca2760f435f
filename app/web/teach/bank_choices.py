"""The quizzes that a paper may take from, and the texts in them that belong to several questions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.content.shared_texts import with_texts
from app.domain.bank import gather_bank
from app.domain.bank_sources import Source, common_languages
from app.operations.banks import Instructions
from app.web.languages import current_language
from app.web.teach.names import language_name

#: the field that names a group whose stem is only an instruction: ``slug/number``
INSTRUCTION = "instruction"


@dataclass(frozen=True, slots=True)
class SharedText:
    """A text above several items; whether it is only an instruction, its author says."""

    name: str
    title: str
    text: str
    count: int
    is_instruction: bool


@dataclass(frozen=True, slots=True)
class QuizChoice:
    """A quiz that items can be taken from; ``usable`` of its scored items can stand alone."""

    slug: str
    title: str
    is_exam_only: bool
    count: int
    usable: int
    languages: Sequence[str]
    is_chosen: bool
    texts: Sequence[SharedText]


def quiz_choices(
    sources: Sequence[Source], chosen: Sequence[str], instructions: Sequence[str]
) -> list[QuizChoice]:
    """Return the quizzes by title."""
    read = read_instructions(instructions)
    choices = (
        QuizChoice(
            slug=source.slug,
            title=title_here(source),
            is_exam_only=source.master.use == "exam",
            count=sum(item.is_scored for item in source.master.items),
            usable=len(gather_bank([with_texts(_with(source, read))], {}).items),
            languages=[language_name(one) for one in common_languages([source])],
            is_chosen=source.slug in chosen,
            texts=list(_texts(source, instructions)),
        )
        for source in sources
    )
    return sorted(choices, key=lambda one: one.title)


def chosen_of(sources: Sequence[Source], wanted: Sequence[str]) -> list[str]:
    """Return the slugs that there are, each once."""
    known = {source.slug for source in sources}
    return [slug for slug in dict.fromkeys(wanted) if slug in known]


def read_instructions(names: Sequence[str]) -> Instructions:
    """Return the groups that are named, by slug; what names none is left out.

    >>> read_instructions(["ladies/1", "ladies/3", "smile/x", "/"])
    {'ladies': frozenset({1, 3})}
    """
    found: dict[str, frozenset[int]] = {}
    for name in names:
        slug, _, number = name.partition("/")
        if number.isdecimal() and len(number) < 4:
            found[slug] = found.get(slug, frozenset()) | {int(number)}
    return found


def title_here(source: Source) -> str:
    """Return a quiz's title in the language of the page, its own where it is not translated."""
    return source.quizzes.get(current_language(), source.master).title


def _with(source: Source, instructions: Instructions) -> Source:
    return replace(source, instructions=instructions.get(source.slug, frozenset()))


def _texts(source: Source, instructions: Sequence[str]) -> Iterator[SharedText]:
    quiz = source.quizzes.get(current_language(), source.master)
    for number, group in enumerate(quiz.groups, start=1):
        if group.stem and group.case is None:
            name = f"{source.slug}/{number}"
            count = sum(item.is_scored for item in group.items)
            yield SharedText(name, group.title, " ".join(group.stem.split()), count, name in instructions)
