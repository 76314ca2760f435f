from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from app.domain.items import Level
from app.web import filters

EVENING = datetime(2026, 8, 31, 18, 5, tzinfo=UTC)


@pytest.fixture(params=["zh", "en"])
def language(app, request):
    with app.test_request_context(headers={"Cookie": f"language={request.param}"}):
        yield request.param


def test_a_time_is_local_and_names_its_zone(language):
    assert filters.local_time(EVENING) == "2026-09-01 02:05 (UTC+8)"


def test_a_day_is_the_local_one_as_the_language_writes_it(language):
    expected = {"zh": "2026年9月1日", "en": "1 Sep 2026"}[language]

    assert filters.local_date(EVENING) == expected
    assert filters.local_date(date(2026, 9, 1)) == expected


def test_class_hours_carry_their_unit(language):
    one, more = {"zh": ("1学时", "1.5学时"), "en": ("1 class hour", "1.5 class hours")}[language]

    assert filters.hours(Decimal("1.00")) == one
    assert filters.hours(Decimal("1.50")) == more


def test_points_carry_their_unit(language):
    one, half = {"zh": ("1分", "0.5分"), "en": ("1 point", "0.5 points")}[language]

    assert filters.worth(Decimal(1)) == one
    assert filters.worth(Decimal("0.50")) == half


def test_points_won_and_lost_carry_sign_and_unit(language):
    won, lost = {"zh": ("+1分", "−2分"), "en": ("+1 point", "−2 points")}[language]

    assert filters.gain(Decimal(1)) == won
    assert filters.gain(Decimal(-2)) == lost


def test_groups_are_numbered_as_papers_do(language):
    expected = {"zh": ["一", "九", "十", "十二"], "en": ["I", "IX", "10", "12"]}[language]

    assert [filters.group_number(number) for number in (1, 9, 10, 12)] == expected


def test_requirement_levels_have_their_words(language):
    expected = {"zh": "熟练掌握", "en": "Be proficient in"}[language]

    assert filters.level_name(Level.PROFICIENT) == expected


@pytest.mark.parametrize(
    "show",
    [
        filters.dash,
        filters.points,
        filters.signed,
        filters.percent,
        filters.hours,
        filters.worth,
        filters.gain,
        filters.minutes,
        filters.local_time,
        filters.local_date,
    ],
)
def test_an_undefined_figure_is_a_dash(show):
    assert show(None) == "–"


@pytest.mark.parametrize(
    ("value", "text"), [("-1.50", "−1.5"), ("0.00", "0"), ("100", "100"), ("2.345", "2.34")]
)
def test_points_have_no_trailing_zeros_and_a_true_minus(value, text):
    assert filters.points(Decimal(value)) == text


@pytest.mark.parametrize(("value", "bar"), [(3, (-4, 10, 0, 3)), (-4, (-4, 10, -4, 4)), (0, (-4, 10, 0, 0))])
def test_a_bar_reaches_from_nought_to_its_value(value, bar):
    drawn = filters.scale(value, -4, 6)

    assert (drawn.start, drawn.length, drawn.x, drawn.width) == bar


def test_a_scale_without_room_is_still_drawn():
    assert filters.scale(0, 0, 0).length == 1
