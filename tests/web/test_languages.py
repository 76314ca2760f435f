import re
import shlex
import subprocess
import sys

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from flask_babel import gettext, ngettext

from app.settings import ROOT
from app.web.languages import TRANSLATIONS, current_language, sentences

CHINESE = TRANSLATIONS / "zh_CN" / "LC_MESSAGES" / "messages.po"
PLACEHOLDER = re.compile(r"%\(\w+\)s|%%|\{\w+\}")


@pytest.fixture(scope="module")
def chinese() -> Catalog:
    with CHINESE.open("rb") as file:
        return read_po(file)


@pytest.fixture(scope="module")
def used(tmp_path_factory) -> Catalog:
    """Collect the texts as `make messages` does, with the words of the Makefile itself."""
    template = tmp_path_factory.mktemp("texts") / "messages.pot"
    recipe = re.search(r"pybabel --quiet (extract .*?) -o ", (ROOT / "Makefile").read_text(), re.DOTALL)
    assert recipe
    words = recipe[1].replace("\\\n", " ")
    command = [sys.executable, "-m", "babel.messages.frontend", "--quiet", *shlex.split(words)]
    subprocess.run([*command, "-o", str(template), "."], cwd=ROOT, check=True)
    with template.open("rb") as file:
        return read_po(file)


def texts(message: Message) -> list[str]:
    string = message.string or ""
    return [string] if isinstance(string, str) else list(string)


def ids(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def test_every_text_of_the_interface_is_in_the_chinese_catalogue(chinese, used):
    missing = [ids(message)[0] for message in used if message.id and not chinese.get(message.id)]

    assert missing == [], "run `make messages` and translate them"


def test_every_text_of_the_catalogue_is_translated_and_none_is_a_guess(chinese):
    open_ones = [ids(message)[0] for message in chinese if message.id and not all(texts(message))]
    guessed = [ids(message)[0] for message in chinese if message.id and message.fuzzy]

    assert (open_ones, guessed) == ([], [])


def test_no_translation_is_kept_for_a_text_that_is_gone(chinese, used):
    gone = [ids(message)[0] for message in chinese if message.id and not used.get(message.id)]

    assert (gone, list(chinese.obsolete)) == ([], [])


def test_a_translation_fills_in_what_the_text_fills_in(chinese):
    different = [
        ids(message)[0]
        for message in chinese
        if message.id
        for text in texts(message)
        if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(ids(message)[-1]))
    ]

    assert different == []


@pytest.mark.parametrize(
    ("cookie", "accepted", "language"),
    [
        (None, None, "zh"),
        (None, "en-GB,en;q=0.9", "en"),
        (None, "zh-TW,zh;q=0.8,en;q=0.5", "zh"),
        (None, "fr-FR,fr;q=0.9", "zh"),
        ("en", "zh-CN", "en"),
        ("zh", "en", "zh"),
        ("tlh", "en", "en"),
    ],
)
def test_the_language_is_the_chosen_one_else_what_the_browser_asks_for(app, cookie, accepted, language):
    headers = {"Accept-Language": accepted} if accepted else {}
    if cookie:
        headers["Cookie"] = f"language={cookie}"

    with app.test_request_context(headers=headers):
        assert current_language() == language


def test_outside_a_request_chinese_is_spoken():
    assert current_language() == "zh"


@pytest.mark.parametrize(("cookie", "words"), [("zh", ["首页", "5分钟"]), ("en", ["Home", "5 minutes"])])
def test_texts_come_in_the_language_of_the_page(app, cookie, words):
    with app.test_request_context(headers={"Cookie": f"language={cookie}"}):
        assert [gettext("Home"), ngettext("%(num)s minute", "%(num)s minutes", 5)] == words


@pytest.mark.parametrize(("cookie", "lang"), [("zh", "zh-CN"), ("en", "en")])
def test_the_page_says_which_language_it_speaks(client, cookie, lang):
    client.set_cookie("language", cookie)

    page = client.get("/").get_data(as_text=True)

    assert f'<html lang="{lang}"' in page


@pytest.mark.parametrize(("language", "said"), [("zh", "完成。再来。"), ("en", "完成。 再来。")])
def test_between_sentences_stands_a_space_in_english_alone(app, language, said):
    with app.test_request_context("/", headers={"Accept-Language": language}):
        assert sentences("完成。", "再来。") == said
