"""Logins, names and passwords."""

import pytest

from app.domain.accounts import READABLE, draw_password, fold_login, refuse_weak_password, tidy_name
from app.domain.errors import BadName, WeakPassword


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0023001", "0023001"),
        ("  2023001 ", "2023001"),
        ("２０２３", "2023"),
        ("He.Wang@Example", "he.wang@example"),
        ("工号7", "工号7"),
    ],
)
def test_a_login_is_kept_in_one_form(typed, kept):
    assert fold_login(typed) == kept


@pytest.mark.parametrize("typed", ["", "   ", "a b", "a/b", "x" * 65, "a\nb", "<b>", "a\u200bb"])
def test_what_cannot_be_a_login_is_refused(typed):
    with pytest.raises(BadName):
        fold_login(typed)


@pytest.mark.parametrize("typed", ["", " \t ", "贺" * 101, "贺\x00"])
def test_what_cannot_be_a_name_is_refused(typed):
    with pytest.raises(BadName):
        tidy_name(typed)


@pytest.mark.parametrize(
    "password", ["short-7", "12345678", "ＰＡＳＳＷＯＲＤ", "2023001x", "abababab", "x" * 257]
)
def test_a_weak_password_is_refused(password):
    with pytest.raises(WeakPassword):
        refuse_weak_password(password, "2023001x")


@pytest.mark.parametrize("password", ["corridor-in-march", "登机口改了又改了", "Tr0ub4dor"])
def test_a_password_that_is_hard_to_guess_passes(password):
    refuse_weak_password(password, "2023001")


def test_a_drawn_password_is_readable_and_never_weak():
    for chance in (0, 1, 2**64 - 1, 2**127 + 12345):
        password = draw_password(chance)

        assert set(password) <= {*READABLE, "-"}
        assert len(password) == 14
    assert not set("01ilo") & set(READABLE)


def test_different_chance_draws_different_passwords():
    assert len({draw_password(chance) for chance in range(1000)}) == 1000
