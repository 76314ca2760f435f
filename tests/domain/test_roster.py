"""What each row of a roster would do."""

import pytest

from app.domain.roles import Role
from app.domain.roster import Known, RosterRow, Verdict, plan_roster
from app.domain.words import Sentence


def row(line=2, login="0042", name="贺小贺", **more):
    return RosterRow(line, login, name, **more)


def planned(*rows, known=None, enrols=True):
    return plan_roster(rows, known or {}, enrols=enrols)


def faults(*rows, known=None):
    return [[str(fault) for fault in one.faults] for one in planned(*rows, known=known)]


def test_a_new_number_makes_an_account():
    (one,) = planned(row(login=" ００４２ "))

    assert (one.verdict, one.login, one.changes) == (Verdict.NEW, "0042", {})


@pytest.mark.parametrize(
    ("known", "enrols", "verdict", "changes"),
    [
        (Known("贺小贺", "航空2301", role="student", cohort="1班"), True, Verdict.SAME, {}),
        (Known("贺小贺", "航空2301"), False, Verdict.SAME, {}),
        (
            Known("贺小贺", "航空2301"),
            True,
            Verdict.CHANGED,
            {"cohort": ("", "1班"), "place": ("", "student")},
        ),
        (Known("贺贺", "航空2301"), False, Verdict.CHANGED, {"name": ("贺贺", "贺小贺")}),
        (Known("贺小贺", "航空2202"), False, Verdict.CHANGED, {"class": ("航空2202", "航空2301")}),
        (
            Known("贺小贺", "航空2301", role="student", cohort="2班"),
            True,
            Verdict.CHANGED,
            {"cohort": ("2班", "1班")},
        ),
    ],
)
def test_a_known_number_is_brought_up_to_date(known, enrols, verdict, changes):
    (one,) = planned(row(class_name="航空2301", cohort="1班"), known={"0042": known}, enrols=enrols)

    assert (one.verdict, one.changes) == (verdict, changes)


def test_what_the_roster_leaves_empty_stays():
    known = {"0042": Known("贺小贺", "航空2301", role="student", cohort="2班")}

    assert planned(row(), known=known)[0].verdict is Verdict.SAME


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (row(login=""), "Line 2 has no number"),
        (row(login="00 42"), "cannot be a student number"),
        (row(login="=1+1"), "cannot be a student number"),
        (row(name=""), "cannot be a name"),
        (row(name="贺\x07"), "cannot be a name"),
        (row(class_name="航" * 101), "cannot be the name of a class"),
        (row(cohort="1\x00班"), "cannot be the name of a class"),
        (row(fault=Sentence("A formula stands here.")), "A formula stands here."),
    ],
)
def test_a_row_that_cannot_be_taken_is_told(given, said):
    ((told,),) = faults(given)

    assert said in told


def test_twins_are_told_with_the_line_of_the_first():
    assert faults(row(2), row(3, "０0４２", "林")) == [
        [],
        ["The student number 0042 stands in line 2 already."],
    ]


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (Known("陈老师", "", is_staff=True), "0042 is 陈老师 of the staff"),
        (Known("陈老师", "", role=Role.INSTRUCTOR.value), "0042 is 陈老师 of the staff"),
        (Known("贺", "", is_disabled=True), "The account of 贺 (0042) is disabled"),
    ],
)
def test_nobody_of_the_staff_and_nobody_shut_out_is_taken_in(known, said):
    ((told,),) = faults(row(), known={"0042": known})

    assert said in told


def test_several_faults_of_a_row_are_told_at_once():
    assert [len(each) for each in faults(row(login="", name=""))] == [2]
