"""Large files are read in a process of its own: it answers, or its author is told why it does not."""

import json

import pytest

from app.domain.errors import BadTable
from app.operations.import_files import UPLOAD
from app.operations.reading_process import PROCESSOR_SECONDS, SECONDS, TOO_SLOW, UNREADABLE, read_apart
from tests.interchange.papers import long_paper

REQUEST = {
    "name": "卷.docx",
    "wanted": {"title": "卷", "language": "zh", "use": "practice", "module": None},
    "objectives": [],
    "pictures": [],
    "text": "",
}


@pytest.fixture
def read(tmp_path):
    """Return a function that reads a file in the process."""

    def reading(data, limits=(SECONDS, PROCESSOR_SECONDS), **values):
        (tmp_path / UPLOAD).write_bytes(data)
        return read_apart(tmp_path, REQUEST | values, limits)

    return reading


def test_what_is_read_is_told(read, tmp_path):
    counts = read(long_paper(40))

    assert (counts["parts"], counts["taken"]) == (1, 40)
    assert json.loads((tmp_path / "told.json").read_bytes())["parts"] == 1


@pytest.mark.parametrize("limits", [(SECONDS, 1), (0.5, PROCESSOR_SECONDS)])
def test_who_sends_what_takes_too_long_is_told_to_divide_it(read, limits):
    with pytest.raises(BadTable) as refused:
        # far more than any machine reads in a second
        read(long_paper(30_000), limits)

    assert refused.value.sentence.text == TOO_SLOW


def test_a_file_that_breaks_its_reader_is_told_otherwise(read):
    with pytest.raises(BadTable) as refused:
        read(long_paper(1), wanted={})

    assert refused.value.sentence.text == UNREADABLE


def test_a_refusal_comes_through_as_it_was_said(read):
    with pytest.raises(BadTable) as refused:
        read("没有题".encode(), name="卷.txt")

    assert refused.value.sentence.text.startswith("There is no question here.")
