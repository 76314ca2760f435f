"""Quizzes whose texts look like everything that files part by: numbers, letters, labels, formulas."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from app.domain.items import Difficulty, Item, ItemType, Level
from app.domain.keys import (
    BlanksKey,
    ChoiceKey,
    ConstructedKey,
    MatchingKey,
    NumericKey,
    OrderingKey,
    Pair,
    TruthKey,
    WeightedKey,
)
from app.domain.options import ConstructedKind, MarkingPoint, Option
from app.domain.quiz import Group, Quiz

WORDS = [
    *(
        "先开哪扇门",
        "甲",
        "乙 B. 丙",
        "A. 门",
        "1. 车",
        "（2）客人",
        "答案：A",
        "【解析】礼",
        "一、单项选择题",
        "材料：车",
    ),
    *(
        "=1+1",
        "'=2",
        "'车'",
        "-5",
        "@门",
        "+7",
        "\\A. 门",
        "为什么？（5分）",
        "选（A）",
        "参考答案",
        "答案：",
        "____ 门",
    ),
    *(
        "（多选题）门",
        "门 A. 车 B. 客",
        "a;b；c|d",
        "H<sub>2</sub>O",
        "12:30 起飞",
        "x <y> z",
        "3、客",
        "问题：",
        "**门**",
    ),
    *(
        "（√）",
        "题型：判断题",
        "第一部分 门",
        "{#a}",
        "# 门",
        "- (x) 门",
        "提示：门",
        "~~~",
        "正确",
        "2分：门；3分：客",
    ),
]
words = st.sampled_from(WORDS)
plain = st.sampled_from(["先开哪扇门？", "客人来了", "女士优先", "起飞 12:30", "Which door?"])
#: a text of paragraphs, some with a table, a list or code
blocks = st.sampled_from(
    ["| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |", "- 甲\n- 乙", "```\nA. 1\n\n答案：\n```", "> 甲\n> 乙"]
)
lines = words.filter(lambda text: text != "~~~")
texts = st.lists(lines | plain | blocks, max_size=3).map("\n\n".join)
stems = st.tuples(lines | plain, texts).map(lambda parts: "\n\n".join(part for part in parts if part))
option_lists = st.lists(lines, min_size=2, max_size=5, unique=True)
points = st.sampled_from([Decimal(1), Decimal("0.5"), Decimal(4), Decimal(10), Decimal("2.25")])
names = st.sampled_from(["4.1", "goal-2", "x"])
topics = st.lists(st.sampled_from(["礼仪", "车门", "VIP"]), max_size=2, unique=True).map(tuple)


def made(item_type, **fields):
    return st.fixed_dictionaries({"type": st.just(item_type), **fields})


@st.composite
def choices(draw, kind):
    options = draw(option_lists)
    keys = draw(st.sets(st.integers(0, len(options) - 1), min_size=1))
    keys = set(list(keys)[:1]) if kind is ItemType.SINGLE else keys
    return ChoiceKey(tuple(Option(text, place in keys) for place, text in enumerate(options)))


@st.composite
def gapped(draw):
    wordings = st.lists(
        st.sampled_from(["水", "a;b", "c|d", "24", "对", "\\"]), min_size=1, max_size=2, unique=True
    )
    blanks = draw(st.lists(wordings.map(tuple), min_size=1, max_size=3))
    heading = "水是" + "和".join("____" for _ in blanks)
    return {"type": ItemType.BLANKS, "key": BlanksKey(tuple(blanks)), "heading": heading, "body": ""}


guidance = st.lists(lines, max_size=2).map(tuple)
marking = st.lists(st.builds(MarkingPoint, points, lines), max_size=2).map(tuple)
constructed_keys = st.builds(ConstructedKey, marking, guidance)
numbers = st.sampled_from(
    [
        NumericKey("45", tolerance="5", unit="克"),
        NumericKey(low="-3", high="4.5"),
        NumericKey("3.14", places=2),
    ]
)
pairs = st.lists(st.builds(Pair, st.sampled_from(["", "甲", "A. 乙"]), lines), min_size=2, max_size=3)
KINDS = st.one_of(
    made(ItemType.SINGLE, key=choices(ItemType.SINGLE)),
    made(
        ItemType.MULTIPLE,
        key=choices(ItemType.MULTIPLE),
        scoring=st.sampled_from([None, "all", "half", "share", "fixed:0.5", "signed"]),
    ),
    made(ItemType.TRUE_FALSE, key=st.builds(TruthKey, st.booleans())),
    gapped(),
    made(ItemType.NUMERIC, key=numbers),
    made(
        ItemType.ORDERING,
        key=option_lists.map(lambda found: OrderingKey(tuple(map(Option, found)))),
        scoring=st.sampled_from([None, "exact", "pairs"]),
    ),
    made(ItemType.MATCHING, key=pairs.map(lambda found: MatchingKey(tuple(found)))),
    made(
        ItemType.CONSTRUCTED,
        key=constructed_keys,
        kind=st.none() | st.sampled_from(ConstructedKind),
        words=st.none() | st.just(200),
    ),
    made(ItemType.UPLOAD, key=constructed_keys, file=st.just(("pdf", "docx"))),
    made(ItemType.INFO, key=st.none()),
    made(
        ItemType.WEIGHTED,
        key=st.just(WeightedKey((Option("甲"), Option("乙")), (Decimal(1), Decimal(2)))),
        points=st.just(Decimal(2)),
    ),
)
others = st.fixed_dictionaries(
    {
        "explanation": texts,
        "points": points,
        "hints": st.lists(lines, max_size=2).map(tuple),
        "difficulty": st.none() | st.sampled_from(Difficulty),
        "level": st.none() | st.sampled_from(Level),
        "topic": topics,
        "objectives": st.lists(names, max_size=2, unique=True).map(tuple),
    }
)


@st.composite
def items(draw, name):
    stem, kind, other = draw(stems), draw(KINDS), draw(others)
    heading, _, body = stem.partition("\n\n")
    fields = {"heading": heading, "body": body} | (other if kind["type"] is not ItemType.INFO else {}) | kind
    item = Item(id=name, **fields)
    key = item.key
    if isinstance(key, ConstructedKey) and key.points:
        return replace(item, points=sum((one.points for one in key.points), Decimal(0)))
    return item


@st.composite
def quizzes(draw):
    """Return quizzes whose groups all have a title of their own."""
    count = draw(st.integers(1, 2))
    groups = []
    for number in range(count):
        title = draw(
            st.sampled_from(["单项选择题", "案例分析题", "阅读（共5分）", "一、听一听？", "判断题", "\\甲"])
        )
        members = tuple(draw(items(f"it{number}{place}")) for place in range(draw(st.integers(1, 3))))
        groups.append(Group(title=f"{title}{number}" if number else title, stem=draw(texts), items=members))
    return Quiz(title=draw(lines), groups=tuple(groups), multiple=draw(st.sampled_from([None, "half"])))
