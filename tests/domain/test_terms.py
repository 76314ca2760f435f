"""Terms of the academic year."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.terms import term_of


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 8, 1), "2026-2027-1"),
        (date(2026, 12, 31), "2026-2027-1"),
        (date(2027, 1, 1), "2026-2027-1"),
        (date(2027, 1, 31), "2026-2027-1"),
        (date(2027, 2, 1), "2026-2027-2"),
        (date(2028, 2, 29), "2027-2028-2"),
        (date(2027, 7, 31), "2026-2027-2"),
        (date(2027, 8, 1), "2027-2028-1"),
    ],
)
def test_a_day_lies_in_its_term(day, name):
    assert term_of(day).name == name


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_term_holds_its_day_and_all_its_days_name_it(day):
    term = term_of(day)

    assert term.starts_on <= day <= term.ends_on
    assert term == term_of(term.starts_on) == term_of(term.ends_on)
