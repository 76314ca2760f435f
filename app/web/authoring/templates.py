"""Texts to begin with, and pieces to put in: in the language that the author writes in."""

from app.content.parse import Kind
from app.content.vocabulary import is_chinese

MODULE = {"zh": "模块", "en": "module"}
#: a quiz of five types; a case that branches
NEW = {
    (Kind.QUIZ, "zh"): """---
标题: {title}
{module}---

## 客人来访，先做什么？ {{#q1 2分}}

- (x) 问候
- ( ) 登记
- ( ) 询问来意
> 先问候，客人才会觉得受到欢迎。

## 下列哪些属于接待礼仪？ {{#q2 2分}}

- [x] 微笑
- [x] 起立
- [ ] 背对客人
> 微笑和起立都表示尊重。

## 女士先上车。 {{#q3 1分}}

= 对
> 女士优先。

## 送客要送到____。 {{#q4 1分}}

= 门口 | 大门口
> 送到门口，目送客人离开。

## 接待后怎样改进？ {{#q5 5分}}

____

- {{2分}} 说出一处不足
- {{3分}} 提出可行的做法
""",
    (Kind.QUIZ, "en"): """---
title: {title}
{module}---

## A guest arrives. What comes first? {{#q1 2pt}}

- (x) A greeting
- ( ) The register
- ( ) The reason of the visit
> A greeting first: it tells the guest that they are welcome.

## What belongs to receiving a guest? {{#q2 2pt}}

- [x] To smile
- [x] To stand up
- [ ] To turn away
> A smile and standing up show respect.

## Ladies get into the car first. {{#q3 1pt}}

= true
> Ladies first.

## A guest is seen to the ____. {{#q4 1pt}}

= door | gate
> See the guest to the door.

## What would you do better next time? {{#q5 5pt}}

____

- {{2pt}} names one weakness
- {{3pt}} says what can be done
""",
    (Kind.CASE, "zh"): """---
标题: {title}
{module}---

## 情境:客人到了

一位客人走进大厅。

## 决策点:你怎么做？ {{#greet}}

- ( ) 上前问候 -> #welcome {{3分}}
- ( ) 等客人开口 -> #waiting {{1分}}

## 后果:客人受到欢迎 {{#welcome 下一步=#good}}

客人微笑着说明来意。

## 后果:客人在等 {{#waiting 下一步=#poor}}

客人四下张望，有些不快。

## 结局:满意而归 {{#good}}

客人记住了你的问候。

## 结局:下次不来了 {{#poor}}

客人觉得没有人在意他。
""",
    (Kind.CASE, "en"): """---
title: {title}
{module}---

## Scene: a guest arrives

A guest comes into the lobby.

## Decision: what do you do? {{#greet}}

- ( ) Go and greet the guest -> #welcome {{3pt}}
- ( ) Wait for the guest to speak -> #waiting {{1pt}}

## Outcome: welcome {{#welcome next=#good}}

The guest smiles and says why they came.

## Outcome: waiting {{#waiting next=#poor}}

The guest looks around, a little put out.

## Ending: a happy guest {{#good}}

The guest remembers your greeting.

## Ending: gone for good {{#poor}}

The guest feels that nobody cares.
""",
}


def new_text(kind: Kind, language: str, title: str, module: str) -> str:
    """Return what a new text begins with."""
    written = "zh" if is_chinese(language) else "en"
    line = f"{MODULE[written]}: {module}\n" if module else ""
    return NEW[kind, written].format(title=title.strip(), module=line)
