"""The module tracker's one rule."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.progress import Evidence, QuizRecord, course_progress, earned_hours, module_progress
from app.domain.syllabus import MaterialKind, Module, Syllabus

DOORS = Module(
    "doors",
    "车门",
    Decimal(3),
    cases=("door", "lift"),
    quizzes=("ladies",),
    readings=("why",),
    files=("a.pdf",),
)
SMILES = Module("smiles", "微笑", Decimal(2), quizzes=("smile",))
JOINT = Module("joint", "联检", Decimal(1))
COURSE = Syllabus("服务礼仪", Decimal(10), (DOORS, SMILES, JOINT))


def passed(best="60", needed="60"):
    return taken((best, needed))


def taken(*tries, present=None):
    """Return the record of a quiz after results and the pass marks of their papers; None is not judged.

    ``present``: the pass mark that the quiz has now; without it that of the last try.
    """
    record = QuizRecord()
    for result, own in tries:
        judged, now = None if result is None else Decimal(result), present or tries[-1][1]
        record = record.after(judged, Decimal(own), Decimal(now), was_answered=True)
    return record


ALL = Evidence(
    walked=frozenset({"door", "lift", "why"}),
    quizzes={"ladies": passed(), "smile": passed()},
)


@pytest.mark.parametrize(
    ("hours", "done", "material", "earned"),
    [
        ("3", 0, 4, "0"),
        ("3", 1, 4, "0.5"),  # 0.75
        ("3", 2, 4, "1.5"),
        ("3", 3, 4, "2.0"),  # 2.25
        ("3", 4, 4, "3"),
        ("3", 1, 3, "1.0"),
        ("6", 5, 6, "5.0"),
        ("1", 1, 3, "0"),  # 0.33
        ("1", 2, 3, "0.5"),
        ("0.5", 1, 2, "0"),
        ("0.5", 2, 2, "0.5"),
        ("2.25", 1, 2, "1.0"),  # 1.125
        ("2.25", 2, 2, "2.25"),
        ("0", 1, 1, "0"),
        ("3", 0, 0, "0"),
        (None, 1, 1, "0"),
    ],
)
def test_hours_are_earned_in_halves_rounded_down_and_whole_when_done(hours, done, material, earned):
    module = Module("m1", "", None if hours is None else Decimal(hours))

    assert earned_hours(module, done, material) == Decimal(earned)


@given(st.decimals(0, 100, places=2), st.integers(1, 20), st.data())
def test_more_done_never_earns_less_and_never_more_than_planned(hours, material, data):
    module = Module("m1", "", hours)
    done = data.draw(st.integers(0, material - 1))

    earned = [earned_hours(module, n, material) for n in (done, done + 1)]

    assert 0 <= earned[0] <= earned[1] <= hours
    assert earned[0] % Decimal("0.5") == 0
    assert earned[0] <= hours * done / material


def test_whoever_did_nothing_earned_nothing():
    progress = module_progress(DOORS, Evidence())

    assert (progress.done_count, progress.is_done, progress.is_begun) == (0, False, False)
    assert (progress.planned, progress.earned) == (Decimal(3), Decimal(0))


def test_a_module_is_done_when_all_its_material_is():
    progress = module_progress(DOORS, ALL)

    assert (progress.is_done, progress.earned) == (True, Decimal(3))


@pytest.mark.parametrize(
    "evidence",
    [
        Evidence(ALL.walked - {"lift"}, ALL.quizzes),
        Evidence(ALL.walked - {"why"}, ALL.quizzes),
        Evidence(ALL.walked, {"ladies": passed("59.99")}),
        Evidence(ALL.walked, {}),
        Evidence(ALL.walked, {"smile": passed()}),
    ],
)
def test_one_thing_missing_leaves_a_module_undone(evidence):
    progress = module_progress(DOORS, evidence)

    assert (progress.is_done, progress.is_begun, progress.done_count) == (False, True, 3)
    assert progress.earned == 2


@pytest.mark.parametrize(
    ("best", "needed", "is_passed"),
    [("60", "60", True), ("59.99", "60", False), ("100", "100", True), ("0", "0", True)],
)
def test_a_quiz_is_passed_from_its_pass_mark_on(best, needed, is_passed):
    assert taken((best, needed)).passed is is_passed


def test_a_quiz_never_taken_is_not_passed():
    assert QuizRecord(pass_mark=Decimal(0)).passed is False


@pytest.mark.parametrize(
    ("tries", "present", "is_passed"),
    [
        ([("65", "60"), ("70", "80")], "80", True),
        ([("65", "70"), ("30", "50")], "50", True),
        ([("65", "70")], "50", True),
        ([("65", "70")], "70", False),
        ([("45", "60"), ("65", "70")], "70", False),
        ([(None, "60"), ("40", "60")], "60", True),
        ([("40", "60"), (None, "60")], "60", True),
    ],
)
def test_what_was_passed_stays_passed_and_a_lower_mark_holds_for_all(tries, present, is_passed):
    record = taken(*tries, present=present)

    assert (record.passed, record.pass_mark) == (is_passed, Decimal(present))


@given(
    tries=st.lists(
        st.tuples(st.none() | st.integers(0, 100).map(str), st.integers(0, 100).map(str)), min_size=1
    ),
    more=st.tuples(st.none() | st.integers(0, 100).map(str), st.integers(0, 100).map(str)),
    present=st.integers(0, 100).map(str),
)
def test_no_further_try_takes_back_what_was_passed(tries, more, present):
    assert taken(*tries, more, present=present).passed >= taken(*tries, present=present).passed


def test_a_quiz_asks_for_60_percent_where_nothing_is_said():
    assert QuizRecord().pass_mark == 60


def test_a_quiz_once_passed_stays_done_though_the_last_try_failed():
    record = taken(("80", "60"), ("10", "60"))

    assert record.best == 80
    assert module_progress(SMILES, Evidence(quizzes={"smile": record})).is_done


def test_a_module_without_material_is_never_done():
    progress = module_progress(JOINT, ALL)

    assert (progress.material, progress.is_done, progress.is_begun) == ((), False, False)
    assert progress.earned == 0


def test_files_are_nothing_to_do():
    assert MaterialKind.FILE not in {one.kind for one in module_progress(DOORS, ALL).material}


def test_work_begun_is_told_from_work_done():
    progress = module_progress(DOORS, Evidence(begun=frozenset({"door"})))

    states = {one.slug: (one.begun, one.done) for one in progress.material}
    assert states["door"] == (True, False)
    assert states["lift"] == (False, False)
    assert (progress.is_begun, progress.earned) == (True, Decimal(0))


def test_what_was_done_counts_in_whichever_list_the_syllabus_has_it():
    listed = replace(DOORS, cases=("door", "lift", "why"), readings=())

    assert module_progress(listed, ALL).is_done


def test_hours_declared_listed_and_missing_are_told():
    progress = course_progress(COURSE, Evidence())

    assert (progress.declared, progress.listed, progress.gap) == (Decimal(10), Decimal(6), Decimal(4))


def test_modules_without_hours_are_listed_with_none():
    progress = course_progress(Syllabus("", Decimal(4), (Module("m", "", None), DOORS)), ALL)

    assert [progress.listed, progress.gap, progress.earned] == [3, 1, 3]
    assert progress.modules[0].planned is None


def test_a_course_adds_up_what_its_modules_earned():
    assert course_progress(COURSE, ALL).earned == 5


@pytest.mark.parametrize(
    ("evidence", "module", "slug"),
    [
        (Evidence(), "doors", "why"),
        (Evidence(frozenset({"why"})), "doors", "door"),
        (Evidence(frozenset({"why", "door"})), "doors", "lift"),
        (Evidence(ALL.walked), "doors", "ladies"),
        (Evidence(ALL.walked, {"ladies": passed()}), "smiles", "smile"),
        (Evidence(quizzes={"smile": passed()}), "doors", "why"),
        (Evidence(begun=frozenset({"lift"})), "doors", "why"),
    ],
)
def test_next_is_the_first_undone_thing_in_syllabus_order(evidence, module, slug):
    progress = course_progress(COURSE, evidence)

    assert progress.next_module
    assert progress.next
    assert (progress.next_module.id, progress.next.slug) == (module, slug)


def test_nothing_is_next_when_all_is_done():
    progress = course_progress(COURSE, ALL)

    assert (progress.next, progress.next_module) == (None, None)


def test_a_course_without_modules_has_nothing_to_do():
    progress = course_progress(Syllabus("", Decimal(0)), ALL)

    assert (progress.modules, progress.next) == ((), None)
    assert progress.earned == progress.gap == 0
