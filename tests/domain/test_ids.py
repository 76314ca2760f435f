import random
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import ALPHABET, public_id

MOMENTS = st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2999, 1, 1), timezones=st.just(UTC))
CHANCES = st.integers(min_value=0, max_value=2**128 - 1)


@given(MOMENTS, CHANCES, CHANCES)
def test_a_later_id_sorts_after_an_earlier_one(moment, first, second):
    later = moment + timedelta(milliseconds=1)

    assert public_id(moment, first) < public_id(later, second)


@given(MOMENTS, CHANCES)
def test_an_id_has_26_characters_that_can_be_read_aloud(moment, chance):
    made = public_id(moment, chance)

    assert len(made) == 26
    assert set(made) <= set(ALPHABET)
    assert set("ilou").isdisjoint(made)


def test_ids_of_one_moment_differ_by_chance():
    chance = random.Random(7)
    now = datetime(2026, 3, 2, tzinfo=UTC)

    made = {public_id(now, chance.getrandbits(128)) for _ in range(1000)}

    assert len(made) == 1000
