"""A quiz with an item of each type that has more than options, and the secrets in it.

Every text that stays back holds a word that stands nowhere else and begins with ``zq``.
"""

#: by the item whose key lets them out
DRILL_SECRETS = {
    "order": ("zqorder-feedback", "zqorder-explanation"),
    "match": ("zqmatch-feedback", "zqmatch-explanation"),
    "judge": ("zqjudge-feedback", "zqjudge-explanation"),
    "rate": ("zqrate-feedback", "4.87"),
    "weigh": ("zqweigh-feedback",),
    "cloze": ("zqcloze-word", "zqcloze-explanation"),
    "sum": ("zqsum-explanation",),
    "file": ("zqfile-point", "zqfile-guidance"),
    "way": ("zqfeedback-rear", "zqfeedback-front", "5183.47"),
}
#: given after a wrong try
HINTS = {"order": ("zqorder-hint-one", "zqorder-hint-two"), "cloze": ("zqcloze-hint",)}

DRILL = """---
title: {title}
module: doors
objectives: 1.1
---

# 一、排和连 {{each=3分}}

## 排好这三步 {{#order scoring=pairs}}

- (1) 停车
  > zqorder-feedback
- (2) 问候
- (3) 开门

? zqorder-hint-one

? zqorder-hint-two

> zqorder-explanation

## 连起来 {{#match}}

- 上车 <-> 女宾先
  > zqmatch-feedback
- 下车 <-> 为女宾开门
- 再上车 <-> 女宾先
- <-> 各走各的

> zqmatch-explanation

# 二、判断 {{each=4分}}

## 哪个最好，哪个最差？ {{#judge}}

- (+) 致歉
  > zqjudge-feedback
- (-) 耸肩
- ( ) 叫人

> zqjudge-explanation

## 各有多合适？ {{#rate scale=1..7}}

- [4.87] 说明原因
  > zqrate-feedback
- [2] 沉默

## 哪一句最好？ {{#weigh 6.29分}}

- ( ) 请稍等 {{1分}}
- ( ) 让您久等了 {{6.29分}}
  > zqweigh-feedback
- ( ) 不知道 {{0分}}

# 三、填和算

## 车停稳后先 [[zqcloze-word | 问候]]，再 [[~开门 | 关门]] {{#cloze 2分}}

? zqcloze-hint

> zqcloze-explanation

## {{N}} 位客人每人两件行李，一共几件？ {{#sum 2分}}

@ N = 3..9
= N * 2 件

> zqsum-explanation

## 交一张图 {{#file 4分 file=png,pdf}}

____
- {{4分}} zqfile-point
= zqfile-guidance

## 走一遍 {{#way 10分 walk=door}}
"""


def make_drill(title: str = "各种题") -> str:
    """Return the quiz as its author writes it; it walks the course's case ``door``."""
    return DRILL.format(title=title)
