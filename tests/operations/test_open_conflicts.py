"""Conflicts that were open at the hand-in: told where an attempt counts, and where the answers differ."""

import pytest

from app.operations.closing import submit_attempt
from app.operations.orders import Order
from app.operations.releasing import list_open_conflicts
from app.operations.reopening import void_attempt
from app.operations.saving import save_answers
from app.operations.scoring import score_waiting
from tests.support.builders import answer, later
from tests.support.exams import DEVICE, set_exam, sit_exam
from tests.support.scene import Scene, make_scene


@pytest.fixture
def scene(session, classroom, now):
    return make_scene(session, classroom, now)


def meet(scene: Scene, *given: object, item: str = "truth") -> list[str]:
    """Let windows that know nothing of each other answer an item; return what became of each."""
    windows = zip("abcd", given, strict=False)
    events = [answer(item, what, window=name, n=1) for name, what in windows]
    return [one.status for one in scene.save(*events)]


def hand_in(scene: Scene) -> None:
    submit_attempt(scene.session, scene.classroom.student, scene.attempt.public_id, later(scene.now))


def told(scene: Scene) -> list[tuple[str, str, object, object]]:
    """Return what is told: whose attempt, of which item, what counts, and the other answer."""
    found = list_open_conflicts(scene.session, scene.exam.id)
    assert {one.attempt.id for one in found} <= {scene.attempt.id}
    return [(one.user.login, one.item, one.counts, one.other) for one in found]


@pytest.mark.parametrize("is_scored", [False, True])
def test_a_conflict_that_was_open_at_the_hand_in_is_told(scene, is_scored):
    assert meet(scene, True, False) == ["saved", "conflict"]
    hand_in(scene)
    if is_scored:
        score_waiting(scene.session, {}, later(scene.now))

    assert told(scene) == [("xiaohe", "truth", True, False)]


def test_each_other_answer_is_told_once_in_the_order_shown(scene):
    meet(scene, "1", "2", "3", "2", item="number")
    meet(scene, True, False)
    hand_in(scene)

    assert told(scene) == [
        ("xiaohe", "truth", True, False),
        ("xiaohe", "number", "1", "2"),
        ("xiaohe", "number", "1", "3"),
    ]


@pytest.mark.parametrize(("item", "given"), [("truth", True), ("blanks", ["护顶", ""]), ("written", "因为")])
def test_two_windows_that_gave_the_same_answer_are_no_conflict(scene, item, given):
    assert meet(scene, given, given, item=item) == ["saved", "conflict"]
    hand_in(scene)

    assert told(scene) == []


def test_before_the_hand_in_no_conflict_is_told(scene):
    """Whoever sits the exam may still choose."""
    meet(scene, True, False)

    assert told(scene) == []


def test_a9_a_conflict_in_a_preview_is_not_told(scene):
    session, teacher = scene.session, scene.classroom.instructor
    preview = sit_exam(session, teacher, scene.exam, scene.now).public_id
    events = [answer("truth", given, window=f"{given}", n=1) for given in (True, False)]

    receipts = save_answers(session, teacher, preview, events, (scene.now, DEVICE))
    submit_attempt(session, teacher, preview, later(scene.now))

    assert [one.status for one in receipts] == ["saved", "conflict"]
    assert list_open_conflicts(session, scene.exam.id) == []


def test_a_conflict_in_a_voided_attempt_is_not_told(scene):
    meet(scene, True, False)
    hand_in(scene)

    order = Order(scene.classroom.instructor, "代考", later(scene.now, 2))
    void_attempt(scene.session, scene.hall, order, scene.attempt.public_id)

    assert told(scene) == []


def test_a_conflict_in_another_exam_is_told_there_alone(scene):
    other = set_exam(scene.session, scene.classroom, scene.now)
    meet(scene, True, False)
    hand_in(scene)

    assert list_open_conflicts(scene.session, other.id) == []
    assert len(told(scene)) == 1


def test_one_window_that_goes_on_is_no_conflict(scene):
    """Nor is one that knew what the other had written."""
    scene.save(answer("truth", True, window="a", n=1), answer("truth", False, window="a", n=2))
    scene.save(answer("truth", True, window="b", n=1, base=3))
    hand_in(scene)

    assert told(scene) == []
