"""What a file brings in is shown as text: in the look, the editor, to students, on paper it does nothing."""

import csv
from html.parser import HTMLParser
from io import StringIO
from typing import NamedTuple

import pytest

from tests.interchange.papers import document, paragraph
from tests.interchange.test_roster import workbook
from tests.support.pages import follow, open_page
from tests.web.authors import author, form_of, send, texts
from tests.web.importing import imports, look, take

__all__ = ["author", "imports", "look", "take", "texts"]

#: each names the mark, by which it is found again wherever it went
MARK = "zqbad"
HOSTILE = (
    "<script>zqbad()</script>",
    "<video autoplay onerror=zqbad()>x</video>",
    "<svg onload=zqbad()><script>zqbad()</script></svg>",
    '<a href="javascript:zqbad()">x</a>',
    '<iframe srcdoc="<script>zqbad()</script>"></iframe>',
    "<style>@import 'zqbad'</style>",
    "<details open ontoggle=zqbad()>x</details>",
    "[x](javascript:zqbad())",
    "[x](JaVa&#09;ScRiPt:zqbad())",
    "[x](data:text/html;base64,zqbad)",
    "[x](vbscript:zqbad)",
    "![x](javascript:zqbad())",
    "![x](data:image/svg+xml;base64,zqbad)",
    '<base href="//zqbad.example/"><meta http-equiv=refresh content="0;url=//zqbad.example">',
    "<form action=//zqbad.example><button formaction=javascript:zqbad()>x</button></form>",
    "<sub onclick=zqbad()>x</sub>",
    "<javascript:zqbad()>",
)
#: tags in which text is not just text, or that lead away from the page by themselves
ACTIVE = {"script", "style", "iframe", "object", "embed", "base", "meta", "link", "svg", "math", "form"}
TITLE = "卷<script>zqbad()</script>"


class Finding(NamedTuple):
    tag: str
    name: str
    value: str


class Scan(HTMLParser):
    """What of a page would act: attributes that run or lead somewhere, active tags that hold the mark."""

    def __init__(self, html):
        super().__init__()
        self.found, self._open = [], ""
        self.marks = html.count(MARK)
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self._open = tag
        for name, value in attrs:
            text = (value or "").strip().lower()
            scheme = "".join(text.split()).partition(":")[0]
            is_marked = MARK in text and (tag in ACTIVE or name in {"style", "srcdoc", "href", "src"})
            if name.startswith("on") or is_marked or scheme in {"javascript", "vbscript"}:
                self.found.append(Finding(tag, name, text))

    def handle_endtag(self, tag):
        self._open = ""

    def handle_data(self, data):
        if MARK in data and self._open in ACTIVE:
            self.found.append(Finding(self._open, "", data))


def in_text():
    blocks = [
        f"{number}. 题{number} {one}\nA. {one}\nB. 乙{number}\n答案：A\n解析：{one}\n"
        for number, one in enumerate(HOSTILE, 1)
    ]
    return f"一、单选 {HOSTILE[0]}\n" + "\n".join(blocks)


def rows():
    heads = ("大题", "题型", "题干", "选项A", "选项B", "答案", "解析")
    return [
        heads,
        *((TITLE, "单选", f"题{n} {one}", one, f"乙{n}", "A", one) for n, one in enumerate(HOSTILE)),
    ]


def in_csv():
    text = StringIO()
    csv.writer(text).writerows(rows())
    return text.getvalue().encode()


FILES = {
    "": in_text,
    "卷.txt": lambda: in_text().encode(),
    "卷.csv": in_csv,
    "卷.xlsx": lambda: workbook(*rows()),
    "<svg onload=zqbad()>.docx": lambda: document(*(paragraph(line) for line in in_text().split("\n"))),
}


def harmless(html):
    """Return how often the mark stands on a page on which nothing of it acts."""
    scan = Scan(html)
    assert scan.found == []
    return scan.marks


@pytest.fixture(params=FILES)
def looked(request, look):
    """Return the answer to a file that was sent."""
    name = request.param
    return look(FILES[name](), name, title=TITLE)


def test_what_a_file_brings_in_acts_nowhere_for_its_author(author, looked, take, texts):
    assert "Import 15, skip 2" in follow(author, looked).text
    assert harmless(author.get(looked.headers["Location"]).text) > len(HOSTILE)
    take(looked)
    quiz = f"{texts}/quiz/new-quiz"

    form = form_of(author, quiz)
    page = send(author, form, None, "check").text
    told = author.post(f"{quiz}/check?language=zh", data=dict(form.filled())).get_json()

    assert min(harmless(one) for one in (page, told["html"], author.get(quiz).text)) > len(HOSTILE)


def test_what_a_file_brings_in_acts_nowhere_once_it_is_published(author, looked, take, texts, browse):
    assert take(looked, "publish").status_code == 303
    quiz = f"{texts.removesuffix('/texts')}/quizzes/new-quiz"
    student = browse("student")

    begun = open_page(student, "/courses/etiquette/quizzes/new-quiz").form("/start")
    sat = student.post(begun.action, data=dict(begun.filled()), follow_redirects=True)

    pages = [sat.text, author.get(quiz).text, author.get(f"{quiz}/print").text]
    assert min(map(harmless, pages)) > len(HOSTILE)


@pytest.mark.parametrize("html", HOSTILE[:7])
def test_the_scan_finds_what_acts(html):
    assert Scan(html).found
