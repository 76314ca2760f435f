"""Simulated students: the same seed the same students, the abler the better, no answer that is refused."""

from dataclasses import replace
from statistics import mean, stdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.answers import check_answer
from app.domain.items import Difficulty, ItemType
from app.domain.keys import NumericKey
from app.domain.scoring import score
from app.domain.simulation import Student, Traits, chance_of_right, draw_student, sit, traits_of
from tests.domain.builders import make_numeric, make_single, make_truth
from tests.domain.item_strategies import ITEMS

ANSWERED = [one for one in ItemType if one not in {ItemType.INFO, ItemType.UPLOAD}]
PAPER = [
    (f"q{number}", replace(make_single(str(number % 4 + 1), 4, "1"), id=f"q{number}")) for number in range(40)
]


def total(student, seed="exam/1"):
    last = {step.key: step.answer for step in sit(PAPER, student, ("exam", seed))}
    return sum(score(item, last.get(key)).points for key, item in PAPER)


@pytest.mark.parametrize("item_type", ANSWERED)
@settings(max_examples=60)
@given(st.data(), st.integers(0, 1000), st.sampled_from([-3.0, 0.0, 3.0]))
def test_every_answer_is_one_that_the_item_takes(item_type, data, number, ability):
    item = data.draw(ITEMS[item_type])

    steps = list(sit([("q1", item)], Student(ability, 1), ("exam", f"exam/{number}")))

    for step in steps:
        check_answer(item, step.answer)
        assert step.second > 0


def test_the_same_seeds_give_the_same_answers_and_others_others():
    student = draw_student("exam/sim-0001")

    assert draw_student("exam/sim-0001") == student != draw_student("exam/sim-0002")
    first, again, other = (list(sit(PAPER, student, ("exam", seed))) for seed in ("1", "1", "2"))
    assert first == again != other


def test_who_is_abler_earns_more_and_who_is_slower_takes_longer():
    totals = [mean(total(Student(ability, 1), str(seed)) for seed in range(20)) for ability in (-2, 0, 2)]

    assert totals == sorted(totals)
    assert totals[0] + 5 < totals[1] < totals[2] - 3
    quick, slow = (list(sit(PAPER, Student(0, pace), ("exam", "1")))[-1].second for pace in (0.5, 2))
    assert slow == pytest.approx(4 * quick)


def test_a_class_spreads_as_classes_do():
    totals = [float(total(draw_student(f"exam/{number}"), str(number))) for number in range(200)]

    assert 20 < mean(totals) < 34
    assert 4 < stdev(totals) < 10


def test_harder_items_are_answered_right_less_often():
    found = {
        level: mean(
            traits_of(replace(make_single(), id=f"i{n}", difficulty=level), "exam").difficulty
            for n in range(50)
        )
        for level in (Difficulty.EASY, Difficulty.MEDIUM, Difficulty.HARD)
    }

    assert found[Difficulty.EASY] < found[Difficulty.MEDIUM] < found[Difficulty.HARD]


def test_who_knows_nothing_guesses_where_one_can():
    nothing = Student(-50, 1)

    assert chance_of_right(nothing, traits_of(make_truth(True), "exam")) == pytest.approx(0.5)
    assert chance_of_right(nothing, traits_of(make_single("1", 4, "1"), "exam")) == pytest.approx(0.25)
    number = make_numeric(NumericKey(value="45"))
    assert chance_of_right(nothing, traits_of(number, "exam")) == pytest.approx(0, abs=1e-9)
    assert chance_of_right(Student(0, 1), Traits(0, 2, 0, 10)) == 0.5
