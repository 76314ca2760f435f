"""The part of the tour where texts are written: a draft, what it changes, a revision, its history."""

from urllib.parse import urlsplit

from playwright.sync_api import Page

WRITTEN = (
    *("texts", "text-new", "text-edit", "text-errors", "text-history", "text-changes"),
    *("text-unfit", "text-translation"),
    *("imports", "import-looked", "export", "try-case", "try-quiz"),
)
#: a paper with a question that is taken, one with a loss, one that is there twice and one with a fault
PAPER = """一、单项选择题（每题2分）
1. 客人到来，先做什么？
A. 问候    B. 登记    C. 询问来意
答案：A
解析：先问候，客人才会觉得受到欢迎。
2. 开车门时应先请谁下车？
A. 副驾驶座的客人
B. 后排的客人
答案：D
3. 客人到来，先做什么？
A. 问候    B. 登记    C. 询问来意
答案：A
二、填空题（每空1分）
1. 送客要送到____，目送客人____。
答案：门口;大门口|离开
三、案例分析题
1. 一位外国女宾坐在副驾驶座上，礼宾员先打开了后排车门，女宾面露不悦。
（1）她为什么不悦？（4分）
难度：天
评分标准：
2分：指出开门次序的错误
2分：说明女士优先
"""


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
    page.goto(f"{offering}/imports")
    page.locator("[name=text]").fill(PAPER)
    page.locator("[name=title]").fill("期末复习题")
    page.locator("[name=slug]").fill("review")
    page.locator("main form").get_by_role("button").last.click()
    page.wait_for_url("**/imports/*")
    looked = urlsplit(page.url).path
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
        "imports": f"{offering}/imports",
        "import-looked": looked,
        "export": f"{texts}/quiz/service-drill/export",
        "try-case": f"{texts}/case/first-car-door/try",
        "try-quiz": f"{texts}/quiz/service-drill/try",
        "texts": texts,
        "text-new": f"{texts}/new",
        "text-edit": quiz,
        "text-errors": case,
        "text-history": f"{quiz}/history",
        "text-changes": f"{quiz}/changes?old=1&new=2",
    }
