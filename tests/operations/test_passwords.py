"""Hashing of passwords."""

from argon2 import PasswordHasher, extract_parameters

from app.operations import passwords


def test_a_password_is_verified_against_its_own_hash_only():
    password_hash = passwords.hash_password("corridor-in-march")

    assert passwords.verify_password(password_hash, "corridor-in-march").is_right
    assert not passwords.verify_password(password_hash, "corridor-in-april").is_right


def test_full_width_signs_are_the_same_password():
    password_hash = passwords.hash_password("ｃｏｒｒｉｄｏｒ－１")

    assert passwords.verify_password(password_hash, "corridor-1").is_right


def test_hashes_have_the_parameters_of_the_design():
    found = extract_parameters(passwords.hash_password("corridor-in-march"))

    assert (found.memory_cost, found.time_cost, found.parallelism) == (19456, 2, 1)


def test_nobody_has_a_hash_of_the_same_parameters():
    assert extract_parameters(passwords.NOBODY) == extract_parameters(passwords.hash_password("x"))
    assert not passwords.verify_password(None, "").is_right


def test_a_hash_of_other_parameters_is_right_but_outdated():
    weaker = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash("corridor-in-march")

    assert passwords.verify_password(weaker, "corridor-in-march") == passwords.Verdict(True, True)


def test_what_is_no_hash_lets_nobody_in():
    assert not passwords.verify_password("not a hash", "not a hash").is_right
