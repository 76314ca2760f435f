"""Sound texts of each kind that together use most of what the formats have."""

from app.content.parse import Document, Kind, parse_text

QUIZ = """\
---
title: 女士优先
minutes: 45
pass: 60%
topic: 车门服务、礼仪
multiple: half
---
# 一、选择题 {each=2分 draw=2 shuffle}

读材料,答下题。

## 1. 先开哪一扇车门? {#which-door level=掌握 objectives=4.1}

车停在雨棚下。

- ( ) 后排车门
  > 这是常规。
- (x) 副驾驶车门
- ( ) 驾驶座车门

? 看座位。

> 女士优先。

## 护顶时要注意什么? {#guard scoring=share}

- [x] 挡住门框
- [x] 说小心碰头
- [ ] 拍客人的肩

> 两样都要。

## 迎宾员应当微笑。 {#smile}

= 对

> 微笑是本分。

# 二、填空题 {each=1分}

## 手挡门框叫____,客人叫____。 {#guarding any-order}

= 护顶 | 护顶服务
= 宾客

> 见第四课。

## 停车到开门几秒? {#seconds}

= 45 ± 5 秒

> 不超过一分钟。

## 几点钟换班? {#hours}

= 8..12 点

> 早班。

# 三、简答题

## 为什么先开这扇门? {#why 8分 kind=简答 words=100}

____
- {3分} 指出开门次序
- {5分} 说明规则的场合
= 要点齐全即可

> 见教材。

## 休息一下 {#rest info}

> 先喝口水。
"""

#: the item types that the other quiz has not
MIXED = """\
---
title: 前台与车门
ordering: pairs
---
# 一、次序与连线 {each=3分}

## 迎客的次序 {#steps scoring=exact}

- (1) 问好
  > 先打招呼。
- (2) 领位
- (3) 递菜单

> 先问好,再领位。

## 谁在哪里工作? {#posts}

- 门童 <-> 大门
  > 门童开车门。
- 行李员 <-> 大堂
- 礼宾员 <-> 大堂
- <-> 厨房

> 大堂里有两个岗位。

# 二、情境判断 {each=3分}

## 客人等了二十分钟。 {#waiting 2分}

- ( ) 请他再等
- (+) 致歉并送茶
- (-) 装作没看见
- ( ) 让同事去

> 先致歉。

## 下列做法有多妥当? {#manners 4分 scale=1..7}

- [6.2] 递上热毛巾
  > 专家一致。
- [3] 请他换个座位
- [1.5] 让他自己去问

> 专家小组的平均分。

## 客人丢了房卡,你怎么办? {#key-card}

- ( ) 请他自己再找一找 {0分}
- ( ) 核对身份后补办 {3分}
  > 先核对身份。
- ( ) 立即补办 {1分}

> 先核对,再补办。

# 三、填空与计算

## 退房不晚于[[12 | 十二]]点。 {#check-out scoring=all}

> 店规如下。

先查[[~房卡 | 护照 | 车票]],再收[[押金]]。

? 看店规。

> 十二点退房。

## 房价 {X} 元,住 {晚数} 晚,服务费 15%,一共多少? {#bill 2分}

@ X = 100..900 / 50
@ 晚数 = 1..7
= X * 晚数 * 1.15 ± 0.01 元

> 房价乘晚数,再加服务费。

## 三位客人共付 {S} 百元,均价是多少? {#average}

@ S = 2.5..9.5 / 0.5
= S / 3 (2)

> {S} 除以三。

# 四、实做

## 画出宴会的座次。 {#seats 5分 file=pdf,png}

____
- {2分} 主宾在右
- {3分} 次序完整
= 图上有席次卡

## 接机 {#pick-up walk=first-car-door 10分}

> 客人正走出来。

? 先看谁坐在哪里。

## 休息一下 {#rest info}

> [[1]] 和 {X} 在这里是文字。
"""

CASE = """\
---
title: 先开哪一扇车门
dimensions: 礼貌, 规范
quiz: ladies-first
---
## 情境 {#arrival}

一辆白色轿车停在雨棚下。

## 决策点:你先打开哪扇车门? {#which-door reason=required}

- ( ) 后排车门 -> #upset {0分 礼貌-1}
  > 后排为上座是常规。
- ( ) 副驾驶车门 -> #pleased {5分 礼貌+2}

## 分析提示 {#look}

看看谁坐在哪里。

## 后果:女宾不悦 {#upset}

她自己推开了门。

## 决策点:现在怎么补救? {#repair}

- ( ) 微笑耸肩 -> #lost {-1分 礼貌-1}
- ( ) 致歉并护顶 -> #saved {3分 礼貌+1}

## 结局:含笑致谢 {#pleased}

## 结局:挽回 {#saved}

## 结局:投诉 {#lost}

## 思考题 {#why 8分}

这位女宾为什么不悦?

____
- {3分} 指出开门次序的错误
- {5分} 说明两条规则的场合

## 参考答案 {#answer reveal=release}

女士优先。
"""

SYLLABUS = """\
---
title: 民航地勤服务
hours: 48
pass: 60%
public: yes
---
## 1 概论 {#overview 3学时}

本模块讲地勤服务的由来。

- 了解 地勤服务的发展 {#1.1}
- 掌握 地勤服务的概念 {#1.2}

案例: first-car-door
测验: ladies-first

## 2 值机服务 {#check-in 6学时}

- 熟练掌握 值机的流程 {#2.1}
"""


def read(text: str, kind: Kind) -> Document:
    """Return the document of a sound text."""
    parsed = parse_text(text, kind)
    assert [error.render() for error in parsed.errors] == []
    assert parsed.document is not None
    return parsed.document
