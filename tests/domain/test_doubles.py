"""Doubles on a set as a course has it: what asks the same in other words, and what only looks like it."""

import pytest

from app.domain.bank_words import word_tokens
from app.domain.doubles import Wording, are_doubles
from app.domain.likeness import stem_name

GESTURES = "鞠躬；握手；点头；挥手"
DOORS = "前排右门；后排右门；后排左门；副驾驶门"
RIGHT = "下列说法正确的是（  ）。"

#: stem and options of two questions
SAME = [
    (
        ("迎接贵宾时，迎宾员应先做什么？", "问候；开门；登记；引路"),
        ("迎接贵宾时迎宾员应先做什么", "开门；问候；引路；登记"),
    ),
    (("女宾乘车时，应先为她开哪扇门？", DOORS), ("请问女宾乘车时，应先为她开哪扇门？", DOORS)),
    (("女宾乘车時，應先為她開哪扇門？", DOORS), ("女宾乘车时，应先为她开哪扇门？", DOORS)),
    (("微笑服务的基本要求是什么？", ""), ("微笑服务的基本要求是什么？", "")),
    (
        ("下列哪一项属于一线岗位？", "值机；财务；人事；采购"),
        ("下列哪一项属于一线岗位？", "值机；财务；人事；法务"),
    ),
    (
        ("旅客的行李逾重，值机员先怎么办？", "安抚旅客；收取费用；请示主任"),
        ("旅客行李逾重，值机员先怎么办？", "安抚旅客；收取费用；请示主任"),
    ),
    (
        ("Which door is opened first for a lady?", "rear right; front right"),
        ("Which door is opened first for a lady", "front right; rear right"),
    ),
]
SAME += [(("下列哪项属于服务禁忌？", GESTURES), ("下列哪一项属于服务禁忌？", GESTURES))]
SAME += [
    (
        ("航班延误超过四小时，应向旅客提供什么？", "餐食；住宿；现金"),
        ("航班延误超过4小时，应向旅客提供什么？", "餐食；住宿；现金"),
    ),
    (
        ("At the desk, what is said first?", "hello; ticket; bye"),
        ("What is said first at the desk?", "hello; ticket; bye"),
    ),
]
DIFFERENT = [
    (("女宾上车时，应先开哪扇门？", DOORS), ("女宾下车时，应先开哪扇门？", DOORS)),
    (("男宾乘车时，应先为他开哪扇门？", DOORS), ("女宾乘车时，应先为她开哪扇门？", DOORS)),
    (("下列属于服务禁忌的是哪一项？", GESTURES), ("下列不属于服务禁忌的是哪一项？", GESTURES)),
    (("关于引路，下列说法正确的是哪一项？", GESTURES), ("关于引路，下列说法错误的是哪一项？", GESTURES)),
    (("3位旅客每人2件行李，一共几件？", ""), ("5位旅客每人4件行李，一共几件？", "")),
    (("三位旅客每人两件行李，一共有几件行李？", ""), ("五位旅客每人两件行李，一共有几件行李？", "")),
    (("问候长辈用什么礼？", GESTURES), ("送别同事用什么礼？", GESTURES)),
    (
        (RIGHT, "微笑要露八颗牙；引路要走在客人左前方；电话响三声内接起"),
        (RIGHT, "握手由晚辈先伸手；名片单手递；座次以左为尊"),
    ),
    (("乘电梯时，先进电梯的是谁？", "客人；服务员"), ("乘电梯时，后进电梯的是谁？", "客人；服务员")),
    (("客人到店前应准备什么？", "茶；毛巾；房卡；鲜花"), ("客人到店后应准备什么？", "茶；毛巾；房卡；鲜花")),
    (("除哪一项以外都是迎宾员的职责？", "问候；开门；登记"), ("哪一项是迎宾员的职责？", "问候；开门；登记")),
    (
        ("Which of these is polite to a guest?", "bow; smile"),
        ("Which of these is not polite to a guest?", "bow; smile"),
    ),
    (
        ("What do you say before the guest sits down?", "hello; thanks"),
        ("What do you say after the guest sits down?", "hello; thanks"),
    ),
]
DIFFERENT += [
    (("VIP旅客的行李应贴什么标签？", "红；黄；绿；蓝"), ("易碎行李应贴什么标签？", "红；黄；绿；蓝")),
    (("引路时应走在客人右前方。", ""), ("引路时应走在客人左前方。", "")),
    (("下列哪种做法会让旅客满意？", "微笑；冷漠"), ("下列哪种做法会让旅客不满意？", "微笑；冷漠")),
]


TEXT = (
    "CA1502航班因流量控制延误两小时，旅客在登机口等候。一位带着婴儿的母亲要求安静的休息处，"
    "几位商务旅客要求改签，一个旅行团的导游大声抱怨没有人说明原因。登机口只有两名员工。"
)
DIFFERENT += [
    (
        (f"{TEXT}旅客可以得到什么补偿？", ""),
        (f"{TEXT}怎样安排商务旅客？", ""),
    ),
    (
        (f"{TEXT} {RIGHT}", "先广播再安排；先改签"),
        (f"{TEXT} {RIGHT}", "母亲可去贵宾室；导游应离开；不必理会"),
    ),
]
SAME += [
    ((f"{TEXT}员工应先向谁说明情况？", GESTURES), (f"{TEXT}员工应先向谁说明情况", GESTURES)),
    ((f"{TEXT}请问员工应先向谁说明情况？", GESTURES), (f"{TEXT}员工应先向谁说明情况？", GESTURES)),
]


def judged(pair):
    (stem, options), (other, others) = pair
    one, two = (Wording(a, word_tokens(f"{a};{b}")) for a, b in ((stem, options), (other, others)))
    return are_doubles(one, two, has_same_stem=stem_name(stem) == stem_name(other))


@pytest.mark.parametrize("pair", SAME)
def test_what_asks_the_same_is_a_double(pair):
    assert judged(pair)
    assert judged(pair[::-1])


@pytest.mark.parametrize("pair", DIFFERENT)
def test_what_is_alike_and_asks_something_else_is_none(pair):
    assert not judged(pair)
    assert not judged(pair[::-1])
