"""A small course as an author writes it, and the secrets in it that may not come out too early.

Every text that a gate keeps back holds a word that stands nowhere else and begins with ``zq``; numbers
are such as come up nowhere by chance.
"""

#: by the gate that lets them out: which option was chosen, which section was entered
CASE_SECRETS = {
    "rear": ("zqfeedback-rear", "zqoutcome-upset", "zqoutcome-title", "zqhint-door"),
    "front": ("zqfeedback-front", "zqending-pleased", "zqending-title", "5183.47", "+617", "zqhint-door"),
    "shrug": ("zqfeedback-shrug", "zqending-lost"),
    "sorry": ("zqfeedback-sorry", "zqending-saved", "3918.27"),
    "why": ("zqpoint-order", "zqpoint-rules", "zqguidance-why", "zqmodel-why"),
    "release": ("zqrelease",),
}
QUIZ_SECRETS = (
    "zqfeedback-right",
    "zqfeedback-wrong",
    "zqfeedback-many",
    "zqexplanation-single",
    "zqexplanation-many",
    "zqexplanation-truth",
    "zqexplanation-blanks",
    "zqexplanation-number",
    "zqexplanation-written",
    "zqword-one",
    "zqword-other",
    "7391846",
    "zqpoint-written",
    "zqguidance-written",
)
#: hints of a quiz, which practice does not give yet
NEVER = ("zqhint-single",)
EXAM_SECRETS = ("zqexam-case", "zqexam-quiz", "zqexam-title")

SYLLABUS = """---
title: {title}
hours: 10
public: {public}
---

## 车门 {{#doors 3学时}}

- 掌握 开门的次序 {{#1.1}}

阅读: why-doors
案例: door
测验: ladies

## 微笑 {{#smiles 2学时}}

测验: smile

## 联检 {{#joint 1学时}}
"""

CASE = """---
title: {title}
module: doors
objectives: 1.1
dimensions: 礼貌, 规范
quiz: ladies
---

## 情境:雨棚下 {{#arrival}}

{opening}

## 材料:迎宾卡 {{#card}}

后排为上座。

## 决策点:先开哪扇门？ {{#which}}

- ( ) 后排右门 -> #upset {{0分 礼貌-2}}
  > zqfeedback-rear
- ( ) 前排右门 -> #pleased {{5183.47分 礼貌+617}}
  > zqfeedback-front

## 分析提示 {{#hint}}

zqhint-door

## 后果:zqoutcome-title {{#upset}}

zqoutcome-upset

## 决策点:怎么补救？ {{#repair reason=required}}

- ( ) 耸肩 -> #lost {{-1分 礼貌-1}}
  > zqfeedback-shrug
- ( ) 致歉 -> #saved {{3918.27分 规范+1}}
  > zqfeedback-sorry

## 结局:zqending-title {{#pleased}}

zqending-pleased

## 结局:挽回 {{#saved}}

zqending-saved

## 结局:投诉 {{#lost}}

zqending-lost

## 思考题 {{#why 8分}}

这位女宾为什么不悦？

____
- {{3分}} zqpoint-order
- {{5分}} zqpoint-rules
= zqguidance-why

## 参考答案 {{#answer}}

zqmodel-why

## 参考答案 {{#later reveal=release}}

zqrelease
"""

READING = """---
title: 为什么先开这扇门
kind: reading
module: doors
---

## 情境:从前 {#once}

第一段。

## 材料:一张图 {#plan}

附在第一段下面。

## 情境:后来 {#then}

第二段。

## 情境:如今 {#now}

第三段。
"""

QUIZ = """---
title: {title}
module: doors
objectives: 1.1
pass: 60%
{front}---

# 一、选择题 {{each=2分{group}}}

## {stem} {{#single}}

- ( ) 后排右门
  > zqfeedback-wrong
- (x) 前排右门
  > zqfeedback-right
- ( ) 左门
- ( ) 不开

> zqexplanation-single

? zqhint-single

## 哪些是护顶的场合？ {{#many scoring=share}}

- [x] 上车
  > zqfeedback-many
- [x] 下车
- [ ] 步行

> zqexplanation-many

# 二、其他

## 往下是另一类题。 {{#note info}}

## 后排总是上座。 {{#truth 2分}}

= 错

> zqexplanation-truth

## 一手拉门，一手____；车停稳后先____。 {{#blanks 2分}}

= zqword-one | 护顶
= zqword-other | 问候

> zqexplanation-blanks

## 一共开几次门？ {{#number 2分}}

= 7391846 ± 1 次

> zqexplanation-number

## 说说理由。 {{#written 4分}}

____
- {{4分}} zqpoint-written
= zqguidance-written

> zqexplanation-written
"""

#: one item, worth one point
SMALL_QUIZ = """---
title: {title}
module: smiles
objectives: 1.1
{front}---

## 笑不笑？ {{#smile}}

- (x) 笑
- ( ) 不笑
"""

EXAM_CASE = """---
title: zqexam-title
use: exam
module: doors
---

## 情境:考场 {#room}

zqexam-case

![](media/plan.png)

## 决策点:先开哪扇？ {#which}

- ( ) 左 -> #end {1分}
- ( ) 右 -> #end {0分}

## 结局:完 {#end}
"""

EXAM_QUIZ = """---
title: zqexam-title
use: exam
module: doors
objectives: 1.1
---

## zqexam-quiz {#only}

- (x) 是
- ( ) 否
"""


def make_case_text(title: str = "先开哪一扇门", opening: str = "一辆白色轿车停下，前排坐着一位女宾。") -> str:
    """Return a case of two decisions, three endings and a question."""
    return CASE.format(title=title, opening=opening)


def make_quiz_text(
    title: str = "女士优先", stem: str = "先开哪扇门？", *, front: str = "", group: str = ""
) -> str:
    """Return a quiz with an item of every type; ``front`` are lines, ``group`` attributes of the first."""
    return QUIZ.format(title=title, stem=stem, front=front, group=f" {group}" if group else "")


def make_small_quiz_text(title: str = "微笑", *, front: str = "") -> str:
    """Return a quiz of one item."""
    return SMALL_QUIZ.format(title=title, front=front)


def make_syllabus_text(title: str = "服务礼仪", *, public: str = "no") -> str:
    """Return a syllabus of three modules, which lists 6 of its 10 class hours."""
    return SYLLABUS.format(title=title, public=public)


def make_texts(course: str = "etiquette") -> dict[str, str]:
    """Return the course's files by path: a case and a quiz in both languages, a reading, another quiz."""
    cases, quizzes = f"cases/{course}", f"quizzes/{course}"
    return {
        f"{cases}/syllabus.md": make_syllabus_text(),
        f"{cases}/syllabus.en.md": make_syllabus_text("Service etiquette"),
        f"{cases}/door.md": make_case_text(),
        f"{cases}/door.en.md": make_case_text("Which door first", "A white car stops."),
        f"{cases}/why-doors.md": READING,
        f"{quizzes}/ladies.md": make_quiz_text(),
        f"{quizzes}/ladies.en.md": make_quiz_text("Ladies first", "Which door do you open?"),
        f"{quizzes}/smile.md": make_small_quiz_text(),
    }


def make_exam_texts(course: str = "etiquette") -> dict[str, str | bytes]:
    """Return files that are for exams only, with a picture."""
    return {
        f"cases/{course}/vault.md": EXAM_CASE,
        f"cases/{course}/media/plan.png": make_png(),
        f"quizzes/{course}/guard.md": EXAM_QUIZ,
    }


def make_png(shade: int = 0) -> bytes:
    """Return a picture of one pixel; another shade gives other bytes."""
    import struct
    import zlib

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    body = zlib.compress(bytes([0, shade]))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
