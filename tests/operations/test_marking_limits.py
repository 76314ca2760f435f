"""How long what a marker writes may be: what is too long is refused and changes nothing."""

from decimal import Decimal

import pytest

from app.domain.errors import BadMark
from app.domain.marking import MarkFault
from app.operations.marking import LONGEST_COMMENT, LONGEST_REASON, Given, Seen, choose_mark, mark_script
from app.operations.scripts import list_marks
from tests.support.sitting import ITEM, give, make_marker, score_of, script_of, seen_of, sit_and_hand_in


@pytest.fixture
def attempt(session, classroom, exam, now):
    return sit_and_hand_in(session, classroom.student, exam, now, written="因为")


@pytest.fixture
def marker(session, classroom):
    return make_marker(session, classroom)


@pytest.fixture
def mark(session, hall, marker, attempt, now):
    """Return a function that marks the response once more, with a comment and a reason."""

    def marked(points, comment="", reason=""):
        where = (hall, ITEM, script_of(session, hall.exam, attempt).token)
        given = Given(Decimal(points), comment=comment, reason=reason)
        return mark_script(session, marker, where, (given, seen_of(session, attempt)), now)

    return marked


def stored(session, attempt):
    return [
        (mark.points, len(mark.comment), len(mark.reason))
        for mark, _ in list_marks(session, attempt.id, ITEM)
    ]


def test_the_limits_are_those_that_the_form_tells():
    assert (LONGEST_COMMENT, LONGEST_REASON) == (2000, 200)


def test_a_comment_and_a_reason_may_be_as_long_as_their_limits(session, attempt, mark):
    mark(3, "评" * LONGEST_COMMENT)
    mark(1, "评" * LONGEST_COMMENT, "因" * LONGEST_REASON)

    assert stored(session, attempt) == [(3, 2000, 0), (1, 2000, 200)]


@pytest.mark.parametrize(
    ("comment", "reason"), [("评" * (LONGEST_COMMENT + 1), "看错了"), ("", "因" * (LONGEST_REASON + 1))]
)
def test_one_more_is_refused_and_the_mark_before_stands(session, attempt, mark, comment, reason):
    mark(3)

    with pytest.raises(BadMark) as refused:
        mark(1, comment, reason)

    assert str(refused.value) == MarkFault.TOO_LONG
    assert stored(session, attempt) == [(3, 0, 0)]
    assert score_of(session, attempt) == 3


def test_the_reason_of_a_choice_has_the_same_limit(session, classroom, hall, attempt, marker, *, now):
    seen = seen_of(session, attempt)
    for person, points in ((marker, "3"), (make_marker(session, classroom, "qian"), "1")):
        give(session, person, (hall, attempt), (points, "", seen), now)
    where = (hall, ITEM, script_of(session, hall.exam, attempt).token)
    both = Seen(2, seen.event_seq)

    with pytest.raises(BadMark) as refused:
        choose_mark(session, marker, where, (2, "因" * (LONGEST_REASON + 1), both), now)
    assert str(refused.value) == MarkFault.TOO_LONG
    assert (len(stored(session, attempt)), score_of(session, attempt)) == (2, 3)

    choose_mark(session, marker, where, (2, "因" * LONGEST_REASON, both), now)
    assert (len(stored(session, attempt)), score_of(session, attempt)) == (3, 1)
