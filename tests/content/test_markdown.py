"""Markdown becomes HTML that is safe, and that shows what the author typed."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.content.markdown import to_html
from app.content.sanitise import BLOCK_TAGS, INLINE_TAGS, sanitise

CAR = "c" * 64
SHEET = "5" * 64
MANIFEST = {"车门.png": CAR, "sheet.pdf": SHEET}
ATTRIBUTES = {"align", "alt", "class", "href", "id", "rel", "src", "start", "tabindex", "title"}

PIECES = st.sampled_from(
    [
        *(
            "# ",
            "- ",
            "1. ",
            "> ",
            "    ",
            "\n",
            "\n\n",
            "\\",
            "*",
            "**",
            "_",
            "____",
            "`",
            "```\n",
            "~~",
            "|",
        ),
        *("[", "]", "](", ")", "![", "[^1]", "[^1]: ", "<", ">", "&", "&#", ";", ":", '"', "'", "=", "---\n"),
        *("|a|b|\n|:-|-:|\n|1|2|\n", "<script>", "</p>", "<sub>", "</u>", "<br>", "<svg/onload=a>", "<!--"),
        *("javascript:", "data:", "http://x", "media/车门.png", "&#106;", "&lt;", "\x00", "\x02", "\u2028"),
        *("先开前门", "重点。", "a", " "),
    ]
)
TEXTS = st.text() | st.lists(PIECES | st.text(max_size=3), max_size=30).map("".join)

PAYLOADS = [
    "<script>alert(1)</script>",
    "<ScRiPt\n>alert(1)</sCrIpT >",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="JaVa&#09;ScRiPt:alert(1)">x</a>',
    "<div style='background:url(javascript:alert(1))'>x</div>",
    "<form action=/logout><input name=csrf_token><button>x</button></form>",
    "<style>*{display:none}</style>",
    '<base href="//evil.example/"><meta http-equiv=refresh content=0>',
    "<object data=x></object><embed src=x><link rel=stylesheet href=//evil.example>",
    '<sub onclick=alert(1)>x</sub><u style="position:fixed">x</u>',
    "[x](javascript:alert(1))",
    "[x](<java\nscript:alert(1)>)",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](vbscript:x) [y](data:text/html,<script>alert(1)</script>)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    '[x](http://a "onmouseover=alert(1) \\"")',
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml,<svg/onload=alert(1)>)",
    '![x" onerror="alert(1)](media/车门.png)',
    "<javascript:alert(1)>",
    "<javascript://%0aalert(1)>",
    "[r]\n\n[r]: javascript:alert(1)",
    "x[^1]\n\n[^1]: <script>alert(1)</script>",
    'x[^"><script>]\n\n[^"><script>]: y',
    "```html\n<script>alert(1)</script>\n```",
    '``` "><script>alert(1)</script>\nx\n```',
    "`<script>alert(1)</script>`",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "\x02wzxhzdk:0\x03\x02klzzwxh:0000\x03<script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "{{ config }} {% raw %}",
]
PLACES = {
    "paragraph": "{}",
    "heading": "### {}",
    "list": "- {}",
    "quotation": "> {}",
    "strong": "**{}**",
    "cell": "|a|b|\n|-|-|\n|{}|x|",
    "link text": "[{}](http://a)",
    "link title": '[a](http://a "{}")',
    "alt text": "![{}](media/车门.png)",
    "footnote": "a[^1]\n\n[^1]: {}",
    "sub": "<sub>{}</sub>",
}


class Tags(HTMLParser):
    """Collect what a browser would see: tags, and attributes with their values."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.tags = set()
        self.attributes = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= set(attrs)

    def handle_comment(self, data):
        self.tags.add("comment")

    def handle_decl(self, decl):
        self.tags.add("declaration")


def html(text, name="q1.stem", manifest=MANIFEST, inline=False):
    return to_html(name, text, manifest, inline)


def ids(text, name="q1.stem"):
    return re.findall(r'id="([^"]*)"', html(text, name))


def targets(text):
    return re.findall(r'href="([^"]*)"', html(text))


def assert_harmless(shown, inline=False):
    seen = Tags(shown)
    assert seen.tags <= (INLINE_TAGS if inline else INLINE_TAGS | BLOCK_TAGS)
    assert {name for name, _ in seen.attributes} <= ATTRIBUTES
    for name, value in seen.attributes:
        if name == "id":
            assert value.startswith("md-")
        if name == "href":
            assert re.match(r"https?://|mailto:|#md-|/(?!/)", value or "", re.IGNORECASE)
        if name == "src":
            assert re.fullmatch(r"/media/[0-9a-f]{64}", value or "")


@pytest.mark.parametrize("inline", [False, True], ids=["block", "inline"])
@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("payload", PAYLOADS)
def test_c1_c2_no_payload_survives_in_any_place(payload, place, inline):
    shown = html(place.replace("{}", payload), inline=inline)

    assert_harmless(shown, inline)


@given(TEXTS, st.booleans())
@settings(deadline=None, max_examples=300)
def test_whatever_is_typed_comes_out_clean_and_stays_as_it_is(text, inline):
    shown = html(text, inline=inline)

    assert_harmless(shown, inline)
    assert sanitise(shown, "md-", inline) == shown


@given(st.text())
@settings(deadline=None)
def test_the_sanitiser_alone_lets_nothing_through_either(text):
    once = sanitise(f"<p {text}>{text}<b a='{text}'>", "md-")

    assert_harmless(once)
    assert sanitise(once, "md-") == once


@pytest.mark.parametrize(
    "raw",
    [
        '<a href="javascript:alert(1)" onclick="x()" style="x" target="_blank">x</a>',
        '<img src="https://evil.example/x.png" srcset="x 2x"><img src="/media/short">',
        '<p id="login" class="modal" data-save="x">x</p><sup id="csrf_token">x</sup>',
        '<form action="/"><input name="a"><select><textarea><button>x</button></form>',
        '<iframe src="/"></iframe><style>a{}</style><script>x()</script><template><b>x</b></template>',
        '<svg><use href="#x"/></svg><math><mi>x</mi></math>',
        '<td align="char">x</td><ol start="-1x"></ol><div class="navbar footnote">x</div>',
    ],
)
def test_raw_html_that_reaches_the_sanitiser_is_taken_out(raw):
    assert_harmless(sanitise(raw, "md-"))
    assert not re.search(r"navbar|modal|char|login|csrf|evil|start", sanitise(raw, "md-"))


def test_tags_are_shown_as_they_were_typed():
    assert html("写作 <b>粗体</b>") == "<p>写作 &lt;b&gt;粗体&lt;/b&gt;</p>"


def test_nothing_of_a_script_is_lost_from_sight():
    assert html("<script>alert(1)</script>") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"


def test_bare_sub_sup_u_kbd_and_br_are_understood():
    shown = html("H<sub>2</sub>O m<sup>2</sup> <u>不</u>正确 <kbd>F5</kbd><br>下一行")

    assert shown == "<p>H<sub>2</sub>O m<sup>2</sup> <u>不</u>正确 <kbd>F5</kbd><br>下一行</p>"


def test_a_tag_left_open_is_closed():
    assert html("H<sub>2") == "<p>H<sub>2</sub></p>"


def test_comparisons_are_text():
    assert html("a<b 且 c>d，a&b") == "<p>a&lt;b 且 c&gt;d，a&amp;b</p>"


def test_emphasis_beside_chinese_punctuation_is_understood():
    assert html("他说**“重点。”**然后") == "<p>他说<strong>“重点。”</strong>然后</p>"


def test_blanks_in_a_stem_stay_as_they_are():
    assert html("先____门，后____门") == "<p>先____门，后____门</p>"


def test_ranges_with_a_tilde_are_no_markup():
    assert html("24~48小时，3~5天") == "<p>24~48小时，3~5天</p>"


def test_two_tildes_strike_out():
    assert html("~~错~~对") == "<p><del>错</del>对</p>"


def test_a_line_that_ends_between_chinese_characters_leaves_no_space():
    assert html("先开\n前门 VIP\n客人") == "<p>先开前门 VIP\n客人</p>"


def test_a_backslash_at_the_end_of_a_line_breaks_it():
    assert html("一\\\n二") == "<p>一<br>\n二</p>"


@pytest.mark.parametrize("mark", [*"=@?#*_[]()>~|＝（→【"])
def test_a_backslash_makes_a_mark_text(mark):
    shown = Tags(html(f"\\{mark} x"))

    assert f"\\{mark}" not in html(f"\\{mark} x")
    assert shown.tags == {"p"}


def test_a_backslash_before_a_letter_stays():
    assert html(r"C:\new") == r"<p>C:\new</p>"


def test_four_spaces_before_a_paragraph_are_no_program():
    assert html("    傍晚，小雨。") == "<p>傍晚，小雨。</p>"


def test_fenced_code_keeps_its_characters_and_gets_no_class():
    assert html("```python\nif a < b:\n    pass\n```") == ("<pre><code>if a &lt; b:\n    pass\n</code></pre>")


def test_headings_stay_below_those_of_the_page():
    assert html("# 一\n\n## 二\n\n### 三") == "<h3>一</h3>\n<h3>二</h3>\n<h3>三</h3>"


def test_columns_are_aligned_by_the_align_attribute():
    shown = html("| 车门 | 座次 |\n|:-:|--:|\n| 前 | **1** |")

    assert '<th align="center">车门</th>' in shown
    assert '<td align="right"><strong>1</strong></td>' in shown
    assert "style" not in shown


def test_a_table_is_scrolled_with_the_keyboard_and_has_no_empty_heads():
    table = html("| | 甲 | `b` |\n|---|---|---|\n| 1 | 2 | 3 |")

    assert table.startswith('<table tabindex="0">')
    assert "<td></td>\n<th>甲</th>\n<th><code>b</code></th>" in table


def test_no_other_tab_stop_comes_from_a_text():
    assert "tabindex" not in sanitise('<p tabindex="0">甲</p><table tabindex="5"></table>', "md-")


def test_a_list_keeps_the_number_it_begins_with():
    assert html("3. 丙\n4. 丁").startswith('<ol start="3">')


def test_a_footnote_and_its_way_back_find_each_other():
    text = "护顶[^顶]。\n\n[^顶]: 手挡在门框上沿。"

    there, back = targets(text)

    assert sorted([there[1:], back[1:]]) == sorted(ids(text))
    assert all(name.startswith("md-") for name in ids(text))


def test_a_footnote_label_with_spaces_still_finds_its_place():
    text = "x[^a b]\n\n[^a b]: y"

    assert {target[1:] for target in targets(text)} == set(ids(text))
    assert not any(re.search(r"\s", name) for name in ids(text))


def test_the_same_footnote_in_two_places_has_different_ids():
    text = "x[^1]\n\n[^1]: y"

    assert not set(ids(text, "q1.stem")) & set(ids(text, "q2.stem"))


def test_different_texts_under_one_name_have_different_ids():
    assert not set(ids("x[^1]\n\n[^1]: y")) & set(ids("x[^1]\n\n[^1]: z"))


def test_a_link_to_a_place_of_the_page_cannot_leave_its_text():
    assert targets("[x](#main)")[0].startswith("#md-")


@pytest.mark.parametrize(
    "address", ["https://a.example/x?y=1", "HTTP://a.example", "mailto:a@b.example", "/courses"]
)
def test_links_to_pages_and_letters_stay(address):
    assert targets(f"[x]({address})") == [address]


@pytest.mark.parametrize(
    "address", ["//evil.example", "/\\evil.example", "other.md", "ftp://a", "tel:1", "c:/x"]
)
def test_other_links_lose_their_address_and_keep_their_text(address):
    assert html(f"[看这里]({address})") == '<p><a rel="noopener noreferrer">看这里</a></p>'


@pytest.mark.parametrize(
    "address", ["media/车门.png", "./media/车门.png", "车门.png", "media/%E8%BD%A6%E9%97%A8.png"]
)
def test_a_picture_is_pinned_to_its_bytes(address):
    assert html(f"![前门]({address})") == f'<p><img alt="前门" src="/media/{CAR}"></p>'


def test_the_manifest_may_name_pictures_with_their_folder():
    assert CAR in html("![前门](media/a.png)", manifest={"media/a.png": CAR})


def test_a_file_is_linked_to_its_bytes():
    assert targets("[讲义](media/sheet.pdf)") == [f"/media/{SHEET}"]


def test_a_picture_that_is_not_there_shows_its_alternative_text():
    assert html("![后门](media/后门.png)") == '<p><span class="missing-picture">[后门]</span></p>'


def test_a_picture_without_alternative_text_shows_its_name():
    assert "[media/x.png]" in html("![](media/x.png)")


@pytest.mark.parametrize(
    "address", ["http://evil.example/x.png", "//evil.example/x.png", "/media/x", "data:image/png;base64,AA=="]
)
def test_outside_pictures_are_never_loaded(address):
    assert html(f"![外面]({address})") == '<p><span class="missing-picture">[外面]</span></p>'


def test_a_manifest_that_names_no_hash_gives_no_address():
    assert "evil" not in html("![x](a.png)", manifest={"a.png": "../evil"})


@pytest.mark.parametrize(
    "text", ["1. 同步", "- 同步", "# 同步", "> 同步", "|a|b|\n|-|-|", "```\nx\n```", "[a]: b"]
)
def test_inline_texts_have_no_blocks(text):
    assert not Tags(html(text, inline=True)).tags & BLOCK_TAGS


def test_inline_paragraphs_become_lines():
    assert html("甲\n\n乙", inline=True) == "甲<br>\n乙"


def test_inline_texts_have_emphasis_and_pictures():
    assert (
        html("**甲** ![门](车门.png)", inline=True)
        == f'<strong>甲</strong> <img alt="门" src="/media/{CAR}">'
    )


def test_one_text_leaves_nothing_behind_for_the_next():
    first = html("[a]\n\n[a]: http://a.example\n\nx[^1]\n\n[^1]: 注")

    second = html("[a] x[^1]")

    assert "http://a.example" in first
    assert second == "<p>[a] x[^1]</p>"
