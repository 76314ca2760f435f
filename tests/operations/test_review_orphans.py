"""Translations whose original is gone."""

from app.operations.courses import ensure_course
from app.operations.documents import list_titles
from tests.support.builders import COURSE, make_classroom, publish_texts

CASE = """---
title: {title}
---
## 情境:雨棚下 {{#rain}}
车来了。

## 决策点:先开哪扇门? {{#door}}
- ( ) 前门 -> #good {{5分}}
- ( ) 后门 -> #bad {{0分}}

## 结局:好 {{#good}}
## 结局:不好 {{#bad}}
"""
ORIGINAL, TRANSLATION = f"cases/{COURSE}/porch.md", f"cases/{COURSE}/porch.en.md"


def test_a_translation_without_its_original_is_not_listed(session, tmp_path, now):
    room = make_classroom(session, tmp_path, now)
    texts = {ORIGINAL: CASE.format(title="雨棚下"), TRANSLATION: CASE.format(title="Under the porch")}
    publish_texts(session, room.library, texts, now)
    course = ensure_course(session, COURSE, now)
    listed_before = set(list_titles(session, course.id)[("case", "porch")])

    publish_texts(session, room.library, {ORIGINAL: None}, now)

    assert listed_before == {"zh", "en"}
    assert ("case", "porch") not in list_titles(session, course.id)
