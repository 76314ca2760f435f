"""Authors who take questions in, for the tests of those pages."""

from io import BytesIO

import pytest

from tests.support.pages import Page, open_page
from tests.web.authors import author, texts

__all__ = ["author", "imports", "look", "take", "texts"]

PAPER = """一、单项选择题（每题2分）
1. 客人到来，先做什么？
A. 问候
B. 登记
答案：A
2. 女士优先。
答案：也许
二、简答题
1. 为什么？（5分）
难度：天
"""


@pytest.fixture
def imports(texts):
    return texts.removesuffix("/texts") + "/imports"


@pytest.fixture
def look(author, imports):
    """Return a function that sends a file or a text; gives the answer."""

    def looked(sent, name="", client=None, **values):
        form = open_page(author, imports).form("/imports")
        fields = dict(form.fields) | {"title": "新题", "slug": "new-quiz"} | values
        fields |= {"file": (BytesIO(sent), name)} if name else {"text": sent}
        return (client or author).post(imports, data=fields, headers={"Accept-Language": "en"})

    return looked


@pytest.fixture
def take(author):
    """Return a function that presses a button of the page where an answer led; gives the answer."""

    def taken(answer, button="draft", client=None):
        address = answer.headers["Location"]
        token = Page(author.get(address).text).forms[-1].value("csrf_token")
        data = {"csrf_token": token, button: "1"}
        return (client or author).post(address, data=data, headers={"Accept-Language": "en"})

    return taken
