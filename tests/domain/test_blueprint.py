"""Blueprints: what there is in a bank by cell, what is short, and the paper that comes of it."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.bank import Cell, LeftOut, gather_bank
from app.domain.bank_sources import Source
from app.domain.blueprint import Blueprint, Shortage, Wish, check_stock, compose
from app.domain.errors import BadPaper, NoCommonLanguage, StockShort
from app.domain.items import Difficulty, Level
from app.domain.origins import read_origins
from app.domain.paper import freeze_quiz
from app.domain.quiz import Group, Quiz, points_of
from app.domain.syllabus import Module, Objective, Syllabus
from tests.domain.builders import (
    make_constructed,
    make_info,
    make_multiple,
    make_single,
    make_truth,
    make_weighted,
)

ZH, EN = "zh", "en"
SYLLABUS = Syllabus(
    "礼仪",
    Decimal(10),
    (
        Module("doors", "车门", Decimal(3), objectives=(Objective("1.1", "次序"),)),
        Module("smiles", "微笑", Decimal(2), objectives=(Objective("2.1", "微笑"),)),
    ),
)
ENGLISH = replace(SYLLABUS, modules=tuple(replace(one, title=one.id) for one in SYLLABUS.modules))
SYLLABUSES = {ZH: SYLLABUS, EN: ENGLISH}
TITLES = {ZH: "试卷", EN: "Paper"}
EASY_SINGLE = Cell("doors", Level.KNOW, Difficulty.EASY, "single")


def named(item, name, **fields):
    return replace(item, id=name, heading=f"{name}?", points=None, **fields)


def make_source(slug, *groups, languages=(ZH,), **fields):
    quizzes = {one: Quiz(slug, groups, language=one, **fields) for one in languages}
    return Source(slug, languages[0], quizzes)


def easy_group(names, slug="", **fields):
    items = tuple(named(make_single(), f"{slug}{n}") for n in names)
    return Group("题", items=items, level=Level.KNOW, difficulty=Difficulty.EASY, **fields)


def bank_of(*sources):
    return gather_bank(sources, SYLLABUSES)


def doors(names="abcdef", slug="", quiz="ladies", **fields):
    return make_source(quiz, easy_group(names, slug), module="doors", **fields)


def one_wish(count, points="2", cell=EASY_SINGLE):
    return {cell: Wish(count, Decimal(points))}


def paper(bank, wishes, seed="7", **fields):
    return compose(bank, Blueprint(TITLES, wishes, **fields), seed)[ZH]


def ids(quiz):
    return [item.id for item in quiz.items]


# the bank


def test_an_item_stands_in_the_cell_of_what_it_inherits():
    own = named(make_truth(), "own", objectives=("2.1",), level=Level.MASTER)
    group = Group("题", items=(own, named(make_single(), "bare")), difficulty=Difficulty.HARD)

    bank = bank_of(make_source("q", group, module="doors"))

    assert [(one.item.id, one.cell) for one in bank.items] == [
        ("bare", Cell("doors", None, Difficulty.HARD, "single")),
        ("own", Cell("smiles", Level.MASTER, Difficulty.HARD, "true-false")),
    ]


def test_an_objective_that_the_syllabus_does_not_have_leads_to_the_quizs_module():
    item = named(make_single(), "q1", objectives=("9.9",))

    (found,) = bank_of(make_source("q", Group(items=(item,)), module="smiles")).items

    assert (found.cell.module, found.has_objective) == ("smiles", False)


def test_what_cannot_stand_alone_is_left_out_and_counted():
    shared = easy_group("ab", "s", stem="读下面的材料。")
    of_case = easy_group("c", "s", case="door")
    plain = Group(items=(named(make_info(), "note"), *easy_group("d").items))

    bank = bank_of(make_source("q", shared, of_case, plain), make_source("r", easy_group("d")))

    assert [one.item.id for one in bank.items] == ["d"]
    assert bank.left_out == {LeftOut.SHARED: 3, LeftOut.NOTE: 1, LeftOut.TWICE: 1}


def test_the_items_below_an_instruction_can_stand_alone_those_of_a_case_never():
    told = easy_group("ab", stem="每小题只有一个正确选项。")
    source = replace(make_source("q", told, easy_group("c", case="door")), instructions=frozenset({1, 2}))

    assert [one.item.id for one in bank_of(source).items] == ["a", "b"]


def test_items_that_have_the_text_above_them_in_them_stand_alone_those_of_a_case_never():
    told = easy_group("ab", stem="读下面的材料。")
    source = replace(make_source("q", told, easy_group("c", stem="再读。", case="door")), is_told=True)

    bank = bank_of(source)

    assert [(one.item.id, one.text) for one in bank.items] == [("a", told.stem), ("b", told.stem)]
    assert bank.left_out == {LeftOut.SHARED: 1}


def test_what_cannot_have_the_text_above_it_is_left_out_and_counted():
    told = easy_group("ab", stem="读 `[[1]]`。")
    source = replace(make_source("q", told), is_told=True, untold=frozenset({"b"}))

    bank = bank_of(source)

    assert [one.item.id for one in bank.items] == ["a"]
    assert bank.left_out == {LeftOut.UNTOLD: 1}


def test_a_bank_has_the_languages_that_all_quizzes_have():
    both, chinese = doors(languages=(ZH, EN)), doors("xy", quiz="smile")

    assert bank_of(both).languages == (ZH, EN)
    assert bank_of(both, chinese).languages == (ZH,)
    with pytest.raises(NoCommonLanguage):
        bank_of(chinese, doors("z", quiz="guard", languages=(EN,)))


def test_the_rule_of_a_quiz_comes_along_with_its_items():
    group = Group(items=(named(make_multiple(), "m"), named(make_multiple(), "n", scoring="half")))

    bank = bank_of(make_source("q", group, multiple="share"))

    assert [one.item.scoring for one in bank.items] == ["share", "half"]


# the stock


def test_a_cell_that_is_short_is_named_with_what_there_is():
    stock = bank_of(doors("abc")).stock
    other = Cell("smiles", None, None, "single")

    assert check_stock(stock, one_wish(3)) == []
    assert check_stock(stock, one_wish(4) | one_wish(1, cell=other)) == [
        Shortage(EASY_SINGLE, 4, 3),
        Shortage(other, 1, 0),
    ]


def test_what_a_key_or_a_rule_fixes_is_not_given_other_points():
    items = (
        named(make_constructed("8"), "eight"),
        replace(named(make_constructed("10"), "ten"), heading="十?"),
        named(make_weighted("3", "1"), "three"),
        named(make_multiple(rule="fixed:1.5"), "part"),
    )
    stock = bank_of(make_source("q", Group(items=items))).stock
    written, best, many = (Cell(None, None, None, name) for name in ("constructed", "weighted", "multiple"))

    assert check_stock(stock, one_wish(2, "8", written)) == [Shortage(written, 2, 1, others=1)]
    assert check_stock(stock, one_wish(1, "3", best) | one_wish(1, "1.5", many)) == []
    assert check_stock(stock, one_wish(1, "1", many)) == [Shortage(many, 1, 0, others=1)]


@pytest.mark.parametrize(
    ("wishes", "refusal"),
    [
        ({}, BadPaper),
        (one_wish(7), StockShort),
        (one_wish(0), BadPaper),
        (one_wish(1, "0"), BadPaper),
        (one_wish(1, "100.01"), BadPaper),
        (one_wish(1, "0.125"), BadPaper),
    ],
)
def test_what_makes_no_paper_is_refused(wishes, refusal):
    with pytest.raises(refusal):
        paper(bank_of(doors()), wishes)


# the paper


@pytest.mark.parametrize("seed", ["1", "2", "3", "4", "5"])
def test_no_text_is_asked_about_twice_while_there_are_others(seed):
    groups = (easy_group("123", name, stem=f"材料{name}") for name in "abc")
    told = replace(make_source("q", *groups, easy_group("xy"), module="doors"), is_told=True)
    bank = bank_of(told)

    five, eight = (ids(paper(bank, one_wish(count), seed)) for count in (5, 8))

    assert sorted(name[0] for name in five) == ["a", "b", "c", "x", "y"]
    assert sorted(name[0] for name in eight) == ["a", "a", "b", "b", "c", "c", "x", "y"]
    assert set(five) < set(eight)
    assert five == ids(paper(bank, one_wish(5), seed))


def test_a_paper_for_all_has_a_big_question_a_type_in_the_order_of_papers():
    items = (
        named(make_constructed("8"), "why"),
        named(make_truth(), "true"),
        named(make_single(), "one"),
        named(make_multiple(), "many"),
    )
    bank = bank_of(make_source("q", Group(items=items), languages=(ZH, EN)))
    worth = {"single": "2", "multiple": "4", "true-false": "1", "constructed": "8"}
    wishes = {cell: Wish(1, Decimal(worth[cell.type])) for cell in bank.stock}

    composed = compose(bank, Blueprint(TITLES, wishes), "7")

    assert list(composed) == [ZH, EN]
    assert [group.title for group in composed[ZH].groups] == ["单项选择题", "多项选择题", "判断题", "问答题"]
    assert [group.title for group in composed[EN].groups] == [
        "Single choice",
        "Multiple choice",
        "True or false",
        "Written answers",
    ]
    assert [group.each for group in composed[ZH].groups] == [2, 4, 1, 8]
    assert ids(composed[ZH]) == ids(composed[EN]) == ["one", "many", "true", "why"]
    assert (composed[EN].use, composed[EN].title, composed[EN].language) == ("exam", "Paper", "en")


def test_where_types_are_not_told_apart_a_cell_holds_them_all():
    mixed = Group(
        items=(named(make_truth(), "t"), named(make_single(), "s"), named(make_constructed("8"), "w"))
    )
    bank = bank_of(make_source("q", mixed, module="doors")).without_types()
    (cell,) = bank.stock

    assert cell == Cell("doors", None, None)
    assert check_stock(bank.stock, one_wish(3, cell=cell)) == [Shortage(cell, 3, 2, others=1)]
    for_all = paper(bank, one_wish(2, cell=cell))
    assert [(group.title, group.each) for group in for_all.groups] == [("单项选择题", 2), ("判断题", 2)]
    (group,) = paper(bank, one_wish(1, cell=cell), draws_each=True).groups
    assert (group.title, group.draw, [item.id for item in group.items]) == ("车门", 1, ["s", "t"])


def test_points_that_differ_within_a_type_stand_at_the_items():
    hard = replace(easy_group("x"), difficulty=Difficulty.HARD)
    bank = bank_of(make_source("q", easy_group("a"), hard, module="doors"))
    wishes = one_wish(1, "2") | one_wish(1, "3", replace(EASY_SINGLE, difficulty=Difficulty.HARD))

    (group,) = paper(bank, wishes).groups

    assert group.each is None
    assert [(item.id, item.points) for item in group.items] == [("a", 2), ("x", 3)]


def test_of_a_drawn_paper_everybody_draws_from_all_items_of_a_cell():
    bank = bank_of(doors("abc", languages=(ZH, EN)))

    composed = compose(bank, Blueprint(TITLES, one_wish(2), draws_each=True), "7")

    (group,) = composed[ZH].groups
    assert (group.draw, group.each) == (2, Decimal(2))
    assert group.shuffle
    assert ids(composed[ZH]) == ["a", "b", "c"]
    assert (group.title, composed[EN].groups[0].title) == ("车门：单项选择题", "doors: Single choice")


def test_items_keep_what_they_inherited_where_nothing_is_inherited_any_more():
    source = make_source("q", easy_group("a", objectives=("1.1",), topic=("次 序", "a{b")), module="smiles")

    (item,) = paper(bank_of(source), one_wish(1)).items

    assert (item.objectives, item.level, item.difficulty) == (("1.1",), Level.KNOW, Difficulty.EASY)
    assert item.topic == ("次_序",)


@pytest.mark.parametrize(("module", "kept"), [("doors", "doors"), (None, None)])
def test_the_module_of_items_without_an_objective_becomes_the_papers(module, kept):
    bank = bank_of(make_source("q", easy_group("ab"), module=module))
    (cell,) = bank.stock

    assert paper(bank, one_wish(1, cell=cell)).module == kept


def test_ids_are_prefixed_only_where_they_clash():
    first, second = doors("abc"), doors("ax", slug="", quiz="smile")
    second = replace(second, quizzes={ZH: replace(second.master, groups=(_reworded(second),))})
    third = make_source("door", easy_group(["smile-a"]), module="doors")

    quiz = paper(bank_of(first, second, third), one_wish(6))

    assert ids(quiz) == ["ladies-a", "b", "c", "smile-a-2", "x", "smile-a"]


def _reworded(source):
    (group,) = source.master.groups
    return replace(group, items=tuple(replace(item, heading=f"{item.id}??") for item in group.items))


def test_a_paper_names_the_quizzes_that_it_takes_from_and_those_behind_them():
    earlier = make_source("paper-1", easy_group("e"), module="doors", source="Composed from smile, ladies")
    unused = make_source("unused", easy_group("u"), module="smiles")
    bank = bank_of(doors("a"), earlier, unused)

    quiz = paper(bank, one_wish(2))

    assert read_origins(quiz.source) == ("ladies", "paper-1", "smile")


seeds = st.text("0123456789abcdef", min_size=1, max_size=8)


@st.composite
def orders(draw):
    """Return a bank of two quizzes whose ids clash, and wishes that it can fill."""
    sizes = draw(st.tuples(st.integers(1, 9), st.integers(0, 9)))
    names = [f"q{number}" for number in range(9)]
    first = doors(names[: sizes[0]])
    second = make_source("smile", Group(items=_truths(names[: sizes[1]])), module="smiles")
    bank = bank_of(first, second)
    wishes = {}
    for cell, items in bank.stock.items():
        count = draw(st.integers(0, len(items)))
        if count:
            wishes[cell] = Wish(count, draw(st.sampled_from([Decimal("0.5"), Decimal(2), Decimal("2.25")])))
    return (bank, wishes) if wishes else (bank, {cell: Wish(1, Decimal(2)) for cell in bank.stock})


def _truths(names):
    return tuple(named(make_truth(), name) for name in names)


@given(orders(), seeds, st.booleans())
def test_a_person_gets_as_many_items_of_each_cell_and_as_many_points_as_was_said(order, seed, draws_each):
    bank, wishes = order

    quiz = paper(bank, wishes, seed, draws_each=draws_each)

    frozen = freeze_quiz(quiz, {})
    blueprint = Blueprint(TITLES, wishes)
    assert (frozen.count, frozen.worth) == (blueprint.count, blueprint.worth)
    assert len(set(ids(quiz))) == len(ids(quiz))
    by_type = {group.items[0].type: group for group in quiz.groups}
    for cell, wish in wishes.items():
        group = by_type[cell.type]
        assert (group.draw or len(group.items)) == wish.count
        assert {points_of(item, group) for item in group.items} == {wish.points}


@given(orders(), seeds)
def test_the_same_seed_composes_the_same_paper(order, seed):
    bank, wishes = order

    assert paper(bank, wishes, seed) == paper(bank, wishes, seed)


def test_another_seed_chooses_others():
    bank = bank_of(doors("abcdef"))

    chosen = {tuple(ids(paper(bank, one_wish(3), str(seed)))) for seed in range(30)}

    assert len(chosen) > 10
    assert all(list(names) == sorted(names) for names in chosen)
