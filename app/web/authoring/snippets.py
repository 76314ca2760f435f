"""Pieces of text that the editor's buttons put in."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.content.parse import Kind
from app.web.attempts.names import type_name

#: what a button says, and what it puts in: in Chinese, in English
Pieces = list[tuple[LazyString, str, str]]


def named_type(name: str) -> LazyString:
    """Name a question type as everywhere else, once a page is written."""
    return LazyString(type_name, name)


@dataclass(frozen=True, slots=True)
class Snippet:
    """A button and what it puts in."""

    label: str
    text: str


def snippets(kind: Kind, language: str) -> list[Snippet]:
    """Return the pieces for a kind of text, in the language that it is written in."""
    is_chinese = language.startswith("zh")
    return [Snippet(str(label), zh if is_chinese else en) for label, zh, en in PIECES[kind]]


QUIZ: Pieces = [
    (
        named_type("single"),
        "\n## 题干\n\n- (x) 正确选项\n- ( ) 其他选项\n> 解析\n",
        "\n## Stem\n\n- (x) right\n- ( ) wrong\n> Explanation\n",
    ),
    (
        named_type("multiple"),
        "\n## 题干\n\n- [x] 正确一\n- [x] 正确二\n- [ ] 不选\n> 解析\n",
        "\n## Stem\n\n- [x] right\n- [x] right too\n- [ ] wrong\n> Explanation\n",
    ),
    (
        named_type("true-false"),
        "\n## 说法\n\n= 对\n> 解析\n",
        "\n## Statement\n\n= true\n> Explanation\n",
    ),
    (
        named_type("blanks"),
        "\n## 句子____。\n\n= 答案 | 另一写法\n> 解析\n",
        "\n## A sentence ____.\n\n= answer | other wording\n> Explanation\n",
    ),
    (
        _l("Choose in the text"),
        "\n## 句子[[~正确 | 错误]]。\n\n> 解析\n",
        "\n## A sentence [[~right | wrong]].\n\n> Explanation\n",
    ),
    (
        named_type("numeric"),
        "\n## 多少？\n\n= 45 ± 5 克\n> 解析\n",
        "\n## How many?\n\n= 45 ± 5 g\n> Explanation\n",
    ),
    (
        named_type("ordering"),
        "\n## 排序\n\n- (1) 第一步\n- (2) 第二步\n- (3) 第三步\n> 解析\n",
        "\n## Put in order\n\n- (1) first\n- (2) second\n- (3) third\n> Explanation\n",
    ),
    (
        named_type("matching"),
        "\n## 配对\n\n- 左一 <-> 右一\n- 左二 <-> 右二\n- <-> 多余项\n> 解析\n",
        "\n## Match\n\n- one <-> first\n- two <-> second\n- <-> left over\n> Explanation\n",
    ),
    (
        named_type("best-worst"),
        "\n## 最好与最差\n\n- (+) 最好的做法\n- ( ) 一般的做法\n- (-) 最差的做法\n> 解析\n",
        "\n## Best and worst\n\n- (+) the best\n- ( ) another\n- (-) the worst\n> Explanation\n",
    ),
    (
        named_type("constructed"),
        "\n## 题干 {5分}\n\n____\n\n- {2分} 要点一\n- {3分} 要点二\n",
        "\n## Stem {5pt}\n\n____\n\n- {2pt} first\n- {3pt} second\n",
    ),
    (_l("Group"), "\n# 一、单项选择题 {每题=2分}\n", "\n# I. Single choice {each=2pt}\n"),
]


CASE: Pieces = [
    (_l("Scene"), "\n## 情境:标题\n\n发生了什么。\n", "\n## Scene: title\n\nWhat happens.\n"),
    (
        _l("Decision"),
        "\n## 决策点:你怎么做？ {#d1}\n\n- ( ) 做法一 -> #o1 {2分}\n- ( ) 做法二 -> #o2 {0分}\n",
        "\n## Decision: what do you do? {#d1}\n\n- ( ) one way -> #o1 {2pt}\n- ( ) another -> #o2 {0pt}\n",
    ),
    (
        _l("Outcome"),
        "\n## 后果:标题 {#o1}\n\n结果怎样。\n",
        "\n## Outcome: title {#o1}\n\nWhat comes of it.\n",
    ),
    (
        _l("Ending"),
        "\n## 结局:标题 {#e1}\n\n最后怎样。\n",
        "\n## Ending: title {#e1}\n\nHow it ends.\n",
    ),
    (_l("Exhibit"), "\n## 材料:标题\n\n材料内容。\n", "\n## Exhibit: title\n\nWhat it shows.\n"),
    (
        _l("Question to think about"),
        "\n## 思考题:问题 {5分}\n\n____\n\n- {2分} 要点一\n- {3分} 要点二\n",
        "\n## Question: what? {5pt}\n\n____\n\n- {2pt} first\n- {3pt} second\n",
    ),
    (_l("Hint"), "\n【分析提示】提示内容。\n", "\n## Hint\n\nA hint.\n"),
    (_l("Model answer"), "\n【参考答案】答案内容。\n", "\n## Model answer\n\nAn answer.\n"),
]


SYLLABUS: Pieces = [
    (
        _l("Module"),
        "\n## 模块标题 {4学时}\n\n模块说明。\n\n- 了解 目标一\n",
        "\n## Module {4h}\n\nWhat it is about.\n\n- know the first objective\n",
    ),
    (
        _l("Material"),
        "\n案例: 案例的短名称\n测验: 测验的短名称\n",
        "\ncases: short-name-of-a-case\nquizzes: short-name-of-a-quiz\n",
    ),
    (_l("Objective"), "- 掌握 目标\n", "- master an objective\n"),
]


PIECES = {Kind.QUIZ: QUIZ, Kind.CASE: CASE, Kind.SYLLABUS: SYLLABUS}
