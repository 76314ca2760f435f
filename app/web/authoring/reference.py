"""How texts are written, in short: what there is, and how it looks in the language of the text."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from app.content.parse import Kind
from app.content.vocabulary import is_chinese
from app.web.authoring.snippets import Pieces, named_type


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing that a text can hold, and how it is written."""

    label: str
    example: str


def reference(kind: Kind, language: str) -> list[Entry]:
    """Return what a kind of text can hold; the examples one after another are a sound text."""
    chinese = is_chinese(language)
    return [Entry(str(label), zh if chinese else en) for label, zh, en in REFERENCE[kind]]


QUIZ: Pieces = [
    (
        _l("Settings at the top"),
        "---\n标题: 小测\n模块: etiquette\n时间: 20\n及格: 60%\n---",
        "---\ntitle: Quiz\nmodule: etiquette\nminutes: 20\npass: 60%\n---",
    ),
    (
        _l("Group, with the points of each question"),
        "# 一、选择题 {每题=2分}",
        "# I. Choice {each=2pt}",
    ),
    (
        named_type("single"),
        "## 题干 {#short-name 难度=易}\n\n- (x) 正确选项\n- ( ) 其他选项",
        "## Stem {#short-name difficulty=easy}\n\n- (x) right\n- ( ) wrong",
    ),
    (_l("Explanation"), "> 为什么这样答。", "> Why this is right."),
    (
        named_type("multiple"),
        "## 题干 {计分=少选得一半}\n\n- [x] 正确一\n- [x] 正确二\n- [ ] 不选",
        "## Stem {scoring=half}\n\n- [x] right\n- [x] right too\n- [ ] wrong",
    ),
    (_l("Hint"), "? 想想礼仪的次序。", "? Think of the order."),
    (
        named_type("true-false"),
        "# 二、其他题\n\n## 说法 {1分}\n\n= 对",
        "# II. Others\n\n## Statement {1pt}\n\n= true",
    ),
    (
        named_type("blanks"),
        "## 送客要送到____。\n\n= 门口 | 大门口",
        "## A guest is seen to the ____.\n\n= door | gate",
    ),
    (
        named_type("numeric"),
        "## 行李多重？\n\n= 45 ± 5 克",
        "## How heavy is it?\n\n= 45 ± 5 g",
    ),
    (
        named_type("ordering"),
        "## 排出先后\n\n- (1) 第一步\n- (2) 第二步\n- (3) 第三步",
        "## Put in order\n\n- (1) first\n- (2) second\n- (3) third",
    ),
    (
        named_type("matching"),
        "## 连线\n\n- 左一 <-> 右一\n- 左二 <-> 右二",
        "## Match\n\n- one <-> first\n- two <-> second",
    ),
    (
        named_type("constructed"),
        "## 怎样改进？ {类型=简答 5分}\n\n____\n\n- {2分} 要点一\n- {3分} 要点二",
        "## What would you do? {kind=short 5pt}\n\n____\n\n- {2pt} first\n- {3pt} second",
    ),
]

CASE: Pieces = [
    (
        _l("Settings at the top"),
        "---\n标题: 迟到的客人\n模块: etiquette\n维度: 礼貌, 规范\n测验: late-guest\n---",
        "---\ntitle: The late guest\nmodule: etiquette\ndimensions: courtesy, rules\nquiz: late-guest\n---",
    ),
    (_l("Scene"), "## 情境:标题\n\n发生了什么。", "## Scene: title\n\nWhat happens."),
    (
        _l("Decision: where each option leads, its points, what it changes"),
        "## 决策点:你怎么做？ {#greet 理由=必填}\n\n- ( ) 上前问候 -> #welcome {3分 礼貌+1}\n"
        "  > 选了以后看到的话。\n- ( ) 等客人开口 -> #waiting {0分 礼貌-1}",
        "## Decision: what do you do? {#greet reason=required}\n\n- ( ) Greet -> #welcome {3pt courtesy+1}\n"
        "  > What is said of this choice.\n- ( ) Wait -> #waiting {0pt courtesy-1}",
    ),
    (
        _l("Outcome, and where it goes on"),
        "## 后果:受到欢迎 {#welcome 下一步=#good}\n\n结果怎样。\n\n## 后果:在等 {#waiting}\n\n结果怎样。",
        "## Outcome: welcome {#welcome next=#good}\n\nWhat comes of it.\n\n"
        "## Outcome: waiting {#waiting}\n\nWhat comes of it.",
    ),
    (
        _l("A section that is left out unless the condition holds"),
        "## 材料:投诉单 {#form 当=礼貌<0}\n\n材料内容。",
        "## Exhibit: complaint {#form when=courtesy<0}\n\nWhat it shows.",
    ),
    (
        _l("Ending"),
        "## 结局:满意而归 {#good}\n\n最后怎样。",
        "## Ending: a happy guest {#good}\n\nHow it ends.",
    ),
    (
        _l("Question to think about"),
        "## 思考题:为什么？ {5分}\n\n____\n\n- {2分} 要点一\n- {3分} 要点二",
        "## Question: why? {5pt}\n\n____\n\n- {2pt} first\n- {3pt} second",
    ),
    (_l("Hint"), "【分析提示】提示内容。", "## Hint\n\nA hint."),
    (_l("Model answer"), "【参考答案】答案内容。", "## Model answer\n\nAn answer."),
]

SYLLABUS: Pieces = [
    (
        _l("Settings at the top"),
        "---\n标题: 服务礼仪\n学时: 32\n先修课程: 礼仪基础\n---",
        "---\ntitle: Service etiquette\nhours: 32\nprerequisites: Manners\n---",
    ),
    (
        _l("Module, with its class hours"),
        "## 迎客 {#etiquette 4学时}\n\n这一模块讲什么。",
        "## Receiving guests {#etiquette 4h}\n\nWhat it is about.",
    ),
    (
        _l("Objectives; the requirement level comes first"),
        "- 了解 礼仪的由来 {#1.1}\n- 熟练掌握 迎客的次序 {#1.2}",
        "- know where manners come from {#1.1}\n- proficient in the order {#1.2}",
    ),
    (
        _l("Material of the module, by short names"),
        "案例: late-guest\n测验: late-guest, second-quiz\n阅读: why-service\n文件: plan.pdf",
        "cases: late-guest\nquizzes: late-guest, second-quiz\nreadings: why-service\nfiles: plan.pdf",
    ),
]

REFERENCE = {Kind.QUIZ: QUIZ, Kind.CASE: CASE, Kind.SYLLABUS: SYLLABUS}
