"""Strategies that make documents of all three kinds, as an author could have written them."""

from decimal import Decimal

from hypothesis import strategies as st

from app.content.answers import plain_text
from app.content.escape import escape_arrow, escape_heading, escape_objective, escape_tail, escape_text
from app.content.scanner import Line
from app.content.shapes.blanks import needs_force
from app.content.vocabulary import Kind
from app.domain.case import Case, Choice, Condition, Effect, Section, SectionKind
from app.domain.items import (
    BlanksKey,
    ChoiceKey,
    ConstructedKey,
    ConstructedKind,
    Difficulty,
    Item,
    ItemType,
    Level,
    MarkingPoint,
    NumericKey,
    Option,
    TruthKey,
)
from app.domain.quiz import Group, Quiz
from app.domain.scoring.normal import normal_form
from app.domain.syllabus import Module, Objective, Syllabus

SIGNS = "车门客人服务礼貌上座abXY 019-*+()[]{}=@?>|#~<:,.\\（）［］＝？＃　—→±%"
DIMENSIONS = ("礼貌", "规范")

ids = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True).filter(lambda name: name[1:].strip("0123456789"))
points = st.decimals(Decimal("0.5"), Decimal(200), places=2)
languages = st.sampled_from(["zh", "en", "zh-hant"])
levels = st.none() | st.sampled_from(Level)
difficulties = st.none() | st.sampled_from(Difficulty)
words = st.text("车门服务abc（）", min_size=1, max_size=5)
word_lists = st.lists(words, max_size=3, unique=True).map(tuple)
id_lists = st.lists(ids, max_size=3, unique=True).map(tuple)


def _is_plain(text: str) -> bool:
    return not any(mark in text for mark in ("[[", "［［", "[［", "［[", "]:", "］:", "~~~"))


raw_lines = st.text(SIGNS, max_size=24).filter(_is_plain)
fences = st.sampled_from(
    [["```", "- (x) code", "", "", "=code  ", "```"], ["~~~~ text", "## 2 ", "~~~", "~~~~"]]
)
raw_texts = st.lists(raw_lines.map(lambda line: [line]) | fences, max_size=4).map(
    lambda parts: "\n".join(line for part in parts for line in part)
)


def _text(raw: str, kind: Kind | None = None) -> str:
    escaped = escape_text(raw, kind)
    return plain_text([Line(0, line, False) for line in escaped.split("\n")])


texts = raw_texts.map(_text)
item_texts = raw_texts.map(lambda raw: _text(raw, Kind.QUIZ))
one_line = raw_lines.map(lambda line: line.strip()).filter(bool)
titles = one_line.map(escape_heading).filter(bool)
optional_titles = st.just("") | titles
stem_lines = one_line.map(lambda line: escape_heading(line.replace("_", "-")))
#: a text after a marker: a first line, and continuation lines without common indent
more_lines = st.lists(one_line.map(lambda line: escape_text(line.lstrip(">＞")).strip()), max_size=2)
first_lines = one_line.map(lambda line: escape_arrow(escape_tail(line, takes_effects=True)))
answer_texts = st.builds(
    lambda first, more: "\n".join([first, *(line for line in more if line)]), first_lines, more_lines
)
feedback = st.just("") | one_line


def _distinct(texts: list[str]) -> bool:
    forms = [normal_form(text) for text in texts]
    return len(set(forms)) == len(forms)


option_texts = st.lists(
    answer_texts.filter(lambda text: bool(normal_form(text))), min_size=2, max_size=5
).filter(_distinct)


@st.composite
def choice_keys(draw, item_type):
    options = draw(option_texts)
    chosen = {draw(st.integers(0, len(options) - 1))}
    if item_type is ItemType.MULTIPLE:
        chosen |= draw(st.sets(st.integers(0, len(options) - 1)))
    return ChoiceKey(
        tuple(Option(text, place in chosen, draw(feedback)) for place, text in enumerate(options))
    )


wordings = st.lists(
    st.text("护顶服务ab12 -|(对T", min_size=1, max_size=8).map(str.strip).filter(bool), min_size=1, max_size=3
).map(tuple)
blanks_keys = st.lists(wordings, min_size=1, max_size=3).map(lambda blanks: BlanksKey(tuple(blanks)))
numbers = st.decimals(-999, 999, places=1).map(str)
units = st.sampled_from(["", "克", "小时", "%", "℃", "km/h"])
numeric_keys = st.one_of(
    st.builds(NumericKey, value=numbers, unit=units),
    st.builds(NumericKey, value=numbers, tolerance=st.sampled_from(["0.5", "10"]), unit=units),
    st.builds(NumericKey, value=numbers, places=st.integers(0, 4), unit=units),
    st.builds(NumericKey, low=st.just("-5"), high=st.sampled_from(["0", "12.5"]), unit=units),
)
marking_points = st.lists(st.builds(MarkingPoint, points, answer_texts), max_size=3).map(tuple)
guidance = st.lists(answer_texts, max_size=2).map(tuple)
constructed_keys = st.builds(ConstructedKey, marking_points, guidance)


@st.composite
def items(draw, name):
    item_type = draw(st.sampled_from(ItemType))
    heading, body = draw(stem_lines), draw(item_texts).replace("_", "-")
    fields = {
        "heading": heading,
        "body": body,
        "explanation": draw(texts) if item_type is not ItemType.INFO else "",
        "hints": draw(st.lists(answer_texts, max_size=2).map(tuple))
        if item_type is not ItemType.INFO
        else (),
    }
    if item_type is not ItemType.INFO:
        fields |= draw(shared_fields)
        fields["points"] = draw(st.none() | points)
    fields |= draw(own_fields(item_type, fields))
    return Item(id=name, type=item_type, was=draw(st.none() | st.just("old-name")), **fields)


shared_fields = st.fixed_dictionaries(
    {"objectives": id_lists, "level": levels, "difficulty": difficulties, "topic": word_lists}
)


@st.composite
def own_fields(draw, item_type, fields):
    if item_type in (ItemType.SINGLE, ItemType.MULTIPLE):
        rules = ["all", "half", "share", "fixed:0.5", "signed"]
        scoring = draw(st.none() | st.sampled_from(rules)) if item_type is ItemType.MULTIPLE else None
        return {"key": draw(choice_keys(item_type)), "scoring": scoring}
    if item_type is ItemType.TRUE_FALSE:
        return {"key": TruthKey(draw(st.booleans()))}
    if item_type is ItemType.BLANKS:
        return draw(blanks_fields(fields))
    if item_type is ItemType.NUMERIC:
        return {"key": draw(numeric_keys)}
    return draw(constructed_fields(fields)) if item_type is ItemType.CONSTRUCTED else {"key": None}


@st.composite
def blanks_fields(draw, fields):
    key = draw(blanks_keys)
    heading = fields["heading"] + "".join("，____" for _ in key.blanks)
    return {
        "key": key,
        "heading": heading,
        "any_order": draw(st.booleans()),
        "scoring": draw(st.none() | st.just("all")),
        "forced_type": needs_force(key.blanks),
    }


@st.composite
def constructed_fields(draw, fields):
    key = draw(constructed_keys)
    total = sum((point.points for point in key.points), Decimal(0))
    return {
        "key": key,
        "points": total if key.points and fields["points"] else fields["points"],
        "kind": draw(st.none() | st.sampled_from(ConstructedKind)),
        "words": draw(st.none() | st.integers(1, 999)),
    }


@st.composite
def groups(draw, names, *, is_named):
    members = tuple(draw(items(name)) for name in names)
    if not is_named:
        return Group(items=members)
    constructed = any(isinstance(item.key, ConstructedKey) for item in members)
    return Group(
        title=draw(titles),
        stem=draw(texts),
        items=members,
        each=None if constructed else draw(st.none() | points),
        shuffle=draw(st.booleans()),
        case=draw(st.none() | ids),
        **draw(shared_fields),
    )


@st.composite
def quizzes(draw):
    names = draw(st.lists(ids, min_size=1, max_size=6, unique=True))
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
