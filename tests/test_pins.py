"""What gets installed suits the oldest Python that is promised, not only the one that runs the tests."""

import re
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
