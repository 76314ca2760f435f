"""Strategies that make single texts, ids and numbers, as an author could have written them."""

from decimal import Decimal

from hypothesis import strategies as st

from app.content.answers import plain_text
from app.content.escape import escape_arrow, escape_heading, escape_tail, escape_text
from app.content.scanner import Line
from app.content.vocabulary import Kind
from app.domain.items import Difficulty, Level
from app.domain.scoring.normal import normal_form

SIGNS = "车门客人服务礼貌上座abXY 019-*+()[]{}=@?>|#~<:,.\\（）［］＝？＃　—→±%"

ids = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True).filter(lambda name: name[1:].strip("0123456789"))
points = st.decimals(Decimal("0.5"), Decimal(200), places=2)
languages = st.sampled_from(["zh", "en", "zh-hant"])
levels = st.none() | st.sampled_from(Level)
difficulties = st.none() | st.sampled_from(Difficulty)
words = st.text("车门服务abc（）", min_size=1, max_size=5)
word_lists = st.lists(words, max_size=3, unique=True).map(tuple)
id_lists = st.lists(ids, max_size=3, unique=True).map(tuple)


def is_plain(text: str) -> bool:
    return not any(mark in text for mark in ("[[", "［［", "[［", "［[", "]:", "］:", "~~~"))


#: ends of a line that are points and their slips
tails = st.sampled_from([" {3分}", "{2 分}", " {2 分 难度=易}", " {甲 2 分}", " ｛８ 学时｝", "{0.5 pt}"])
raw_lines = (
    st.text(SIGNS, max_size=24) | st.builds("".join, st.tuples(st.text(SIGNS, max_size=9), tails))
).filter(is_plain)
fences = st.sampled_from(
    [["```", "- (x) code", "", "", "=code  ", "```"], ["~~~~ text", "## 2 ", "~~~", "~~~~"]]
)
raw_texts = st.lists(raw_lines.map(lambda line: [line]) | fences, max_size=4).map(
    lambda parts: "\n".join(line for part in parts for line in part)
)


def as_text(raw: str, kind: Kind | None = None) -> str:
    escaped = escape_text(raw, kind)
    return plain_text([Line(0, line, False) for line in escaped.split("\n")])


texts = raw_texts.map(as_text)
item_texts = raw_texts.map(lambda raw: as_text(raw, Kind.QUIZ))
one_line = raw_lines.map(lambda line: line.strip()).filter(bool)
titles = one_line.map(escape_heading).filter(bool)
stem_lines = one_line.map(lambda line: escape_heading(line.replace("_", "-")))
#: a text after a marker: a first line, and continuation lines without common indent
more_lines = st.lists(one_line.map(lambda line: escape_text(line.lstrip(">＞ \u3000")).strip()), max_size=2)
first_lines = one_line.map(lambda line: escape_arrow(escape_tail(line, takes_effects=True)))
answer_texts = st.builds(
    lambda first, more: "\n".join([first, *(line for line in more if line)]), first_lines, more_lines
)
feedback = st.just("") | one_line


def are_distinct(texts: list[str]) -> bool:
    forms = [normal_form(text) for text in texts]
    return len(set(forms)) == len(forms)


option_texts = st.lists(
    answer_texts.filter(lambda text: bool(normal_form(text))), min_size=2, max_size=5
).filter(are_distinct)
