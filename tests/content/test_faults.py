"""Each fault is one error, of the right code, on the right line."""

import pytest

from app.content.parse import Kind, parse_text
from tests.content.samples import CASE, QUIZ, SYLLABUS

#: what is replaced by what, the code, and text of the line that is named ("---": the first line)
QUIZ_FAULTS = {
    "front matter missing": (
        "---\ntitle: 女士优先\n",
        "title: 女士优先\n",
        "no-front-matter",
        "title: 女士优先",
    ),
    "front matter unclosed": ("multiple: half\n---\n", "multiple: half\n", "unclosed-front-matter", "---"),
    "title missing": ("title: 女士优先\n", "", "no-title", "---"),
    "title empty": ("title: 女士优先", "title:", "bad-value", "title:"),
    "key unknown": ("minutes: 45", "minuts: 45", "unknown-key", "minuts"),
    "key of another kind": ("minutes: 45", "dimensions: 礼貌", "unknown-key", "dimensions"),
    "key repeated in the other language": ("pass: 60%", "pass: 60%\n及格: 50%", "repeated-key", "及格"),
    "front matter line without colon": ("minutes: 45", "minutes 45", "bad-line", "minutes 45"),
    "minutes no number": ("minutes: 45", "minutes: soon", "bad-value", "minutes"),
    "pass above 100": ("pass: 60%", "pass: 160%", "bad-value", "pass"),
    "list with a gap": ("车门服务、礼仪", "车门服务、、礼仪", "bad-value", "topic"),
    "format of another kind": ("minutes: 45", "format: case", "bad-value", "format"),
    "syntax of the future": ("minutes: 45", "syntax: 2", "bad-value", "syntax"),
    "text before the first heading": ("---\n# 一", "---\n说明\n# 一", "text-before-heading", "说明\n# 一"),
    "heading without space": ("## 护顶时", "##护顶时", "bad-heading", "##护顶时"),
    "heading indented": ("## 护顶时", "  ## 护顶时", "bad-heading", "  ## 护顶时"),
    "group without title": ("# 二、填空题 {each=1分}", "# {each=1分}", "no-title", "# {each=1分}"),
    "draw more than there are": ("draw=2", "draw=4", "draw-too-many", "# 一"),
    "draw no number": ("draw=2", "draw=some", "bad-value", "# 一"),
    "id on a group": ("# 一、选择题 {", "# 一、选择题 {#g1 ", "misplaced-key", "# 一"),
    "key misplaced on an item": ("{#smile}", "{#smile each=2分}", "misplaced-key", "{#smile"),
    "key of another type": ("{#smile}", "{#smile words=9}", "misplaced-key", "{#smile"),
    "attribute unknown": ("{#smile}", "{#smile colour=red}", "unknown-key", "{#smile"),
    "attribute twice": ("{#smile}", "{#smile level=掌握 层次=了解}", "repeated-key", "{#smile"),
    "points without unit": ("{#smile}", "{#smile 5}", "bad-attribute", "{#smile"),
    "points of nothing": ("{#smile}", "{#smile 0分}", "bad-value", "{#smile"),
    "points too fine": ("{#smile}", "{#smile 0.125分}", "bad-value", "{#smile"),
    "level unknown": ("level=掌握", "level=精通", "bad-value", "which-door"),
    "flag with a value": ("any-order", "any-order=yes", "bad-value", "guarding"),
    "id not of the alphabet": ("{#smile}", "{#Smile}", "bad-id", "{#Smile}"),
    "id twice": ("{#smile}", "{#guard}", "duplicate-id", "微笑。 {#guard}"),
    "attributes without space": ("微笑。 {#smile}", "微笑。{#smile}", "no-space", "{#smile}"),
    "id inside the line": ("微笑。 {#smile}", "{#smile} 微笑。", "stray-attributes", "{#smile}"),
    "two blocks": ("微笑。 {#smile}", "微笑。 {3分} {#smile}", "stray-attributes", "{#smile}"),
    "no answer": ("= 对\n\n> 微笑是本分。\n", "", "no-answer", "{#smile}"),
    "no key": ("- (x) 副驾驶", "- ( ) 副驾驶", "no-key", "which-door"),
    "no key of a multiple item": ("- [x]", "- [ ]", "no-key", "guard "),
    "second key": ("- ( ) 驾驶座", "- (x) 驾驶座", "second-key", "驾驶座"),
    "another shape": ("- ( ) 驾驶座", "- [ ] 驾驶座", "other-shape", "驾驶座"),
    "answer under information": ("> 先喝口水。", "- (x) 喝\n- ( ) 不喝", "other-shape", "- (x) 喝"),
    "one option": ("- ( ) 驾驶座车门\n", "", None, None),
    "option empty": ("- ( ) 驾驶座车门", "- ( )", "empty-option", "- ( )\n"),
    "option repeated": ("驾驶座车门", "后排 车门。", "repeated-option", "- ( ) 后排 车门。"),
    "option indented": ("- ( ) 驾驶座", "  - ( ) 驾驶座", "indented-option", "驾驶座"),
    "option without space before the bracket": ("- ( ) 驾驶座", "-( ) 驾驶座", "bad-marker", "驾驶座"),
    "option with an unknown mark": ("- ( ) 驾驶座", "- (对) 驾驶座", "bad-marker", "驾驶座"),
    "option with an unclosed bracket": ("- ( ) 驾驶座", "- ( 驾驶座", "bad-marker", "驾驶座"),
    "option with a mismatched bracket": ("- ( ) 驾驶座", "- ( ] 驾驶座", "bad-marker", "驾驶座"),
    "option with a number": ("- ( ) 驾驶座", "3. ( ) 驾驶座", "bad-marker", "驾驶座"),
    "option with a plus": ("- ( ) 驾驶座", "+ ( ) 驾驶座", "bad-marker", "驾驶座"),
    "points at an option": ("驾驶座车门", "驾驶座车门 {3分}", "misplaced-key", "驾驶座"),
    "lettered options": ("- ( ) 驾驶座", "C. 驾驶座", "pasted-option", "驾驶座"),
    "pasted answer": ("? 看座位。", "答案：B", "pasted-answer", "答案"),
    "pasted explanation": ("> 女士优先。", "解析：女士优先。", "pasted-answer", "解析"),
    "text after the answers": ("? 看座位。", "看座位。\n再看。", "stray-text", "看座位。"),
    "text after feedback": ("  > 这是常规。", "  > 这是常规。\n  又一句", "stray-text", "又一句"),
    "quotation between options": ("- ( ) 驾驶座", "> 想想\n- ( ) 驾驶座", "stray-quote", "> 想想"),
    "hint without space": ("? 看座位", "?看座位", "bad-marker", "看座位"),
    "answer without space": ("= 对", "=对", "bad-marker", "=对"),
    "two underscores": ("____\n- {3分}", "__\n____\n- {3分}", "bad-marker", "__\n____"),
    "truth word of another paper": ("= 对", "= 是", "ambiguous-truth", "= 是"),
    "answer empty": ("= 对", "=", "empty-wording", "=\n"),
    "wording missing": ("护顶 | 护顶服务", "护顶 |", "empty-wording", "= 护顶 |"),
    "more blanks than answers": ("叫____,客人叫____", "叫____,客人叫____和____", "blanks-count", "guarding"),
    "fewer blanks than answers": ("叫____,客人叫____", "叫____,客人叫什么", "blanks-count", "guarding"),
    "range by a hyphen": ("= 8..12 点", "= 8-12 点", "ambiguous-range", "8-12"),
    "range backwards": ("= 8..12 点", "= 12..8 点", "bad-range", "12..8"),
    "tolerance below 0": ("45 ± 5", "45 ± -5", "bad-range", "45 ±"),
    "unit in the middle": ("45 ± 5 秒", "45 秒 ± 5 秒", "bad-number", "45 秒"),
    "percent in the middle": ("45 ± 5 秒", "45% ± 5", "bad-number", "45%"),
    "number with commas": ("45 ± 5 秒", "1,450 秒", "bad-number", "1,450"),
    "expression": ("45 ± 5 秒", "9 * 5 秒", "later-shape", "9 * 5"),
    "marking points do not add up": ("{5分} 说明", "{4分} 说明", "points-sum", "{#why 8分"),
    "marking point before the space": (
        "____\n- {3分} 指出开门次序",
        "- {3分} 指出开门次序",
        "bad-marker",
        "- {3分}",
    ),
    "scoring of another type": ("any-order", "scoring=half", "bad-value", "guarding"),
    "scoring unknown": ("scoring=share", "scoring=some", "bad-value", "{#guard "),
    "type that the answers deny": ("{#smile}", "{#smile type=single}", "bad-value", "{#smile"),
    "no stem": ("## 迎宾员应当微笑。 {#smile}", "## {#smile}", "empty-stem", "{#smile}"),
    "ordering": ("- ( ) 后排车门\n  > 这是常规。\n- (x) 副", "- (1) 后排\n- (2) 副", "later-shape", "- (1)"),
    "best and worst": (
        "- ( ) 后排车门\n  > 这是常规。\n- (x) 副",
        "- (+) 后\n- (-) 副",
        "later-shape",
        "- (+)",
    ),
    "rating": ("- [x] 挡住门框", "- [4.2] 挡住门框", "later-shape", "[4.2]"),
    "matching": ("= 对", "- 左 <-> 右\n- 上 <-> 下", "later-shape", "左 <->"),
    "cloze": ("车停在雨棚下。", "车停在[[雨棚|门口]]下。", "later-shape", "[["),
    "upload": ("kind=简答", "file=pdf", "later-shape", "file=pdf"),
    "variables": ("= 45 ± 5 秒", "= 45\n@ X = 1..9", "other-shape", "@ X"),
    "fence unclosed": ("车停在雨棚下。", "```\n车停在雨棚下。", "unclosed-fence", "```"),
    "picture from outside": (
        "车停在雨棚下。",
        "![车](https://example.org/a.png)",
        "outside-picture",
        "![车]",
    ),
    "control character": ("车停在雨棚下。", "车停在\x07雨棚下。", "control-character", "\x07"),
    "nested too deep": ("车停在雨棚下。", ">" * 21 + " 车", "too-deep", ">>>"),
    "line too long": ("车停在雨棚下。", "车" * 10_001, "line-too-long", "车车车"),
}
CASE_FAULTS = {
    "group in a case": ("## 情境 {#arrival}", "# 一、情境", "misplaced-heading", "# 一"),
    "keyword unknown": ("## 后果:女宾不悦", "## 结果:女宾不悦", "unknown-section", "## 结果"),
    "target unknown": ("-> #upset", "-> #uspet", "unknown-target", "-> #uspet"),
    "next unknown": ("{#arrival}", "{#arrival next=#nowhere}", "unknown-target", "{#arrival"),
    "next without #": ("{#arrival}", "{#arrival next=upset}", "bad-value", "{#arrival"),
    "two arrows": ("-> #upset", "-> #lost -> #upset", "bad-arrow", "-> #lost -> #upset"),
    "arrow without #": ("-> #upset", "-> upset", "bad-arrow", "-> upset"),
    "attributes before the arrow": (
        "-> #upset {0分 礼貌-1}",
        "{0分 礼貌-1} -> #upset",
        "stray-attributes",
        "-1} -> #upset",
    ),
    "dimension not declared": ("{0分 礼貌-1}", "{0分 礼帽-1}", "unknown-dimension", "礼帽"),
    "dimensions bad": ("dimensions: 礼貌, 规范", "dimensions: 礼貌+, 规范", "bad-value", "dimensions"),
    "effect twice": ("{0分 礼貌-1}", "{0分 礼貌-1 礼貌-2}", "repeated-key", "礼貌-1 礼貌-2"),
    "condition on no dimension": ("{#arrival}", "{#arrival when=勇气<0}", "unknown-dimension", "{#arrival"),
    "condition of two": ("{#arrival}", "{#arrival when=礼貌<0<9}", "bad-value", "{#arrival"),
    "score missing": ("-> #upset {0分 礼貌-1}", "-> #upset {礼貌-1}", "no-score", "-> #upset"),
    "mark in a decision": ("- ( ) 微笑", "- (x) 微笑", "mark-in-decision", "微笑耸肩"),
    "square brackets in a decision": ("- ( ) 微笑", "- [ ] 微笑", "other-shape", "微笑耸肩"),
    "one option": ("- ( ) 微笑耸肩 -> #lost {-1分 礼貌-1}\n", "", "too-few-options", "{#repair}"),
    "option repeated": ("- ( ) 微笑耸肩", "- ( ) 致歉并护顶", "repeated-option", "-> #saved"),
    "option in a scene": ("一辆白色轿车停在雨棚下。", "- ( ) 走\n- ( ) 停", "misplaced-marker", "- ( ) 走"),
    "explanation in a decision": (
        "## 分析提示 {#look}",
        "> 想想\n\n## 分析提示 {#look}",
        "stray-quote",
        "> 想想",
    ),
    "question without space": (
        "____\n- {3分} 指出开门次序的错误\n- {5分} 说明两条规则的场合\n",
        "",
        "no-answer",
        "#why",
    ),
    "points of a question do not add up": ("{5分} 说明", "{4分} 说明", "points-sum", "{#why 8分}"),
    "reveal at a scene": ("{#arrival}", "{#arrival reveal=commit}", "misplaced-key", "{#arrival"),
    "reason unknown": ("reason=required", "reason=maybe", "bad-value", "reason=maybe"),
    "next at an ending": ("{#saved}", "{#saved next=#lost}", "misplaced-key", "{#saved"),
    "decision in a reading": ("quiz: ladies-first", "kind: reading", None, None),
    "section empty": (
        "## 后果:女宾不悦 {#upset}\n\n她自己推开了门。",
        "## 后果 {#upset}",
        "empty-section",
        "{#upset}",
    ),
    "id twice": ("{#saved}", "{#lost}", "duplicate-id", "投诉 {#lost}"),
}
SYLLABUS_FAULTS = {
    "hours missing": ("hours: 48\n", "", "no-hours", "---"),
    "hours no number": ("hours: 48", "hours: 很多", "bad-value", "hours"),
    "public neither yes nor no": ("public: yes", "public: maybe", "bad-value", "public"),
    "group in a syllabus": ("## 2 值机服务 {#check-in 6学时}", "# 2 值机服务", "misplaced-heading", "# 2"),
    "module without title": ("## 2 值机服务 {#check-in", "## {#check-in", "no-title", "{#check-in"),
    "objective id twice": ("{#2.1}", "{#1.1}", "duplicate-id", "流程 {#1.1}"),
    "objective without text": ("- 了解 地勤服务的发展 {#1.1}", "- {#1.1}", "empty-objective", "- {#1.1}"),
    "module twice": ("{#check-in 6学时}", "{#overview 6学时}", "duplicate-id", "{#overview 6"),
    "hours without unit": ("6学时", "6", "bad-attribute", "{#check-in"),
    "points in a syllabus": ("6学时", "6分", "misplaced-key", "{#check-in"),
    "text after the objectives": ("案例: first", "见下。\n\n案例: first", "stray-text", "见下。"),
    "material twice": ("测验: ladies-first", "案例: ladies-first", "repeated-key", "案例: ladies"),
    "slug bad": ("案例: first-car-door", "案例: First Car", "bad-value", "案例"),
    "material misspelt": ("案例: first-car-door", "case: first-car-door", "bad-marker", "case:"),
    "option in a syllabus": ("- 掌握 地勤", "- ( ) 掌握 地勤", "misplaced-marker", "- ( )"),
    "objective id inside the line": ("发展 {#1.1}", "{#1.1} 发展", "stray-attributes", "{#1.1}"),
}


def line_of(text: str, part: str) -> int:
    """Return the line on which the last place of this text begins; ``---`` is the first line."""
    return 1 if part == "---" else text.count("\n", 0, text.rindex(part)) + 1


def cases_of(kind, text, faults):
    for name, (old, new, code, place) in faults.items():
        if code is not None:
            yield pytest.param(kind, text.replace(old, new), code, place, id=f"{kind}: {name}")
        assert old in text, name


FAULTS = [
    *cases_of(Kind.QUIZ, QUIZ, QUIZ_FAULTS),
    *cases_of(Kind.CASE, CASE, CASE_FAULTS),
    *cases_of(Kind.SYLLABUS, SYLLABUS, SYLLABUS_FAULTS),
]


@pytest.mark.parametrize(
    ("kind", "text"), [(Kind.QUIZ, QUIZ), (Kind.CASE, CASE), (Kind.SYLLABUS, SYLLABUS)], ids=str
)
def test_the_samples_are_sound(kind, text):
    assert parse_text(text, kind).diagnostics == ()


@pytest.mark.parametrize(("kind", "text", "code", "place"), FAULTS)
def test_a_fault_is_one_error_on_its_line(kind, text, code, place):
    parsed = parse_text(text, kind)

    assert [(error.code, error.line) for error in parsed.errors] == [(code, line_of(text, place))]
    assert parsed.document is None
