"""How an answer changed, told shortly where it is long."""

import pytest

from app.web.attempts.changes import change_of

CLAUSES = [f"第{n}句讲次序，" for n in range(40)]
LONG = "".join(CLAUSES)


def told(before: str, after: str) -> list[tuple[str, str]]:
    return [(part.kind, part.text) for part in change_of(before, after).parts]


@pytest.mark.parametrize(
    ("before", "after"),
    [("", "护顶"), ("护顶", ""), ("护顶", "开门"), ("", LONG), (LONG, ""), ("啊" * 300, "哦" * 300)],
)
def test_short_answers_and_those_with_nothing_in_common_stand_side_by_side(before, after):
    change = change_of(before, after)

    assert (change.before, change.after, change.parts) == (before, after, ())


def test_of_a_long_text_only_what_differs_is_told():
    after = "".join([*CLAUSES[:20], "改了，", *CLAUSES[21:]]) + "完。"

    assert told(LONG, after) == [
        ("same", "…" + "".join(CLAUSES[:20])[-40:]),
        ("out", CLAUSES[20]),
        ("in", "改了，"),
        ("same", f"{''.join(CLAUSES[21:])[:40]}…{''.join(CLAUSES[21:])[-40:]}"),
        ("in", "完。"),
    ]


def test_what_is_far_from_any_change_is_left_out():
    assert told(LONG, "首先，" + LONG) == [("in", "首先，"), ("same", LONG[:40] + "…")]


def test_every_sign_that_was_taken_out_or_put_in_is_told():
    after = LONG.replace("第3句", "第三句").replace("第33句", "")

    parts = change_of(LONG, after).parts

    gone = "".join(part.text for part in parts if part.kind == "out")
    come = "".join(part.text for part in parts if part.kind == "in")
    assert (gone, come) == (CLAUSES[3] + CLAUSES[33], "第三句讲次序，讲次序，")


def test_two_long_texts_that_differ_everywhere_are_not_compared_piece_by_piece():
    before, after = "甲，" * 5000, "乙，" + "甲，" * 2500 + "丙，" * 2500

    change = change_of(before, after)

    assert (change.before, change.after, change.parts) == (before, after, ())
