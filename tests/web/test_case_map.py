"""A case as a map: every section once, where each option leads, the line of each part."""

import pytest

from app.content.parse import Kind, parse_text
from app.domain.case import Case
from app.web.authoring.maps import DEEPEST, map_of
from tests.content.samples import CASE
from tests.web.authors import author, case, page_of, texts

__all__ = ["author", "case", "texts"]


@pytest.fixture
def twigs(app):
    """Return what makes the map of a text, in English."""

    def made(text):
        parsed = parse_text(text, Kind.CASE)
        assert isinstance(parsed.document, Case), parsed.errors
        with app.test_request_context(headers={"Accept-Language": "en"}):
            return map_of(parsed.document, parsed.lines)

    return made


def flat(twigs, depth=0):
    for twig in twigs:
        yield depth, twig
        yield from flat(twig.twigs, depth + 1)


def told(twigs):
    return [f"{'  ' * depth}{twig.label} {twig.note}".rstrip() for depth, twig in flat(twigs)]


def test_a_map_follows_every_way_to_its_ending(twigs):
    assert told(twigs(CASE)) == [
        "Scene #arrival",
        "Decision: 你先打开哪扇车门?",
        "  后排车门 0 points · 礼貌 −1",
        "    Outcome: 女宾不悦",
        "    Decision: 现在怎么补救?",
        "      微笑耸肩 −1 point · 礼貌 −1",
        "        Ending: 投诉",
        "      致歉并护顶 +3 points · 礼貌 +1",
        "        Ending: 挽回",
        "  副驾驶车门 +5 points · 礼貌 +2",
        "    Ending: 含笑致谢",
    ]


def test_each_part_has_its_line(twigs):
    lines = CASE.split("\n")

    for _, twig in flat(twigs(CASE)):
        name = twig.label.partition(": ")[2] or twig.label.partition("#")[2] or twig.label
        assert twig.line is not None
        assert name in lines[twig.line - 1]


def test_a_section_that_two_ways_lead_to_is_drawn_once(twigs):
    text = CASE.replace("-> #lost {-1分", "-> #saved {-1分").replace("## 结局:投诉 {#lost}\n\n", "")

    found = told(twigs(text))

    assert [line.strip() for line in found if "挽回" in line] == [
        "Ending: 挽回",
        "Ending: 挽回 goes on there",
    ]


def chain(length):
    """Return a case of so many decisions, one after the other, and one ending."""
    parts = ["---\ntitle: 长\n---\n"]
    for n in range(length):
        onward = " -> #e" if n == length - 1 else ""
        options = f"- ( ) 甲{onward} {{1分}}\n- ( ) 乙{onward} {{0分}}\n"
        parts.append(f"## 决策点:第{n}步 {{#d{n}}}\n\n{options}")
    return "\n".join([*parts, "## 结局:完 {#e}\n"])


def test_a_long_case_is_drawn_so_deep_and_no_deeper(twigs):
    found = list(flat(twigs(chain(120))))

    assert max(depth for depth, _ in found) <= 2 * (DEEPEST + 2)


def test_the_editor_of_a_case_shows_the_map_and_its_list(author, case):
    html = author.get(case, headers={"Accept-Language": "en"}).text

    assert "The case as a map" in page_of(author, case).text
    assert 'class="path-map"' in html
    assert html.count("data-line=") > 10
