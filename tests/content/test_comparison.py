"""Two texts line by line: nothing is left out, and no text makes the comparison slow."""

from itertools import count, cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content.comparison import LineSort, diff_lines, longest_rising, stays

LINES = st.lists(st.sampled_from(["a", "b", "", "c d", *"efgh"]), max_size=40)
LONG = 5_000


def applied(old, lines):
    """Make the new text out of the old one and what the comparison says."""
    left, made = iter(old.split("\n")), []
    for line in lines:
        if line.sort is LineSort.SKIPPED:
            made += [next(left) for _ in range(int(line.text))]
        elif line.sort is LineSort.SAME:
            assert next(left) == line.text
            made.append(line.text)
        elif line.sort is LineSort.REMOVED:
            assert next(left) == line.text
        else:
            made.append(line.text)
    assert list(left) == []
    return "\n".join(made)


@given(LINES.map("\n".join), LINES.map("\n".join))
def test_what_a_comparison_says_makes_the_new_text_out_of_the_old_one(old, new):
    assert applied(old, diff_lines(old, new)) == new


@given(LINES.map("\n".join), LINES.map("\n".join))
def test_the_lines_of_a_comparison_are_numbered_as_in_both_texts(old, new):
    before, after = old.split("\n"), new.split("\n")

    for line in diff_lines(old, new):
        assert line.old is None or before[line.old - 1] == line.text
        assert line.new is None or after[line.new - 1] == line.text


@given(st.lists(st.integers(0, 30), unique=True, max_size=9))
def test_the_longest_rising_row_is_found(numbers):
    found = longest_rising(numbers)

    rows: list[list[int]] = [[]]
    for number in numbers:
        rows += [[*row, number] for row in rows if not row or row[-1] < number]
    assert found in rows
    assert len(found) == max(map(len, rows))


def test_a_line_that_was_put_in_is_one_line_of_the_comparison():
    old = [f"line {n}" for n in range(30)]
    new = [*old[:20], "put in", *old[20:]]

    sorts = [(line.sort, line.text) for line in diff_lines("\n".join(old), "\n".join(new))]

    assert sorts == [
        (LineSort.SKIPPED, "17"),
        *((LineSort.SAME, line) for line in old[17:20]),
        (LineSort.ADDED, "put in"),
        *((LineSort.SAME, line) for line in old[20:23]),
        (LineSort.SKIPPED, "7"),
    ]


class Counted(str):
    """A line that counts how often any line is looked at."""

    looks = count()

    def __eq__(self, other):
        next(Counted.looks)
        return str.__eq__(self, other)

    def __hash__(self):
        next(Counted.looks)
        return str.__hash__(self)


def peeling(other):
    """Return a text in which each line stands out only once the line before it is taken away."""
    return (line for n in count() for line in (f"x{n + 1}", other, f"x{n}", other))


WORST = {
    "two lines by turns": (cycle(["a", "b"]), cycle(["b", "a"])),
    "one line that is repeated": (cycle(["a"]), cycle(["a", "b"])),
    "all lines the other way round": (map(str, range(LONG)), map(str, reversed(range(LONG)))),
    "lines that stand out one after the other": (peeling("p"), peeling("q")),
    "nothing in common": (map(str, range(LONG)), map(str, range(LONG, 2 * LONG))),
}


@pytest.mark.parametrize(("old", "new"), WORST.values(), ids=WORST)
def test_a_long_text_is_compared_in_a_bounded_number_of_steps(old, new):
    before = [Counted(line) for line, _ in zip(old, range(LONG), strict=False)]
    after = [Counted(line) for line, _ in zip(new, range(LONG), strict=False)]
    begun = next(Counted.looks)

    stays(before, after)

    assert next(Counted.looks) - begun < 200 * LONG
