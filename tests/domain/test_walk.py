"""Walking a case: the path, the score, and what leaves the server when."""

from decimal import Decimal

import pytest

from app.domain.errors import (
    AlreadyCommitted,
    AnswerRequired,
    CaseCycle,
    NoEnding,
    NotNext,
    ReasonRequired,
    TooLong,
    UnknownChoice,
    WalkEnded,
)
from app.domain.walk import MOST_WORDS, Commit, asked_for, check_commit, walk, walk_choices
from tests.domain.builders import (
    ENDING,
    EXHIBIT,
    HINT,
    MODEL_ANSWER,
    OUTCOME,
    QUESTION,
    SCENE,
    make_car_door,
    make_case,
    make_choice,
    make_decision,
    make_section,
)

FRONT, REAR = Commit("which-door", 2), Commit("which-door", 1)
SMILE, APOLOGISE = Commit("repair", 1, reason="算了"), Commit("repair", 2, reason="她是主宾")
WHY = Commit("why", text="副驾驶座上的女宾是主宾。")
END = make_section(ENDING, "end")


def test_a_walk_begins_at_the_first_decision():
    state = walk(make_car_door(), [])

    assert state.at == state.position == "which-door"
    assert state.path == state.revealed == ("arrival", "which-door")
    assert state.dimensions == {"礼貌": 0, "规范": 0}
    assert not state.ended


@pytest.mark.parametrize(
    ("choices", "ending", "score", "dimensions", "path"),
    [
        ([2], "pleased", 5, {"礼貌": 2, "规范": 0}, ["arrival", "which-door", "pleased"]),
        ([1, 1], "lost", -1, {"礼貌": -2, "规范": 0}, ["arrival", "which-door", "upset", "repair", "lost"]),
        ([1, 2], "saved", 3, {"礼貌": 0, "规范": 1}, ["arrival", "which-door", "upset", "repair", "saved"]),
    ],
)
def test_each_choice_leads_to_its_ending(choices, ending, score, dimensions, path):
    state = walk_choices(make_car_door(), choices)

    assert state.ended
    assert state.ending == state.position == ending
    assert state.score == score
    assert (state.best, state.worst) == (Decimal(5), Decimal(-1))
    assert state.dimensions == dimensions
    assert list(state.path) == [*path, "why"]


def test_a_walk_is_done_when_the_questions_after_the_ending_are_answered():
    case = make_car_door()

    ended = walk(case, [FRONT])
    done = walk(case, [FRONT, WHY])

    assert (ended.ended, ended.done, ended.at) == (True, False, "why")
    assert (done.ended, done.done, done.at) == (True, True, None)
    assert done.ending == "pleased"


def test_closing_questions_come_one_by_one_and_only_if_their_condition_holds():
    case = make_case(
        make_decision("d", make_choice("end", 礼貌=1), make_choice("end")),
        END,
        make_section(QUESTION, "q1"),
        make_section(QUESTION, "praise", when=("礼貌", ">", 0)),
        make_section(QUESTION, "q2"),
        dimensions=("礼貌",),
    )

    polite = walk(case, [Commit("d", 1), Commit("q1"), Commit("praise"), Commit("q2")])
    rude = walk(case, [Commit("d", 2), Commit("q1"), Commit("q2")])

    assert polite.path == ("d", "end", "q1", "praise", "q2")
    assert rude.path == ("d", "end", "q1", "q2")
    assert polite.done
    assert rude.done


def test_nothing_of_the_other_paths_is_revealed():
    assert walk(make_car_door(), [REAR]).revealed == ("arrival", "which-door", "upset", "repair")
    assert "saved" not in walk(make_car_door(), [REAR, SMILE]).revealed


def test_a_hint_waits_for_the_commit_and_a_kept_answer_for_the_release():
    case = make_car_door()

    assert "hint" not in walk(case, [FRONT], released=True).revealed
    assert "answer" not in walk(case, [FRONT], released=True).revealed
    assert walk(case, [FRONT, WHY]).revealed[-2:] == ("why", "hint")
    assert walk(case, [FRONT, WHY], released=True).revealed[-3:] == ("why", "hint", "answer")


def test_a_hint_on_a_decision_comes_with_the_decision():
    case = make_case(
        make_decision("d", make_choice(), make_choice()),
        make_section(HINT, "h", reveal="commit"),
        make_section(SCENE, "a"),
        make_section(QUESTION, "q"),
        make_section(MODEL_ANSWER, "m"),
        make_decision("e", make_choice("end"), make_choice("end")),
        END,
    )

    assert walk(case, []).revealed == ("d",)
    assert walk(case, [Commit("d", 1)]).revealed == ("d", "h", "a", "q")
    assert walk(case, [Commit("d", 1), Commit("q")]).revealed == ("d", "h", "a", "q", "m", "e")


def test_hints_of_a_gate_that_the_path_passed_by_stay_hidden():
    case = make_case(
        make_decision("d", make_choice("end"), make_choice()),
        make_section(QUESTION, "q"),
        make_section(HINT, "h"),
        make_decision("e", make_choice("end"), make_choice("end")),
        END,
    )

    assert walk(case, [Commit("d", 1)], released=True).revealed == ("d", "end")


def test_exhibits_are_shown_with_their_section_and_not_before():
    case = make_case(
        make_section(SCENE, "a"),
        make_section(EXHIBIT, "map"),
        make_decision("d", make_choice("end"), make_choice("upset")),
        make_section(EXHIBIT, "list"),
        make_section(OUTCOME, "upset"),
        make_section(EXHIBIT, "letter"),
        make_section(SCENE, "b", then="end"),
        END,
    )

    assert walk(case, []).revealed == ("a", "map", "d", "list")
    assert walk(case, [Commit("d", 2)]).revealed == ("a", "map", "d", "list", "upset", "letter", "b", "end")
    assert "letter" not in walk(case, [Commit("d", 1)]).revealed


def test_an_exhibit_below_a_hint_waits_with_the_hint():
    case = make_case(
        make_decision("d", make_choice("end"), make_choice("end")),
        make_section(MODEL_ANSWER, "m", reveal="release"),
        make_section(EXHIBIT, "solution"),
        END,
    )

    assert walk(case, []).revealed == ("d",)
    assert walk(case, [Commit("d", 1)]).revealed == ("d", "end")
    assert walk(case, [Commit("d", 1)], released=True).revealed == ("d", "m", "solution", "end")


def test_an_exhibit_is_shown_only_if_its_condition_holds_when_its_section_is_entered():
    case = make_case(
        make_decision("d", make_choice("upset", 礼貌=-1), make_choice("upset")),
        make_section(OUTCOME, "upset"),
        make_section(EXHIBIT, "complaint", when=("礼貌", "<", 0)),
        make_decision("e", make_choice("end", 礼貌=-5), make_choice("end")),
        END,
        dimensions=("礼貌",),
    )

    assert "complaint" in walk(case, [Commit("d", 1)]).revealed
    assert "complaint" not in walk(case, [Commit("d", 2)]).revealed
    assert "complaint" not in walk(case, [Commit("d", 2), Commit("e", 1)]).revealed


def test_an_arrow_to_a_section_whose_condition_fails_goes_on_behind_it():
    case = make_case(
        make_decision("d", make_choice("a"), make_choice("a", 礼貌=1)),
        make_section(SCENE, "a", when=("礼貌", ">", 0)),
        make_section(SCENE, "b", then="end"),
        END,
        dimensions=("礼貌",),
    )

    assert walk_choices(case, [1]).path == ("d", "b", "end")
    assert walk_choices(case, [2]).path == ("d", "a", "b", "end")


def test_a_section_may_jump_ahead():
    case = make_case(
        make_section(SCENE, "a", then="c"),
        make_section(SCENE, "b"),
        make_section(SCENE, "c", then="end"),
        make_decision("d", make_choice("end"), make_choice("end")),
        END,
    )

    assert walk(case, []).path == ("a", "c", "end")


def test_a_reading_is_ended_at_its_last_section():
    state = walk(make_case(make_section(SCENE, "a"), make_section(SCENE, "b")), [])

    assert (state.ended, state.done, state.ending, state.at) == (True, True, None, None)
    assert state.position == "b"
    assert (state.score, state.best, state.worst) == (Decimal(0), Decimal(0), Decimal(0))


def test_a_case_of_questions_ends_behind_the_last_of_them():
    case = make_case(make_section(SCENE, "a"), make_section(QUESTION, "q"), make_section(SCENE, "b"))

    assert walk(case, []).position == "q"
    assert not walk(case, []).ended
    assert walk(case, [Commit("q")]).position == "b"
    assert walk(case, [Commit("q")]).done


def test_an_empty_case_is_ended_at_once():
    state = walk(make_case(), [])

    assert state.done
    assert state.position is None


def test_questions_count_no_points():
    case = make_car_door()

    assert walk(case, [FRONT, WHY]).score == walk(case, [FRONT]).score == 5


@pytest.mark.parametrize(
    ("done", "commit", "refusal"),
    [
        ([], Commit("which-door", 3), UnknownChoice),
        ([], Commit("which-door", 0), UnknownChoice),
        ([], Commit("which-door", -1), UnknownChoice),
        ([], Commit("which-door"), UnknownChoice),
        ([], APOLOGISE, NotNext),
        ([], Commit("arrival"), NotNext),
        ([], Commit("nowhere"), NotNext),
        ([], WHY, NotNext),
        ([REAR], REAR, AlreadyCommitted),
        ([REAR], FRONT, AlreadyCommitted),
        ([REAR], Commit("repair", 2), ReasonRequired),
        ([REAR], Commit("repair", 2, reason=" 　"), ReasonRequired),
        ([FRONT], Commit("why", text=" \n"), AnswerRequired),
        ([FRONT], Commit("why", 1), AnswerRequired),
        ([FRONT], SMILE, NotNext),
        ([FRONT, WHY], SMILE, WalkEnded),
        ([FRONT, WHY], WHY, AlreadyCommitted),
    ],
)
def test_a_commit_that_breaks_a_rule_is_refused_by_its_name(done, commit, refusal):
    with pytest.raises(refusal):
        check_commit(make_car_door(), done, commit)


@pytest.mark.parametrize(("done", "commit"), [([], REAR), ([REAR], APOLOGISE), ([FRONT], WHY)])
def test_a_commit_at_the_waiting_gate_is_taken(done, commit):
    case = make_car_door()

    assert check_commit(case, done, commit) == walk(case, [*done, commit])


@pytest.mark.parametrize("reason", [None, "no", "optional"])
def test_a_reason_is_asked_only_where_it_is_required(reason):
    case = make_case(make_decision("d", make_choice("end"), make_choice("end"), reason=reason), END)

    assert check_commit(case, [], Commit("d", 1)).ended


def test_walking_by_numbers_stops_where_no_choice_is_given():
    state = walk_choices(make_car_door(), [1])

    assert state.at == "repair"
    assert not state.ended


def test_walking_by_numbers_passes_the_questions_on_the_way():
    case = make_case(
        make_section(QUESTION, "q"), make_decision("d", make_choice("end"), make_choice("end")), END
    )

    assert walk_choices(case, [2]).path == ("q", "d", "end")


def test_more_numbers_than_decisions_are_refused():
    with pytest.raises(WalkEnded):
        walk_choices(make_car_door(), [2, 1])


@pytest.mark.parametrize("choices", [[3], [0], [1, 3]])
def test_a_number_that_no_option_has_is_refused(choices):
    with pytest.raises(UnknownChoice):
        walk_choices(make_car_door(), choices)


def test_a_path_that_leads_back_is_refused():
    case = make_case(make_section(SCENE, "a"), make_decision("d", make_choice("a"), make_choice("end")), END)

    with pytest.raises(CaseCycle, match="a"):
        walk_choices(case, [1])


@pytest.mark.parametrize("target", [None, "b"])
def test_a_path_without_an_ending_is_refused(target):
    case = make_case(
        make_decision("d", make_choice(target), make_choice("end")), make_section(SCENE, "b"), END
    )

    with pytest.raises(NoEnding):
        walk_choices(case, [1])


def test_a_walk_is_the_same_however_often_it_is_folded():
    commits = [REAR, APOLOGISE, WHY]

    assert walk(make_car_door(), commits) == walk(make_car_door(), iter(commits))


@pytest.mark.parametrize(("length", "is_taken"), [(MOST_WORDS, True), (MOST_WORDS + 1, False)])
def test_words_have_a_longest_length(length, is_taken):
    done = [Commit("which-door", 1)]
    commit = Commit("repair", 2, reason="因" * length)

    if is_taken:
        assert check_commit(make_car_door(), done, commit).ended
    else:
        with pytest.raises(TooLong):
            check_commit(make_car_door(), done, commit)


@pytest.mark.parametrize(
    ("commit", "kept"),
    [
        (Commit("which-door", 2, "不问", "也不问"), Commit("which-door", 2)),
        (Commit("repair", 2, " 因为 ", "不问"), Commit("repair", 2, "因为")),
        (Commit("why", 1, "不问", " 答 "), Commit("why", text="答")),
        (Commit("nowhere", 1, "因为"), Commit("nowhere", 1, "因为")),
    ],
)
def test_a_commit_keeps_what_its_gate_asks_for(commit, kept):
    assert asked_for(make_car_door(), commit) == kept
