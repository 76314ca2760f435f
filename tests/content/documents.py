"""Strategies that make documents of all three kinds, as an author could have written them."""

from decimal import Decimal

from hypothesis import strategies as st

from app.content.escape import escape_objective
from app.domain.case import Case, Choice, Condition, Effect, Section, SectionKind
from app.domain.keys import ConstructedKey, WeightedKey
from app.domain.options import ConstructedKind
from app.domain.quiz import Group, Quiz
from app.domain.syllabus import Module, Objective, Syllabus
from tests.content.item_keys import constructed_keys
from tests.content.items import items, shared_fields
from tests.content.wordings import (
    answer_texts,
    difficulties,
    feedback,
    id_lists,
    ids,
    languages,
    levels,
    one_line,
    option_texts,
    points,
    texts,
    titles,
    word_lists,
)

DIMENSIONS = ("礼貌", "规范")


@st.composite
def groups(draw, names, *, is_named):
    members = tuple(draw(items(name)) for name in names)
    if not is_named:
        return Group(items=members)
    has_sum = any(isinstance(item.key, ConstructedKey | WeightedKey) for item in members)
    return Group(
        title=draw(titles),
        stem=draw(texts),
        items=members,
        each=None if has_sum else draw(st.none() | points),
        shuffle=draw(st.booleans()),
        case=draw(st.none() | ids),
        **draw(shared_fields),
    )


@st.composite
def quizzes(draw):
    names = draw(st.lists(ids, min_size=1, max_size=3, unique=True))
    cut = draw(st.integers(0, len(names) - 1))
    parts = [draw(groups(names[:cut], is_named=False))] if cut else []
    parts.append(draw(groups(names[cut:], is_named=True)))
    return Quiz(
        groups=tuple(parts),
        minutes=draw(st.none() | st.integers(1, 999)),
        pass_mark=draw(st.none() | st.decimals(0, 100, places=1)),
        module=draw(st.none() | ids),
        objectives=draw(id_lists),
        topic=draw(word_lists),
        difficulty=draw(difficulties),
        shuffle=draw(st.booleans()),
        multiple=draw(st.sampled_from([None, "all", "half", "fixed:0.25", "signed"])),
        ordering=draw(st.sampled_from([None, "exact", "pairs"])),
        **draw(common),
    )


def quizzes_of(item_type):
    """Return quizzes of one item of this type."""
    types = st.just(item_type)
    one = items("it", types).map(lambda item: (Group(items=(item,)),))
    return st.builds(Quiz, title=st.just("卷"), groups=one, language=languages)


common = st.fixed_dictionaries(
    {
        "title": one_line,
        "language": languages,
        "source": st.just("") | one_line,
        "use": st.sampled_from(["practice", "exam"]),
        "syntax": st.sampled_from(["", "1"]),
    }
)


@st.composite
def choices(draw, names):
    effects = draw(st.dictionaries(st.sampled_from(DIMENSIONS), st.integers(-9, 9)))
    arrow = st.none() | st.sampled_from(names)
    return tuple(
        Choice(
            text,
            draw(arrow),
            draw(st.decimals(-9, 9, places=1)),
            tuple(Effect(name, change) for name, change in effects.items()),
            draw(feedback),
        )
        for text in draw(option_texts)
    )


@st.composite
def sections(draw, name, names):
    kind = draw(st.sampled_from(SectionKind))
    fields = {"title": draw(titles), "body": draw(texts)}
    if kind not in (SectionKind.HINT, SectionKind.MODEL_ANSWER):
        condition = st.builds(
            Condition, st.sampled_from(DIMENSIONS), st.sampled_from("<=>"), st.integers(-9, 9)
        )
        fields["when"] = draw(st.none() | condition)
    else:
        fields["reveal"] = draw(st.sampled_from([None, "commit", "release"]))
    if kind in (SectionKind.SCENE, SectionKind.EXHIBIT, SectionKind.OUTCOME):
        fields["next"] = draw(st.none() | st.sampled_from(names))
    if kind is SectionKind.DECISION:
        fields["choices"] = draw(choices(names))
        fields["reason"] = draw(st.sampled_from([None, "no", "optional", "required"]))
    if kind is SectionKind.QUESTION:
        key = draw(constructed_keys)
        fields |= {
            "marking_points": key.points,
            "guidance": key.guidance,
            "words": draw(st.none() | st.just(80)),
        }
        fields["question_kind"] = draw(st.none() | st.sampled_from(ConstructedKind))
    return Section(id=name, kind=kind, **fields)


@st.composite
def cases(draw):
    names = draw(st.lists(ids, min_size=1, max_size=6, unique=True))
    return Case(
        sections=tuple(draw(sections(name, names)) for name in names),
        minutes=draw(st.none() | st.integers(1, 999)),
        objectives=draw(id_lists),
        dimensions=DIMENSIONS,
        quiz=draw(st.none() | ids),
        **draw(common),
    )


@st.composite
def modules(draw, names):
    first, *others = names
    return Module(
        id=first,
        title=draw(titles),
        hours=draw(st.none() | st.decimals(0, 99, places=1)),
        body=draw(texts.filter(lambda text: "\n" not in text and text[:1] not in "-*－")),
        objectives=tuple(
            Objective(name, escape_objective(draw(answer_texts)), draw(levels)) for name in others
        ),
        cases=draw(id_lists),
        quizzes=draw(id_lists),
        readings=draw(id_lists),
        files=draw(word_lists),
    )


@st.composite
def syllabuses(draw):
    names = draw(st.lists(ids, max_size=9, unique=True))
    return Syllabus(
        hours=draw(st.decimals(0, 99, places=1)),
        modules=tuple(draw(modules(names[start : start + 3])) for start in range(0, len(names), 3)),
        code=draw(st.just("") | one_line),
        prerequisites=draw(word_lists),
        public=draw(st.booleans()),
        pass_mark=draw(st.none() | st.just(Decimal(60))),
        **draw(common),
    )
