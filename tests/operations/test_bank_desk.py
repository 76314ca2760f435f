"""The desk of the bank: tags, what is retired, doubles, and questions taken into texts."""

import pytest
from sqlalchemy import select

from app.content.parse import Kind, parse_text
from app.domain.bank_wanted import Wanted
from app.domain.errors import (
    BadTag,
    ExamOnly,
    NotFound,
    NothingChosen,
    OfferingArchived,
    QuestionRetired,
    TextRefused,
)
from app.domain.quiz import points_of
from app.models import AuditRow, TextDraft
from app.operations.bank_desk import retire_question, revive_question, set_tags
from app.operations.bank_doubles import PAGE, _candidates, doubles_of, list_doubles
from app.operations.bank_picks import new_target, pick_into, pick_new
from app.operations.bank_places import QuestionName, get_question
from app.operations.bank_search import search_bank
from app.operations.bank_use import list_uses
from app.operations.documents import get_text
from app.operations.drafts import save_draft
from app.operations.offerings import archive_offering
from app.operations.papers import ensure_paper
from app.operations.writings import Seen
from tests.support.builders import place_of, publish_texts
from tests.support.exams import set_exam, sit_exam
from tests.support.papers import gather_from
from tests.support.texts import make_exam_texts, make_quiz_text, make_small_quiz_text

SMILE, LADIES = "quizzes/etiquette/smile.md", "quizzes/etiquette/ladies.md"


@pytest.fixture
def question(session, classroom):
    def named(item="smile", quiz="smile", who=None):
        return get_question(session, who or classroom.instructor, QuestionName("etiquette", quiz, item))

    return named


def found(session, classroom, **wanted):
    rows = search_bank(session, [classroom.offering.course_id], Wanted(**wanted)).items
    return sorted(row.item for row in rows)


def logged(session):
    return [row.action for row in session.scalars(select(AuditRow)) if row.action.startswith("question")]


def draft_of(session, slug):
    draft = session.scalars(select(TextDraft).where(TextDraft.slug == slug)).one()
    return draft.text, parse_text(draft.text, Kind.QUIZ).document


def test_a_question_is_found_by_the_tags_of_the_desk(session, classroom, question, now):
    for _ in range(2):
        set_tags(session, classroom.instructor, question(), [" 期末  A ", "易错", ""], now)

    assert question().tags == ["易错", "期末 A"]
    assert found(session, classroom, tag="易错") == ["smile"]
    assert logged(session) == ["question.tag"]


def test_tags_stay_with_a_question_whose_text_changes_and_that_is_renamed(session, classroom, question, now):
    set_tags(session, classroom.instructor, question(), ["易错"], now)
    text = make_small_quiz_text().replace("{#smile}", "{#grin was=smile}").replace("笑不笑", "笑还是不笑")
    publish_texts(session, classroom.library, {SMILE: text}, now)

    assert found(session, classroom, tag="易错") == ["grin"]


@pytest.mark.parametrize("tags", [["长" * 31], [f"{n}" for n in range(13)]])
def test_too_long_or_too_many_tags_are_refused(session, classroom, question, now, tags):
    with pytest.raises(BadTag):
        set_tags(session, classroom.instructor, question(), tags, now)


@pytest.mark.parametrize("who", ["student", "assistant", "stranger"])
def test_the_exam_wall_stands_before_the_bank(session, classroom, question, now, who):
    publish_texts(session, classroom.library, make_exam_texts(), now)
    assert question("only", "guard")

    with pytest.raises(NotFound):
        question("only", "guard", getattr(classroom, who))


def test_a_retired_question_is_kept_out_of_blueprints_until_it_comes_back(session, classroom, question, now):
    for _ in range(2):
        retire_question(session, classroom.instructor, question(), now)
    retired = found(session, classroom, text="笑"), found(session, classroom, text="笑", state="retired")
    bank = gather_from(session, classroom, "smile").bank
    for _ in range(2):
        revive_question(session, classroom.instructor, question(), now)

    assert retired == ([], ["smile"])
    assert bank.left_out == {"retired": 1}
    assert found(session, classroom, text="笑") == ["smile"]
    assert len(gather_from(session, classroom, "smile").bank.items) == 1
    assert logged(session) == ["question.retire", "question.revive"]


def test_a_retired_question_is_not_drawn_while_enough_others_are_there(session, classroom, question, now):
    files = {LADIES: make_quiz_text(group="抽=1"), "quizzes/etiquette/ladies.en.md": None}
    publish_texts(session, classroom.library, files, now)
    retire_question(session, classroom.instructor, question("many", "ladies"), now)
    text = get_text(session, classroom.offering.course_id, Kind.QUIZ, "ladies")

    manifest = ensure_paper(session, text, now).manifest
    retire_question(session, classroom.instructor, question("single", "ladies"), now)

    assert '"key":"single"' in manifest
    assert '"key":"many"' not in manifest
    assert '"key":"many"' in ensure_paper(session, text, now).manifest


def test_in_an_archived_course_the_desk_rests(session, classroom, question, now):
    archive_offering(classroom.offering, now)

    for act in (retire_question, revive_question):
        with pytest.raises(OfferingArchived):
            act(session, classroom.instructor, question(), now)


def test_a_question_tells_which_exams_ask_it_and_when_it_was_sat_last(session, classroom, question, now):
    exam = set_exam(session, classroom, now, "smile")
    sit_exam(session, classroom.student, exam, now)

    (use,) = list_uses(session, question().row)

    assert (use.hall.exam.id, use.last_sat) == (exam.id, now)


def test_doubles_are_found_by_their_stem_or_by_the_words_they_share(session, classroom, question, now):
    twin = make_small_quiz_text("又一份").replace("{#smile}", "{#twin}").replace("- ( ) 不笑", "- ( ) 哭")
    near = make_quiz_text("另一份", stem="请问先开哪扇门？").replace("{#", "{#other-")
    files = {"quizzes/etiquette/twin.md": twin, "quizzes/etiquette/near.md": near}
    publish_texts(session, classroom.library, files, now)

    page = list_doubles(session, [classroom.offering.course_id])
    alike = {row.row.item: row for row in doubles_of(session, question("single", "ladies").row)}

    assert doubles_of(session, question().row)[0].row.item == "twin"
    assert 0.7 <= alike["other-single"].share < 1
    assert not alike["other-single"].has_same_stem
    assert {"smile", "twin"} in [{one.first.item, *(o.row.item for o in one.others)} for one in page.groups]
    assert len(page.groups) == 7


def test_questions_with_a_stem_that_says_nothing_are_no_doubles(session, classroom, question, now):
    right = "\n## 下列说法正确的是？ {{#r{}}}\n\n- (x) {}\n- ( ) {}\n"
    text = "---\ntitle: 像不像\n---\n"
    text += right.format(1, "微笑要露八颗牙", "电话响三声内接起") + right.format(
        2, "名片双手递", "座次以右为尊"
    )
    publish_texts(session, classroom.library, {"quizzes/etiquette/like.md": text}, now)

    assert doubles_of(session, question("r1", "like").row) == []
    assert list_doubles(session, [classroom.offering.course_id]).groups == []


def test_pages_without_any_double_are_passed_over(session, classroom, now):
    twin = make_small_quiz_text("又一份").replace("{#smile}", "{#twin}")
    publish_texts(session, classroom.library, {"quizzes/etiquette/twin.md": twin}, now)
    item = "\n## {} {{#t{}}}\n\n- (x) {}\n- ( ) {}\n"
    words = ["".join(chr(0x5000 + 9 * number + place) for place in range(9)) for number in range(200)]
    pairs = [item.format(words[at // 2], at, words[50 + 2 * at], words[51 + 2 * at]) for at in range(40)]
    text = "---\ntitle: 像不像\n---\n" + "".join(pairs)
    publish_texts(session, classroom.library, {"quizzes/etiquette/like.md": text}, now)

    candidates = _candidates(session, [classroom.offering.course_id])
    first = list_doubles(session, [classroom.offering.course_id])

    assert [{one.first.item, *(o.row.item for o in one.others)} for one in first.groups] == [
        {"smile", "twin"}
    ]
    assert len(candidates) > PAGE
    assert (first.before, first.after) == (None, None)


def test_a_retired_double_is_settled(session, classroom, question, now):
    twin = make_small_quiz_text("又一份").replace("{#smile}", "{#twin}")
    publish_texts(session, classroom.library, {"quizzes/etiquette/twin.md": twin}, now)
    retire_question(session, classroom.instructor, question("twin", "twin"), now)

    assert list_doubles(session, [classroom.offering.course_id]).groups == []


def test_questions_are_taken_into_the_draft_of_a_quiz(session, classroom, question, now):
    place = place_of(session, classroom.instructor)
    chosen = [question("single", "ladies"), question()]

    picked = pick_into(session, classroom.instructor, new_target(place, "smile", "zh"), chosen, now)
    text, quiz = draft_of(session, "smile")

    assert text.startswith(make_small_quiz_text().rstrip())
    assert [item.id for item in quiz.items] == ["smile", "single", "smile-smile"]
    assert next(item for item in quiz.items if item.id == "single").points == 2
    assert picked.message == "选自题库：ladies single; smile smile"


def test_a_quiz_for_exams_is_begun_with_questions(session, classroom, question, now):
    target = new_target(place_of(session, classroom.instructor), "final", "zh")
    what = ("期末", [question("single", "ladies"), question()])

    pick_new(session, classroom.instructor, target, what, now)
    quiz = draft_of(session, "final")[1]

    assert (quiz.title, quiz.use, [item.id for item in quiz.items]) == ("期末", "exam", ["single", "smile"])
    assert quiz.source == "选自题库：ladies, smile"
    with pytest.raises(TextRefused):
        pick_new(session, classroom.instructor, target, what, now)


def test_questions_for_exams_only_stay_out_of_what_is_practised(session, classroom, question, now):
    vault = str(make_exam_texts()["quizzes/etiquette/guard.md"]).replace("{#only}", "{#more}")
    texts = make_exam_texts() | {"quizzes/etiquette/vault.md": vault}
    publish_texts(session, classroom.library, texts, now)
    place, chosen = place_of(session, classroom.instructor), [question("only", "guard"), question()]

    with pytest.raises(ExamOnly) as refused:
        pick_into(session, classroom.instructor, new_target(place, "ladies", "zh"), chosen, now)
    pick_into(session, classroom.instructor, new_target(place, "vault", "zh"), chosen, now)

    assert refused.value.sentence.values == {"questions": "guard only"}
    assert [draft.slug for draft in session.scalars(select(TextDraft))] == ["vault"]
    assert [item.id for item in draft_of(session, "vault")[1].items] == ["more", "only", "smile"]


def test_the_use_that_counts_is_that_of_the_draft(session, classroom, question, now):
    publish_texts(session, classroom.library, make_exam_texts(), now)
    target = new_target(place_of(session, classroom.instructor), "smile", "zh")
    walled = make_small_quiz_text(front="use: exam\n")
    save_draft(session, classroom.instructor, target, (walled, Seen(0, 1)), now)

    pick_into(session, classroom.instructor, target, [question("only", "guard")], now)

    assert draft_of(session, "smile")[1].use == "exam"


def test_questions_of_a_new_quiz_for_exams_stand_under_their_types_with_their_points(
    session, classroom, question, now
):
    target = new_target(place_of(session, classroom.instructor), "final", "zh")
    chosen = [
        question("truth", "ladies"),
        question(),
        question("single", "ladies"),
        question("written", "ladies"),
    ]

    pick_new(session, classroom.instructor, target, ("期末", chosen), now)
    groups = draft_of(session, "final")[1].groups

    assert [group.title for group in groups] == ["单项选择题", "判断题", "问答题"]
    assert [[points_of(item, group) for item in group.items] for group in groups] == [[2, 1], [2], [4]]
    assert all(group.shuffle for group in groups)


def test_questions_go_under_the_last_group_of_their_type_else_under_their_own(
    session, classroom, question, now
):
    text = "---\ntitle: 题\n---\n\n# 一、判断题\n\n## 对吗？ {#so}\n\n= 对\n"
    publish_texts(session, classroom.library, {"quizzes/etiquette/titled.md": text}, now)
    place, chosen = place_of(session, classroom.instructor), [question("truth", "ladies"), question()]

    pick_into(session, classroom.instructor, new_target(place, "titled", "zh"), chosen, now)
    groups = draft_of(session, "titled")[1].groups

    assert [(group.title, [item.id for item in group.items]) for group in groups] == [
        ("一、判断题", ["so", "truth"]),
        ("单项选择题", ["smile"]),
    ]


def test_nothing_and_retired_questions_cannot_be_taken(session, classroom, question, now):
    target = new_target(place_of(session, classroom.instructor), "smile", "zh")
    with pytest.raises(NothingChosen):
        pick_into(session, classroom.instructor, target, [], now)
    retire_question(session, classroom.instructor, question(), now)

    with pytest.raises(QuestionRetired):
        pick_into(session, classroom.instructor, target, [question()], now)
    assert session.scalars(select(TextDraft)).all() == []


def test_a_question_that_was_changed_since_tells_which_exam_asked_it(session, classroom, question, now):
    exam = set_exam(session, classroom, now, "smile")
    publish_texts(
        session, classroom.library, {SMILE: make_small_quiz_text().replace("笑不笑", "先笑吗")}, now
    )

    assert [use.hall.exam.id for use in list_uses(session, question().row)] == [exam.id]
    assert found(session, classroom, exam=str(exam.id)) == ["smile"]
