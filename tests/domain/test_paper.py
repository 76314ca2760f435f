"""Papers: frozen from a quiz, named by what they say."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from app.domain.items import ItemType
from app.domain.paper import freeze_quiz, manifest_hash, manifest_of, read_manifest
from app.domain.quiz import Group, Quiz
from tests.domain.builders import make_constructed, make_info, make_multiple, make_single


def named(item, name):
    return replace(item, id=name)


ITEMS = (
    named(make_single(points="2"), "a"),
    named(replace(make_multiple(), points=None), "b"),
    named(make_info(), "c"),
    named(replace(make_constructed("10"), points=None), "d"),
)
QUIZ = Quiz("礼仪", (Group("一", items=ITEMS, each=Decimal("1.5"), draw=2),), multiple="share")


def test_what_is_inherited_is_frozen_with_the_item():
    (group,) = freeze_quiz(QUIZ, {"zh": 4}).groups

    assert [(item.key, item.points) for item in group.items] == [
        ("a", 2),
        ("b", Decimal("1.5")),
        ("c", 0),
        ("d", Decimal("1.5")),
    ]
    assert [item.scoring for item in group.items] == [None, "share", None, None]
    assert [item.options for item in group.items] == [4, 4, 0, 0]
    assert group.draw == 2


@pytest.mark.parametrize(
    ("quiz_shuffles", "group_shuffles", "shuffled"),
    [(False, False, False), (True, False, True), (False, True, True), (True, True, True)],
)
def test_a_group_is_shuffled_if_it_or_the_quiz_says_so(quiz_shuffles, group_shuffles, shuffled):
    quiz = Quiz("", (Group(items=ITEMS, shuffle=group_shuffles),), shuffle=quiz_shuffles)

    assert freeze_quiz(quiz, {}).groups[0].shuffle is shuffled


def test_the_pass_mark_is_60_where_the_quiz_says_nothing():
    assert freeze_quiz(QUIZ, {}).pass_mark == 60
    assert freeze_quiz(replace(QUIZ, pass_mark=Decimal(0)), {}).pass_mark == 0


def test_a_manifest_reads_back_as_the_paper():
    paper = freeze_quiz(replace(QUIZ, pass_mark=Decimal("72.5")), {"zh": 4, "en": 7}, {"door": {"zh": 2}})

    assert read_manifest(json.loads(manifest_of(paper))) == paper


def test_equal_papers_have_one_name_however_they_were_put_together():
    one = manifest_of(freeze_quiz(QUIZ, {"zh": 4, "en": 7}))
    other = manifest_of(freeze_quiz(QUIZ, {"en": 7, "zh": 4}))

    assert manifest_hash(one) == manifest_hash(other)
    assert len(manifest_hash(one)) == 64


@pytest.mark.parametrize(
    "changed",
    [
        replace(QUIZ, pass_mark=Decimal(50)),
        replace(QUIZ, shuffle=True),
        replace(QUIZ, multiple=None),
        replace(QUIZ, groups=(replace(QUIZ.groups[0], draw=1),)),
        replace(QUIZ, groups=(replace(QUIZ.groups[0], each=Decimal(2)),)),
        replace(QUIZ, groups=(replace(QUIZ.groups[0], items=ITEMS[::-1]),)),
    ],
)
def test_another_rule_makes_another_paper(changed):
    before = manifest_hash(manifest_of(freeze_quiz(QUIZ, {"zh": 4})))

    assert manifest_hash(manifest_of(freeze_quiz(changed, {"zh": 4}))) != before


def test_another_revision_makes_another_paper():
    hashes = {
        manifest_hash(manifest_of(freeze_quiz(QUIZ, revisions, cases)))
        for revisions, cases in [
            ({"zh": 4}, {}),
            ({"zh": 5}, {}),
            ({"zh": 4, "en": 5}, {}),
            ({"zh": 4}, {"x": {"zh": 1}}),
        ]
    }

    assert len(hashes) == 4


def test_a_manifest_holds_no_key():
    text = manifest_of(freeze_quiz(QUIZ, {"zh": 4}))

    assert "指出次序" not in text
    assert ItemType.SINGLE.value in text
    known = {"key", "type", "points", "scoring", "options", "shown_once", "blanks", "variables"}
    assert set(json.loads(text)["groups"][0]["items"][0]) == known
