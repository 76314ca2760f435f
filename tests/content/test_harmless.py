"""What changes nothing for a reader changes no content hash."""

import re

import pytest

from app.content.canonical import content_hash
from app.content.parse import Kind, parse_bytes, parse_text
from app.content.vocabulary import ATTRIBUTE_KEYS, FRONT_KEYS
from app.content.writer import format_document
from tests.content.samples import CASE, MIXED, QUIZ, SYLLABUS, read

TEXTS = [(Kind.QUIZ, QUIZ), (Kind.QUIZ, MIXED), (Kind.CASE, CASE), (Kind.SYLLABUS, SYLLABUS)]
NAMES = ["quiz", "mixed", "case", "syllabus"]


def hash_of(text: str | bytes, kind: Kind) -> str:
    data = text if isinstance(text, bytes) else text.encode()
    parsed = parse_bytes(data, kind)
    assert [error.render() for error in parsed.errors] == []
    assert parsed.document is not None
    return content_hash(parsed.document)


def in_chinese(text: str) -> str:
    for names in FRONT_KEYS.values():
        for key, chinese in names.items():
            text = re.sub(rf"^{key}:", f"{chinese}:", text, flags=re.MULTILINE)
    for key, chinese in ATTRIBUTE_KEYS.items():
        text = re.sub(rf"(?<=[ {{]){key}(?=[=}} ])", chinese, text)
    return text


def full_width_headings(text: str) -> str:
    return re.sub("^(##?) ", lambda match: match[1].replace("#", "＃") + "\u3000", text, flags=re.MULTILINE)


def full_width_marks(text: str) -> str:
    text = text.replace("- ( )", "－ （　）").replace("- (x)", "- （ｘ）").replace("- [x]", "- ［x］")
    text = (
        text.replace("\n= ", "\n＝ ")
        .replace("\n? ", "\n？ ")
        .replace("\n\n> 微", "\n\n＞ 微")
        .replace(" | ", " ｜ ")
    )
    return (
        re.sub(r" \{(?=[^{}\n]*\}$)", " ｛", text, flags=re.MULTILINE)
        .replace("}\n", "｝\n")
        .replace("\n____\n", "\n＿＿＿＿\n")
        .replace("-> #", "→ ＃")
    )


def full_width_shapes(text: str) -> str:
    for mark, wide in {
        "- (1)": "－ （１）",
        "- (2)": "- （ 2 ）",
        "- (+)": "－ （＋）",
        "- (-)": "- （－）",
        "[6.2]": "［６．２］",
        "<-> 大门": "＜－＞ 大门",
        "<-> 厨房": "↔ 厨房",
        "@ X = 100..900 / 50": "＠ X ＝ １００．．９００ ／ 50",
        "[[12 | 十二]]": "［［12 ｜ 十二］］",
        "[[~房卡": "[[～房卡",
        "± 0.01": "+- 0.01",
    }.items():
        text = text.replace(mark, wide)
    return text


CHANGES = {
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "BOM": lambda text: "\ufeff" + text,
    "trailing spaces": lambda text: text.replace("\n", "  \n"),
    "trailing full-width spaces": lambda text: text.replace("\n", "\u3000\n"),
    "more blank lines": lambda text: text.replace("\n\n", "\n\n\n\n"),
    "blank lines before": lambda text: "\n\n" + text,
    "no line end at the end": lambda text: text.rstrip("\n"),
    "star bullets": lambda text: text.replace("\n- ", "\n* "),
    "more spaces after the bullet": lambda text: text.replace("\n- (", "\n-  (").replace("\n- [", "\n-   ["),
    "no space after the bracket": lambda text: text.replace("- ( ) ", "- ( )").replace("- [x] ", "- [x]"),
    "tight brackets": lambda text: text.replace("- ( )", "- ()").replace("- [ ]", "- []"),
    "capital X": lambda text: text.replace("(x)", "(X)").replace("[x]", "[X]"),
    "numbers before headings": lambda text: re.sub(r"^## (?!\d)", "## 3、", text, flags=re.MULTILINE),
    "bracketed numbers before headings": lambda text: re.sub(
        r"^## (?!\d)", "## （12）", text, flags=re.MULTILINE
    ),
    "Chinese keys": in_chinese,
    "full-width headings": full_width_headings,
    "full-width marks": full_width_marks,
    "full-width colons": lambda text: re.sub(r"^(\w+): ", r"\1：", text, flags=re.MULTILINE),
    "syntax said": lambda text: text.replace("---\n", "---\nsyntax: 1\n", 1),
    "language said": lambda text: text.replace("---\n", "---\nlanguage: zh\n", 1),
    "other line of the range": lambda text: text.replace("45 ± 5", "45 +- 5"),
    "other words for true": lambda text: text.replace("= 对", "= √"),
    "full-width marks of the other shapes": full_width_shapes,
    "no space after the marks of other shapes": lambda text: re.sub(
        r"^- (\(.\)|\[[0-9.]+\]) ", r"- \1", text, flags=re.MULTILINE
    ),
    "spaces inside the marks of other shapes": lambda text: re.sub(
        r"^- \(([0-9+-])\)", r"- ( \1 )", text, flags=re.MULTILINE
    ),
    "means with idle zeros": lambda text: text.replace("[6.2]", "[6.20]").replace("[3]", "[3.0]"),
    "arrows without spaces": lambda text: re.sub(r"(?<=[^- ]) <-> ", "<->", text),
    "more spaces around arrows": lambda text: re.sub(r" <-> ", "   <->   ", text),
    "other arrows": lambda text: text.replace("<->", "↔"),
    "spaces inside blanks": lambda text: text.replace("[[押金]]", "[[ 押金 ]]").replace(
        "[[~房卡 | 护照 ", "[[ ~ 房卡|护照 "
    ),
    "variables without spaces": lambda text: text.replace("@ X = 100..900 / 50", "@ X=100..900/50"),
    "a step of one said": lambda text: text.replace("1..7\n", "1..7 / 1\n"),
    "types of files in capitals": lambda text: text.replace("file=pdf,png", "file=.PDF,PNG"),
    "exact by its other name": lambda text: text.replace("scoring=exact", "scoring=all"),
    "types said": lambda text: (
        text.replace("{#posts}", "{#posts type=matching}")
        .replace("{#waiting ", "{#waiting 题型=情境判断 ")
        .replace("{#average}", "{#average 题型=计算题}")
        .replace("{#seats ", "{#seats type=upload ")
        .replace("{#rest info}", "{#rest info type=info}")
    ),
    "the usual scale said": lambda text: text.replace("scale=1..7", "scale=１..７"),
    "other units": lambda text: re.sub(r"(\d)学时", r"\1h", re.sub(r"(\d)分", r"\1pt", text)),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize(("kind", "text"), TEXTS, ids=NAMES)
def test_a_harmless_change_keeps_the_hash(kind, text, change):
    assert hash_of(change(text), kind) == hash_of(text, kind)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize(("kind", "text"), TEXTS, ids=NAMES)
def test_the_formatter_repairs_a_harmless_change(kind, text, change):
    repaired = format_document(read(change(text), kind))

    assert parse_text(repaired, kind).diagnostics == ()
    assert hash_of(repaired, kind) == hash_of(text, kind)


@pytest.mark.parametrize(("kind", "text"), TEXTS, ids=NAMES)
def test_full_width_marks_are_one_warning(kind, text):
    parsed = parse_text(full_width_headings(text), kind)

    assert [warning.code for warning in parsed.diagnostics] == ["full-width-mark"]


@pytest.mark.parametrize(
    ("kind", "text", "old", "new"),
    [
        (Kind.QUIZ, QUIZ, "后排车门", "前排车门"),
        (Kind.QUIZ, QUIZ, "= 对", "= 错"),
        (Kind.QUIZ, QUIZ, "each=2分", "each=3分"),
        (Kind.QUIZ, QUIZ, "{#smile}", "{#smiles}"),
        (Kind.QUIZ, QUIZ, "{#smile}", "{#smile was=grin}"),
        (Kind.QUIZ, QUIZ, "护顶 | 护顶服务", "护顶服务 | 护顶"),
        (Kind.QUIZ, QUIZ, "- [x] 挡住门框\n- [x] 说小心碰头", "- [x] 说小心碰头\n- [x] 挡住门框"),
        (
            Kind.QUIZ,
            MIXED,
            "- (1) 问好\n  > 先打招呼。\n- (2) 领位",
            "- (1) 领位\n  > 先打招呼。\n- (2) 问好",
        ),
        (Kind.QUIZ, MIXED, "scoring=exact", "scoring=pairs"),
        (Kind.QUIZ, MIXED, "ordering: pairs", "ordering: exact"),
        (Kind.QUIZ, MIXED, "门童 <-> 大门", "门童 <-> 大堂"),
        (Kind.QUIZ, MIXED, "- <-> 厨房", "- 厨师 <-> 厨房"),
        (Kind.QUIZ, MIXED, "- ( ) 请他再等\n- (+) 致歉", "- (+) 请他再等\n- ( ) 致歉"),
        (Kind.QUIZ, MIXED, "[6.2]", "[6.1]"),
        (Kind.QUIZ, MIXED, "scale=1..7", "scale=1..8"),
        (Kind.QUIZ, MIXED, "{1分}", "{2分}"),
        (Kind.QUIZ, MIXED, "[[~房卡 | 护照", "[[房卡 | ~护照"),
        (Kind.QUIZ, MIXED, "[[押金]]", "[[押金 | 定金]]"),
        (Kind.QUIZ, MIXED, "100..900 / 50", "100..900 / 25"),
        (Kind.QUIZ, MIXED, "S / 3 (2)", "S / 3 (1)"),
        (Kind.QUIZ, MIXED, "file=pdf,png", "file=png,pdf"),
        (Kind.QUIZ, MIXED, "walk=first-car-door", "walk=second-car-door"),
        (Kind.CASE, CASE, "礼貌+2", "礼貌+3"),
        (Kind.CASE, CASE, "-> #saved", "-> #lost"),
        (Kind.CASE, CASE, "reason=required", "reason=optional"),
        (Kind.SYLLABUS, SYLLABUS, "了解 地勤", "理解 地勤"),
        (Kind.SYLLABUS, SYLLABUS, "3学时", "4学时"),
    ],
)
def test_a_change_of_meaning_changes_the_hash(kind, text, old, new):
    assert hash_of(text.replace(old, new), kind) != hash_of(text, kind)


@pytest.mark.parametrize(("kind", "text"), TEXTS, ids=NAMES)
def test_ids_are_written_by_the_formatter(kind, text):
    bare = re.sub(r"(\{|(?<=\{))#(?!#)[a-z0-9.-]+ ?", r"\1", text).replace(" {}", "")
    bare = re.sub(r" -> #[a-z-]+", "", bare)

    document = read(bare, kind)
    written = format_document(document)

    assert parse_text(bare, kind).unwritten
    assert not parse_text(written, kind).unwritten
    assert content_hash(read(written, kind)) == content_hash(document)
