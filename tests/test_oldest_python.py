"""The code and what gets installed suit the oldest Python promised, not only the one that runs the tests."""

import re
import tokenize
from configparser import ConfigParser
from importlib.metadata import PackageNotFoundError, distribution

import pytest
from packaging.specifiers import SpecifierSet

from app.settings import ROOT

PINS = dict(
    re.findall(r"^([\w.-]+)==(\S+)$", (ROOT / "constraints.txt").read_text(encoding="utf-8"), re.MULTILINE)
)


def oldest_python() -> str:
    """Return the version that setup.cfg promises: 3.11 begins with 3.11.0."""
    setup = ConfigParser(interpolation=None)
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    return f"{setup['options']['python_requires'].removeprefix('>=')}.0"


@pytest.mark.parametrize("name", PINS)
def test_a_pin_suits_the_oldest_python(name):
    try:
        found = distribution(name)
    except PackageNotFoundError:
        pytest.skip("is for another system")

    assert found.version == PINS[name]
    assert oldest_python() in SpecifierSet(found.metadata["Requires-Python"] or "")


REPEATED_GROUP = re.compile(r"\)(?:[*+?]|\{[0-9,]+\})\+")


def strings_of(path):
    with tokenize.open(path) as file:
        return [one.string for one in tokenize.generate_tokens(file.readline) if one.type == tokenize.STRING]


@pytest.mark.parametrize("pattern", [r"(?:a|b)*+", r"(a)?+", r"(?:a(?:b)?)++", r"(?:ab){1,3}+"])
def test_a_group_that_is_repeated_possessively_is_found(pattern):
    assert REPEATED_GROUP.search(pattern)


@pytest.mark.parametrize("pattern", [r"[ab]++", r"(?>(?:a|b)*)", r"\d{1,3}+", r"(a)+"])
def test_other_patterns_are_not(pattern):
    assert not REPEATED_GROUP.search(pattern)


def test_no_pattern_repeats_a_group_possessively():
    """Below 3.11.5 such patterns miss what they should find (CPython's issue 106052); ``(?>…)`` does not."""
    found = [
        (path.name, one)
        for path in sorted((ROOT / "app").rglob("*.py"))
        for one in strings_of(path)
        if REPEATED_GROUP.search(one)
    ]

    assert found == []
