"""A paper composed from a blueprint is published as a quiz of its own, which no file speaks for."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.content.parse import Kind, parse_text
from app.domain.bank import LeftOut
from app.domain.blueprint import Blueprint
from app.domain.errors import (
    BadPaper,
    NoCommonLanguage,
    NotPublished,
    OfferingArchived,
    StockShort,
)
from app.domain.origins import read_origins
from app.models import AuditRow, BankItem, Document, ManifestEntry
from app.operations.bank_use import list_uses
from app.operations.composing import prepare_paper, publish_paper
from app.operations.documents import find_fragments, get_text, quiz_of
from app.operations.offerings import archive_offering
from app.operations.preflight import preflight
from tests.support.builders import place_of, publish_texts, renderer
from tests.support.exams import hall_of, set_exam, sit_exam
from tests.support.moments import TODAY
from tests.support.papers import TITLES, compose_paper, gather_from, wish_for
from tests.support.texts import make_exam_texts, make_png, make_quiz_text, make_small_quiz_text

EASY = {"single": "2", "multiple": "4", "true_false": "1"}
FOLDER = "quizzes/etiquette"
PICTURE = "cases/etiquette/media/door.png"


def text_of(session, room, slug="paper-2026-03-02-1"):
    return get_text(session, room.offering.course_id, Kind.QUIZ, slug)


def written(session, room, language="zh"):
    return quiz_of(text_of(session, room).revisions[language])


def ids(quiz):
    return [item.id for item in quiz.items]


@pytest.fixture
def ladies(session, classroom):
    return gather_from(session, classroom, "ladies")


@pytest.fixture
def publish(session, classroom, now):
    """Return a function that publishes what was gathered, as the instructor does."""

    def published(gathered, blueprint, seed="7"):
        place = place_of(session, classroom.instructor)
        paper = prepare_paper(gathered, blueprint, seed, renderer())
        return publish_paper(session, classroom.instructor, place, paper, (now, TODAY))

    return published


def test_a_paper_is_a_readable_quiz_for_exams_in_both_languages(session, classroom, ladies, publish):
    slug = publish(ladies, wish_for(ladies, **EASY))

    text = text_of(session, classroom)
    assert (slug, text.original, set(text.revisions)) == ("paper-2026-03-02-1", "zh", {"zh", "en"})
    assert text.document.is_exam_only
    source = text.revisions["zh"].source
    assert "标题: 期末试卷" in source
    assert "用途: 考试" in source
    assert "# 单项选择题 {每题=2分 乱序}" in source
    assert "## 先开哪扇门？ {#single 目标=1.1}" in source
    assert parse_text(source, Kind.QUIZ).errors == ()
    assert "# Multiple choice {each=4pt shuffle}" in text.revisions["en"].source
    assert (
        ids(written(session, classroom, "en"))
        == ids(written(session, classroom))
        == ["single", "many", "truth"]
    )
    revisions = list(text.revisions.values())
    assert {row.author_id for row in revisions} == {classroom.instructor.id}
    assert "单项选择题" in find_fragments(session, revisions)[text.revisions["zh"].id]["group.1.title"]


def test_keys_and_rules_are_those_of_the_quiz(session, classroom, ladies, publish):
    publish(ladies, wish_for(ladies, multiple="4", blanks="2", numeric="2"))

    master = quiz_of(get_text(session, classroom.offering.course_id, Kind.QUIZ, "ladies").revisions["zh"])
    before = {item.id: item for item in master.items}
    for item in written(session, classroom).items:
        assert item.key == before[item.id].key
        assert (item.scoring, item.explanation) == (before[item.id].scoring, before[item.id].explanation)


def test_the_log_tells_how_to_compose_it_again(session, classroom, ladies, publish):
    publish(ladies, wish_for(ladies, **EASY))

    (row,) = session.scalars(select(AuditRow).where(AuditRow.action == "quiz.compose"))
    assert (row.actor_id, row.offering_id) == (classroom.instructor.id, classroom.offering.id)
    assert (row.detail["quiz"], row.detail["seed"]) == ("paper-2026-03-02-1", "7")
    assert row.detail["wishes"][0] == {"cell": ["doors", None, None, "single"], "count": 1, "points": "2"}


def test_composing_the_same_twice_gives_the_same_paper_and_anything_else_another(ladies, publish):
    blueprint = wish_for(ladies, **EASY)

    assert [publish(ladies, blueprint), publish(ladies, blueprint)] == ["paper-2026-03-02-1"] * 2
    assert publish(ladies, replace(blueprint, titles={"zh": "乙卷", "en": "B"})) == "paper-2026-03-02-2"
    assert publish(ladies, blueprint, seed="8") == "paper-2026-03-02-3"


def test_a_slug_that_was_used_once_is_not_used_again(session, classroom, ladies, publish):
    publish(ladies, wish_for(ladies, single="2"))
    for document in session.scalars(select(Document).where(Document.slug == "paper-2026-03-02-1")):
        document.retired_at = document.retired_at or classroom.offering.created_at
    session.flush()

    assert publish(ladies, wish_for(ladies, single="2")) == "paper-2026-03-02-2"


def test_a_language_that_one_quiz_lacks_is_left_out(session, classroom, publish):
    both = gather_from(session, classroom, "ladies", "smile")

    publish(both, wish_for(both, **EASY))

    assert set(text_of(session, classroom).revisions) == {"zh"}
    assert read_origins(written(session, classroom).source) == ("ladies", "smile")
    assert ids(written(session, classroom)) == ["single", "smile", "many", "truth"]


def test_a_translation_that_lags_behind_is_left_out(session, classroom, now, publish):
    longer = make_quiz_text() + "\n## 新题 {#new 1分}\n\n= 对\n"
    publish_texts(session, classroom.library, {f"{FOLDER}/ladies.md": longer}, now)
    gathered = gather_from(session, classroom, "ladies")

    publish(gathered, wish_for(gathered, **EASY))

    assert gathered.bank.languages == ("zh",)
    assert "new" in ids(written(session, classroom))


def test_what_cannot_be_composed_publishes_nothing(session, classroom, ladies, publish):
    (cell, *_) = ladies.bank.stock
    wanted = wish_for(ladies, single="2")
    many = {one: replace(wish, count=9) for one, wish in wanted.wishes.items()}

    for blueprint, refusal in ((replace(wanted, wishes=many), StockShort), (Blueprint(TITLES, {}), BadPaper)):
        with pytest.raises(refusal):
            publish(ladies, blueprint)

    assert cell.module == "doors"
    assert session.scalars(select(Document).where(Document.slug.startswith("paper-"))).all() == []


def test_quizzes_that_are_not_there_or_share_no_language_are_refused(session, classroom, now):
    publish_texts(session, classroom.library, {f"{FOLDER}/grin.md": make_small_quiz_text("Grin")}, now)
    session.scalars(select(Document).where(Document.slug == "grin")).one().language = "en"
    session.flush()

    with pytest.raises(NotPublished):
        gather_from(session, classroom, "ladies", "nothing")
    with pytest.raises(NoCommonLanguage):
        gather_from(session, classroom, "smile", "grin")


def test_a_text_that_is_too_long_is_refused(session, classroom, now, publish):
    items = "\n\n".join(f"## 第{n}题{'长' * 3000} {{#l{n}}}\n\n= 对" for n in range(25))
    half = f"---\ntitle: 长\n---\n\n{items}\n"
    texts = {f"{FOLDER}/long.md": half, f"{FOLDER}/longer.md": half.replace("长", "久")}
    publish_texts(session, classroom.library, texts, now)
    gathered = gather_from(session, classroom, "long", "longer")

    with pytest.raises(BadPaper, match="256 KiB"):
        publish(gathered, wish_for(gathered, true_false="1"))


def test_in_an_archived_offering_nothing_is_composed(session, classroom, ladies, publish, now):
    archive_offering(place_of(session, classroom.instructor).offering, now)

    with pytest.raises(OfferingArchived):
        publish(ladies, wish_for(ladies, **EASY))


# loading


def test_loading_again_neither_retires_nor_conflicts_with_a_composed_paper(
    session, classroom, ladies, publish, now
):
    publish(ladies, wish_for(ladies, **EASY))

    plan = publish_texts(session, classroom.library, {f"{FOLDER}/smile.md": make_small_quiz_text("笑")}, now)

    assert (plan.retired, plan.conflicts) == ([], [])
    assert {row.loaded_hash for row in _documents(session)} == {None}
    assert {row.retired_at for row in _documents(session)} == {None}


def _documents(session):
    return session.scalars(select(Document).where(Document.slug.startswith("paper-"))).all()


# pictures


def with_picture(title):
    return make_small_quiz_text(title).replace(
        "## 笑不笑？ {#smile}\n", f"## {title}？ {{#look}}\n\n![图](media/door.png)\n"
    )


def manifest(session, revision):
    rows = session.scalars(select(ManifestEntry).where(ManifestEntry.revision_id == revision.id))
    return {row.name: row.sha256 for row in rows}


def test_pictures_come_along_and_those_of_one_name_are_told_apart(session, classroom, now, publish):
    publish_texts(
        session, classroom.library, {f"{FOLDER}/one.md": with_picture("甲"), PICTURE: make_png()}, now
    )
    first = manifest(
        session, get_text(session, classroom.offering.course_id, Kind.QUIZ, "one").revision("zh")
    )
    later = {f"{FOLDER}/one.md": None, f"{FOLDER}/two.md": with_picture("乙"), PICTURE: make_png(200)}
    publish_texts(session, classroom.library, later, now)
    for document in session.scalars(select(Document).where(Document.slug == "one")):
        document.retired_at = None
    session.flush()
    gathered = gather_from(session, classroom, "one", "two")

    publish(gathered, wish_for(gathered, single="2"))

    revision = text_of(session, classroom).revision("zh")
    pinned = manifest(session, revision)
    assert set(pinned) == {"door.png", "two-door.png"}
    assert pinned["door.png"] == first["door.png"] != pinned["two-door.png"]
    assert "![图](media/two-door.png)" in revision.source
    html = find_fragments(session, [revision])[revision.id]
    assert f"/media/{pinned['door.png']}" in html["one-look.stem"]
    assert f"/media/{pinned['two-door.png']}" in html["two-look.stem"]


SHARED = """---
标题: {title}
use: exam
---

# 材料题

![图](media/door.png) {text}

## 先开哪扇门？ {{#which}}

- (x) 前门
- ( ) 后门

## 看图。 {{#note 说明}}

## 次序对吗？ {{#right}}

= 对
"""


@pytest.fixture
def materials(session, classroom, now):
    """Publish three quizzes whose questions stand under a text with a picture, two of them the same."""
    texts = {"one": "车到门前。", "two": "客人下车。", "three": "车到门前。"}
    files = {f"{FOLDER}/{name}.md": SHARED.format(title=name, text=text) for name, text in texts.items()}
    publish_texts(session, classroom.library, files | {PICTURE: make_png()}, now)
    return gather_from(session, classroom, *texts)


def test_questions_under_a_text_take_it_along_with_its_picture(session, classroom, publish, materials):
    slug = publish(materials, wish_for(materials, single="2", true_false="1"))

    revision = text_of(session, classroom, slug).revision("zh")
    assert revision.source.count("![图](media/door.png) 车到门前。\n\n") == 2
    assert "{#one-which}\n\n![图](media/door.png) 车到门前。\n\n先开哪扇门？\n\n- (x)" in revision.source
    pinned = manifest(session, revision)
    html = find_fragments(session, [revision])[revision.id]
    assert all(f"/media/{pinned['door.png']}" in html[f"{name}-right.stem"] for name in ("one", "two"))


def test_an_exam_tells_of_the_questions_that_took_their_text_along(
    session, classroom, now, publish, materials
):
    slug = publish(materials, wish_for(materials, single="2"))
    names = [("one", "which"), ("two", "which"), ("one", "right")]
    rows = [_row_of(session, *name) for name in names]
    before = [list_uses(session, row) for row in rows]

    exam = set_exam(session, classroom, now, slug)

    after = [[use.hall.exam.id for use in list_uses(session, row)] for row in rows]
    assert (before, after) == ([[], [], []], [[exam.id], [exam.id], []])


def _row_of(session, slug, item):
    rows = select(BankItem).join(Document, Document.id == BankItem.document_id)
    return session.scalars(rows.where(Document.slug == slug, BankItem.item == item)).one()


def test_the_same_question_is_another_one_under_another_text(materials):
    bank = materials.bank

    assert [item.name for item in bank.items if item.item.id == "which"] == [
        ("one", "which"),
        ("two", "which"),
    ]
    assert bank.left_out == {LeftOut.NOTE: 3, LeftOut.TWICE: 2}


# the exam


def test_a_composed_paper_is_sat_like_any_other_and_only_then_seen(session, classroom, now):
    slug = compose_paper(session, classroom, now, ("ladies",), EASY)
    exam = set_exam(session, classroom, now, slug)

    attempt = sit_exam(session, classroom.student, exam, now)

    assert {one["key"] for one in attempt.layout["items"]} == {"single", "many", "truth"}


def test_the_preflight_says_which_questions_students_can_practise(session, classroom, now):
    slug = compose_paper(session, classroom, now, ("ladies", "smile"), EASY)
    exam = set_exam(session, classroom, now, slug)

    told = [str(one.sentence) for one in preflight(session, hall_of(session, classroom, exam), now)]

    assert "Questions of the paper come from quizzes that students can practise: 女士优先, 微笑." in told
    assert "The paper comes from a quiz that students can practise." not in told


def test_a_paper_from_quizzes_for_exams_only_warns_of_nothing(session, classroom, now):
    publish_texts(session, classroom.library, make_exam_texts(), now)
    slug = compose_paper(session, classroom, now, ("guard",), {"single": "2"})
    exam = set_exam(session, classroom, now, slug)

    told = [str(one.sentence) for one in preflight(session, hall_of(session, classroom, exam), now)]

    assert not any("practise" in sentence for sentence in told)
