"""Syllables of pinyin: which there are, and how typed letters fall into them."""

from collections.abc import Iterator
from itertools import islice

_TABLE = """
a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can cang cao ce
cen ceng cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui chun
chuo ci cong cou cu cuan cui cun cuo da dai dan dang dao de dei den deng di dia dian diao die ding diu
dong dou du duan dui dun duo e ei en eng er fa fan fang fei fen feng fo fou fu ga gai gan gang gao ge gei
gen geng gong gou gu gua guai guan guang gui gun guo ha hai han hang hao he hei hen heng hong hou hu hua
huai huan huang hui hun huo ji jia jian jiang jiao jie jin jing jiong jiu ju juan jue jun ka kai kan kang
kao ke kei ken keng kong kou ku kua kuai kuan kuang kui kun kuo la lai lan lang lao le lei len leng li
lia lian liang liao lie lin ling liu long lou lu luan lun luo lv lve ma mai man mang mao me mei men meng
mi mian miao mie min ming miu mo mou mu na nai nan nang nao ne nei nen neng ni nian niang niao nie nin
ning niu nong nou nu nuan nun nuo nv nve o ou pa pai pan pang pao pei pen peng pi pian piao pie pin ping
po pou pu qi qia qian qiang qiao qie qin qing qiong qiu qu quan que qun ran rang rao re ren reng ri rong
rou ru ruan rui run ruo sa sai san sang sao se sen seng sha shai shan shang shao she shei shen sheng shi
shou shu shua shuai shuan shuang shui shun shuo si song sou su suan sui sun suo ta tai tan tang tao te
tei teng ti tian tiao tie ting tong tou tu tuan tui tun tuo wa wai wan wang wei wen weng wo wu xi xia
xian xiang xiao xie xin xing xiong xiu xu xuan xue xun ya yan yang yao ye yi yin ying yo yong you yu yuan
yue yun za zai zan zang zao ze zei zen zeng zha zhai zhan zhang zhao zhe zhei zhen zheng zhi zhong zhou
zhu zhua zhuai zhuan zhuang zhui zhun zhuo zi zong zou zu zuan zui zun zuo
"""
#: without tones, ü as v
SYLLABLES = frozenset(_TABLE.split())
LONGEST = max(map(len, SYLLABLES))
#: more ways than these to read the same letters are not tried
MOST_WAYS = 6


def split_pinyin(typed: str) -> list[tuple[str, ...]]:
    """Return the ways to read letters as syllables, of which the last may be unfinished.

    >>> split_pinyin("nvshi"), split_pinyin("nvsh"), split_pinyin("xyz")
    ([('nv', 'shi')], [('nv', 'sh')], [])
    """
    return list(islice(_ways(typed), MOST_WAYS))


def _ways(rest: str) -> Iterator[tuple[str, ...]]:
    """Yield the ways that take the longest syllable first."""
    if is_unfinished(rest) or rest in SYLLABLES:
        yield (rest,)
    for length in range(min(LONGEST, len(rest) - 1), 0, -1):
        if rest[:length] in SYLLABLES:
            yield from ((rest[:length], *more) for more in _ways(rest[length:]))


def is_unfinished(letters: str) -> bool:
    """Whether a syllable begins with these letters without being one.

    >>> is_unfinished("sh"), is_unfinished("shi"), is_unfinished("sx")
    (True, False, False)
    """
    return letters in _BEGINNINGS


_BEGINNINGS = frozenset(one[:length] for one in SYLLABLES for length in range(1, len(one))) - SYLLABLES
