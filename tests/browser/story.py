"""The main thing, step by step: a case, its quiz, the tracker; in either language, wherever it is tried."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.browser.answering import answer, answer_all, check, hand_in, item_box, save
from tests.browser.site import QUIZ, Site, items_of
from tests.browser.walking import answer_question, decide, judge
from tests.browser.words import say

#: what the content says on the way, by language
CONTENT = {
    "zh": {
        "case": "先开哪一扇车门",
        "scene": "雨棚下",
        "feedback": "正是该停下来判断的时候",
        "outcome": "满脸不悦",
        "repaired": "神色松了",
        "ending": "卡上多了一行",
        "quiz": "女士优先与车门次序",
    },
    "en": {
        "case": "Which Car Door First?",
        "scene": "Under the canopy",
        "feedback": "exactly the moment to stop and judge",
        "outcome": "Displeased",
        "repaired": "Her face eases",
        "ending": "One more line on the card",
        "quiz": "Ladies First",
    },
}


@dataclass(frozen=True, slots=True)
class Way:
    """Who goes it: the page, its language, and what looks at the page at every stop."""

    site: Site
    page: Page
    language: str
    looks: Callable[[Page], None]

    @property
    def module(self) -> Locator:
        """Return the case's module on the course page."""
        return self.page.locator("#general")

    def says(self, text: str, **values: object) -> str:
        """Return a text of the interface."""
        return say(self.language, text, **values)

    def tells(self, what: str) -> str:
        """Return a text of the content."""
        return CONTENT[self.language][what]

    def press(self, text: str) -> None:
        """Press the button that says this."""
        self.page.get_by_role("button", name=self.says(text), exact=True).click()

    def stop(self) -> None:
        """Look at the page that one has come to."""
        self.looks(self.page)


def expect_earned(way: Way, hours: int) -> None:
    """See so many class hours earned in the module."""
    earned = way.module.locator(".hours div").filter(has_text=way.says("Earned"))
    expect(earned).to_have_text(re.compile(rf"\D{hours}\b(?!\.)|\D{hours}学时"))


def open_course(way: Way) -> None:
    """Go from the front page to the course, where nothing is done yet."""
    way.stop()
    way.page.goto(way.site.course)
    expect(way.module.locator(".is-done")).to_have_count(0)
    expect_earned(way, 0)
    way.stop()


def begin(way: Way) -> None:
    """Open the case from the tracker, and begin it."""
    way.module.get_by_role("link", name=way.tells("case")).click()
    expect(way.page.get_by_role("heading", level=1)).to_have_text(way.tells("case"))
    way.stop()
    way.press("Begin the case")
    expect(way.page.get_by_role("heading", name=way.tells("scene"))).to_be_visible()
    way.stop()


def decide_wrong_then_right(way: Way) -> None:
    """Open the wrong door, read what that does, mend it, and come to an ending."""
    page = way.page
    decide(page, "which-door", 1, "后排是上座")
    expect(page.locator("#which-door")).to_contain_text(way.tells("feedback"))
    expect(page.get_by_role("heading", name=way.tells("outcome"))).to_be_visible()
    decide(page, "repair", 2)
    expect(page.get_by_role("heading", name=way.tells("repaired"))).to_be_visible()
    decide(page, "bag", 1)
    way.stop()
    decide(page, "handover", 3)
    expect(page.get_by_role("heading", name=way.tells("ending"))).to_be_visible()
    expect(page.locator(".score")).to_contain_text("11")


def reflect(way: Way) -> None:
    """Answer the questions for reflection, and judge the first answer oneself."""
    answer_question(way.page, "why", "次序错了：女士优先。")
    judge(way.page, way.language, "why", (1, 3))
    judged = way.says("Self-assessment: %(points)s of %(max)s", points=5, max=10)
    expect(way.page.locator("#why")).to_contain_text(judged)
    answer_question(way.page, "another-car", "先开后排，主宾是总经理。")
    way.stop()


def answer_but_one(way: Way) -> None:
    """Go on to the quiz, answer all but one item, and be told which one is missing."""
    way.page.get_by_role("link", name=way.tells("quiz")).click()
    way.stop()
    way.press("Begin the quiz")
    answer_all(way.page, way.language, items_of(way.site, QUIZ, way.language), but="canopy")
    way.stop()
    save(way.page, way.language)
    check(way.page, way.language)
    expect(way.page.locator("main .item-jump a")).to_have_count(1)
    way.stop()


def answer_the_rest(way: Way) -> None:
    """Follow the name of the missing item, answer it, and hand in."""
    way.page.locator("main .item-jump a").click()
    expect(item_box(way.page, "canopy")).to_be_in_viewport()
    items = {item["id"]: item for item in items_of(way.site, QUIZ, way.language)}
    answer(way.page, way.language, items["canopy"])
    check(way.page, way.language)
    expect(way.page.get_by_text(way.says("Every question is answered."))).to_be_visible()
    hand_in(way.page, way.language)


def read_result(way: Way) -> None:
    """See that the quiz is passed, and what is not scored by the machine."""
    expect(way.page.get_by_text(way.says("Passed"), exact=True)).to_be_visible()
    expect(item_box(way.page, "explain")).to_contain_text(way.says("For you to judge"))
    way.stop()


def see_the_tracker_moved(way: Way) -> None:
    """Go back to the course: both done, two thirds of the module's hours earned."""
    way.page.get_by_role("link", name=way.says("Back to the course")).click()
    expect(way.module.locator(".material .is-done")).to_have_count(2)
    expect(way.module.locator(".material li")).to_have_count(3)
    expect_earned(way, 4)
    way.stop()


def walk_again(way: Way) -> None:
    """Go from the result back to the scene, and try the other door."""
    way.page.go_back()
    way.page.locator("main").get_by_role("link", name=way.tells("case")).click()
    expect(way.page.get_by_role("heading", level=1)).to_have_text(way.tells("case"))
    way.stop()
    way.press("Walk the case again")
    decide(way.page, "which-door", 3, "她先。")
    expect(way.page.locator("#pleased")).to_be_visible()


def walk_and_quiz(way: Way) -> None:
    """Go the whole way, from the front page to the second walk."""
    open_course(way)
    begin(way)
    decide_wrong_then_right(way)
    reflect(way)
    answer_but_one(way)
    answer_the_rest(way)
    read_result(way)
    see_the_tracker_moved(way)
    walk_again(way)
