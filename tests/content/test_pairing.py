"""One more case or quiz below a module of a syllabus, and nothing else of its text is changed."""

import pytest

from app.content.pairing import with_material
from app.content.parse import Kind, parse_text
from app.domain.syllabus import Syllabus
from app.settings import ROOT
from tests.support.texts import make_syllabus_text

OWN = sorted((ROOT / "cases").glob("*/syllabus*.md"))
BARE = """---
标题: 课
学时: 2
---

## 门 {#doors 1学时}

说明。

```
## 不是模块
案例: 不是
```

## 笑 {#smiles}
"""


def modules_of(text):
    document = parse_text(text, Kind.SYLLABUS).document
    assert isinstance(document, Syllabus)
    return {one.id: one for one in document.modules}


@pytest.mark.parametrize("path", OWN, ids=lambda path: f"{path.parent.name}-{path.name}")
@pytest.mark.parametrize("key", ["cases", "quizzes", "readings"])
def test_each_module_of_the_courses_takes_one_more(path, key):
    text = path.read_text()

    for module in modules_of(text):
        changed = with_material(text, module, key, "one-more")

        assert changed is not None
        assert getattr(modules_of(changed)[module], key)[-1] == "one-more"
        old, new = text.split("\n"), changed.split("\n")
        assert len([line for line in new if line not in old]) == 1


def test_a_module_without_material_gets_a_line_after_a_gap():
    changed = with_material(BARE, "doors", "cases", "porch")

    assert changed is not None
    assert "```\n\n案例: porch\n\n## 笑" in changed


def test_an_english_syllabus_gets_an_english_line():
    text = BARE.replace("标题: 课", "title: Course\nlanguage: en")

    assert "\nquizzes: porch\n" in f"{with_material(text, 'smiles', 'quizzes', 'porch')}\n"


@pytest.mark.parametrize(
    ("text", "module", "slug"),
    [
        (BARE, "nowhere", "porch"),
        ("", "doors", "porch"),
        (make_syllabus_text().replace("学时", "学 时"), "doors", "porch"),
        (BARE, "doors", "Not a slug"),
    ],
)
def test_what_cannot_be_written_is_not(text, module, slug):
    assert with_material(text, module, "cases", slug) is None


def test_what_is_listed_already_is_not_listed_twice():
    once = with_material(BARE, "doors", "cases", "porch")

    assert once is not None
    assert with_material(once, "doors", "cases", "porch") is None
