"""The part of the tour where texts are written: a draft, what it changes, a revision, its history."""

from playwright.sync_api import Page

WRITTEN = (
    *("texts", "text-new", "text-edit", "text-errors", "text-history", "text-changes"),
    *("text-unfit", "text-translation"),
)


def write_texts(page: Page, paths: dict[str, str], offering: str) -> None:
    """Publish a change of a quiz; leave drafts: another change, a case with errors, a broken syllabus."""
    texts = f"{offering}/texts"
    quiz, case = f"{texts}/quiz/costly-smile", f"{texts}/case/costly-smile"
    page.goto(quiz)
    text = page.locator("#text").input_value()
    page.locator("#text").fill(text.replace("讥笑", "嘲笑", 1))
    page.locator("[name=message]").fill("选项措辞更自然")
    page.locator("[name=publish]").click()
    page.wait_for_url("**/history*")
    page.goto(quiz)
    page.locator("#text").fill(text)
    page.locator("[name=save]").click()
    page.locator("[name=discard]").wait_for()
    page.goto(case)
    broken = page.locator("#text").input_value().replace("-> #search", "-> #nowhere", 1)
    page.locator("#text").fill(broken)
    page.locator("[name=save]").click()
    page.locator("[name=discard]").wait_for()
    syllabus = f"{texts}/syllabus/syllabus"
    page.goto(syllabus)
    text = page.locator("#text").input_value()
    page.locator("#text").fill(text.replace("{#overview", "{#beginning", 1))
    page.locator("[name=save]").click()
    page.locator("[name=discard]").wait_for()
    translation = f"{quiz}?language=en"
    page.goto(translation)
    text = page.locator("#text").input_value()
    page.locator("#text").fill(text.replace("(x)", "( )", 1).replace("( )", "(x)", 1))
    page.locator("[name=save]").click()
    page.locator("[name=discard]").wait_for()
    paths |= {
        "text-unfit": syllabus,
        "text-translation": translation,
        "texts": texts,
        "text-new": f"{texts}/new",
        "text-edit": quiz,
        "text-errors": case,
        "text-history": f"{quiz}/history",
        "text-changes": f"{quiz}/changes?old=1&new=2",
    }
