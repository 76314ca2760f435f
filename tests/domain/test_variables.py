"""Variables of calculated items: drawn from a seed, within their range, put into the key."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.items import Variable
from app.domain.keys import NumericKey
from app.domain.scoring import score
from app.domain.scoring.arithmetic import BadExpression, evaluate
from app.domain.scoring.number import limits_of
from app.domain.variables import (
    DRAWS_LIMIT,
    STEPS_LIMIT,
    count_of,
    draw_values,
    every_draw,
    lowest_values,
    sample_draws,
    with_values,
)
from tests.domain.builders import make_calculated, make_numeric, make_single

PRICE = Variable("X", "100", "900", "50")
NIGHTS = Variable("晚数", "1", "7")
RATE = Variable("r", "-0.5", "0.5", "0.25")


@st.composite
def variables(draw, name="X"):
    low = draw(st.decimals(-1000, 1000, places=2))
    step = draw(st.decimals(Decimal("0.01"), 50, places=2))
    span = step * draw(st.integers(0, 300)) + step * draw(st.sampled_from(["0", "0.5"]).map(Decimal))
    return Variable(name, str(low), str(low + span), str(step))


seeds = st.text(max_size=12)


def values_of(variable):
    """Return every value of a variable, by counting up from its lowest."""
    value, values = Decimal(variable.low), []
    while value <= Decimal(variable.high):
        values.append(value)
        value += Decimal(variable.step)
    return values


@given(variables(), seeds)
def test_a_draw_is_one_of_the_values_from_low_by_step_to_high(variable, seed):
    drawn = Decimal(draw_values([variable], seed)["X"])

    assert drawn in values_of(variable)


@given(st.lists(variables(), max_size=3), seeds)
def test_the_same_seed_draws_the_same(chosen, seed):
    assert draw_values(chosen, seed) == draw_values(chosen, seed)


@pytest.mark.parametrize(
    ("seed", "values"),
    [
        ("seed", {"X": "650", "晚数": "5"}),
        ("a", {"X": "850", "晚数": "2"}),
        ("b", {"X": "250", "晚数": "1"}),
    ],
)
def test_a_stored_seed_draws_these_values_for_ever(seed, values):
    assert draw_values([PRICE, NIGHTS], seed) == values


def test_what_one_variable_draws_does_not_depend_on_its_neighbours():
    assert draw_values([PRICE], "s")["X"] == draw_values([NIGHTS, PRICE], "s")["X"]


def test_every_value_comes_up():
    drawn = {draw_values([PRICE], str(seed))["X"] for seed in range(400)}

    assert drawn == {str(value) for value in range(100, 901, 50)}


def test_no_variables_draw_nothing():
    assert draw_values([], "s") == {}
    assert lowest_values([]) == {}
    assert list(every_draw([])) == [{}]


@pytest.mark.parametrize(
    ("variable", "count"),
    [
        (PRICE, 17),
        (NIGHTS, 7),
        (RATE, 5),
        (Variable("X", "5", "5"), 1),
        (Variable("X", "1", "10", "4"), 3),
        (Variable("X", "0.1", "0.3", "0.1"), 3),
        (Variable("X", "1", "2", "5"), 1),
    ],
)
def test_the_values_of_a_variable_are_counted(variable, count):
    assert count_of(variable) == count
    assert len(values_of(variable)) == count


def test_the_lowest_values_are_those_at_the_lower_end():
    assert lowest_values([PRICE, NIGHTS, RATE]) == {"X": "100", "晚数": "1", "r": "-0.5"}


@pytest.mark.parametrize(
    ("variable", "shown"),
    [
        (RATE, ["-0.5", "-0.25", "0", "0.25", "0.5"]),
        (Variable("r", "1.50", "2.50", "0.50"), ["1.5", "2", "2.5"]),
        (Variable("r", "100", "300", "100"), ["100", "200", "300"]),
        (Variable("r", "-1", "1"), ["-1", "0", "1"]),
        (Variable("r", "0.000001", "0.000002", "0.000001"), ["0.000001", "0.000002"]),
    ],
)
def test_a_value_is_shown_without_idle_zeros_or_exponents(variable, shown):
    assert [values["r"] for values in every_draw([variable])] == shown


def test_an_author_looks_at_ten_draws_that_stay_the_same():
    draws = sample_draws([PRICE, NIGHTS])

    assert len(draws) == 10
    assert draws == sample_draws([PRICE, NIGHTS])
    assert len({tuple(values.items()) for values in draws}) > 3


def test_few_draws_are_all_looked_at():
    draws = list(every_draw([PRICE, NIGHTS]))

    assert len(draws) == 17 * 7
    assert len({tuple(values.items()) for values in draws}) == 17 * 7


@pytest.mark.parametrize("count", [1, 2, 3, 5, 10])
def test_of_many_draws_as_many_are_looked_at_as_can_be_with_both_ends_of_each(count):
    chosen = [Variable(f"X{n}", "1", str(STEPS_LIMIT)) for n in range(count)]

    draws = list(every_draw(chosen))

    assert len(draws) <= DRAWS_LIMIT
    for variable in chosen:
        assert {"1", str(STEPS_LIMIT)} <= {values[variable.name] for values in draws}


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 10).flatmap(lambda n: st.tuples(*(variables(f"X{i}") for i in range(n)))))
def test_every_draw_is_bounded_and_reaches_both_ends(chosen):
    draws = list(every_draw(chosen))

    assert 1 <= len(draws) <= DRAWS_LIMIT
    for variable in chosen:
        drawn = {Decimal(values[variable.name]) for values in draws}
        all_values = values_of(variable)
        assert drawn <= set(all_values)
        assert {all_values[0], all_values[-1]} <= drawn


# the key, the values, and an answer that is right
CALCULATED = [
    (NumericKey(value="X * 0.14", tolerance="0.01", unit="元"), {"X": "650"}, "91元"),
    (NumericKey(value="X * 0.14", tolerance="0.01", unit="元"), {"X": "650"}, "91.01"),
    (NumericKey(value="X / 3", places=2), {"X": "100"}, "33.33"),
    (NumericKey(low="X - 1", high="X + 1"), {"X": "100"}, "99"),
    (NumericKey(value="100", tolerance="X / 10"), {"X": "100"}, "90"),
    (NumericKey(value="X × 晚数"), {"X": "100", "晚数": "3"}, "300"),
    (NumericKey(value="-(X - 晚数) ÷ 2"), {"X": "100", "晚数": "3"}, "-48.5"),
    (NumericKey(value="45"), {"X": "100"}, "45"),
]


@pytest.mark.parametrize(("key", "values", "answer"), CALCULATED)
def test_the_key_is_computed_from_the_values(key, values, answer):
    item = make_calculated(key, *(Variable(name, value, value) for name, value in values.items()))

    drawn = with_values(item, values)

    assert score(drawn, answer).points == 2
    assert score(drawn, "7").points == 0
    assert drawn.variables == ()


def test_the_boundaries_of_a_computed_range_belong_to_it():
    drawn = with_values(make_calculated(NumericKey(value="X", tolerance="X / 8"), PRICE), {"X": "100"})

    assert limits_of(drawn.key) == (Decimal("87.5"), Decimal("112.5"))
    assert [score(drawn, answer).points for answer in ("87.5", "112.5", "87.49", "112.51")] == [2, 2, 0, 0]


@pytest.mark.parametrize("item", [make_single(), make_numeric(NumericKey(value="1/3"))])
def test_an_item_without_variables_stays_as_it_is(item):
    assert with_values(item, {"X": "1"}) == item


@pytest.mark.parametrize(
    "expression",
    [
        "9**9**9",
        "9**9",
        "X**2",
        "2^X",
        "X / 0",
        "1 / (X - 100)",
        "X / (X - X)",
        "Y * 2",
        "X X",
        "2X",
        "",
        "X *",
    ],
)
def test_c5_a_key_that_has_no_value_is_refused(expression):
    item = make_calculated(NumericKey(value=expression), PRICE)

    with pytest.raises(BadExpression):
        with_values(item, {"X": "100"})


@pytest.mark.parametrize("expression", ["*".join(["X"] * 60), "X*" * 90 + "X", "999999999999999 * X"])
def test_c5_a_value_that_grows_too_large_is_refused(expression):
    with pytest.raises(BadExpression):
        evaluate(expression, {"X": Decimal(900)})


def test_a_range_that_a_draw_turns_round_is_refused():
    drawn = with_values(make_calculated(NumericKey(low="X", high="200"), PRICE), {"X": "900"})

    with pytest.raises(BadExpression):
        limits_of(drawn.key)


@given(st.text("X+-*/().0123456789 ", max_size=40), st.decimals(-1000, 1000, places=2))
def test_c5_any_expression_has_a_bounded_value_or_is_refused(expression, value):
    try:
        found = evaluate(expression, {"X": value})
    except BadExpression:
        return

    assert abs(found) < Decimal("1e15")
