"""``casehall content load``: the folders into the database."""

from collections.abc import Callable

import pytest
from sqlalchemy import event, select

from app.cli.loading import Loaded, changes, load_library, render_all, report
from app.models import AuditRow, Document, Offering
from app.web.database import database, reading, writing
from tests.support.builders import write_texts
from tests.support.texts import make_png, make_quiz_text, make_small_quiz_text, make_texts

SMILE = "quizzes/etiquette/smile.md"
LADIES = ("quizzes/etiquette/ladies.md", "quizzes/etiquette/ladies.en.md")


@pytest.fixture
def library(tmp_path):
    write_texts(tmp_path / "texts", make_texts())
    return tmp_path / "texts"


@pytest.fixture
def load(app, library) -> Callable[..., Loaded]:
    """Return a function that changes files and loads the folders, by default both."""

    def act(texts=None, folders=("cases", "quizzes")) -> Loaded:
        write_texts(library, texts or {})
        with app.app_context():
            return load_library([library / name for name in folders])

    return act


def documents(app):
    with app.app_context():
        rows = reading().scalars(select(Document))
        return {(row.kind, row.slug, row.language): row.retired_at is None for row in rows}


def test_folders_are_loaded_and_their_course_is_opened_in_the_present_term(app, load):
    loaded = load()

    assert loaded.is_whole
    assert len(loaded.plan.new) == 8
    assert all(documents(app).values())
    with app.app_context():
        assert len(reading().scalars(select(Offering)).all()) == 1


def test_loading_again_says_that_nothing_changed(load):
    load()

    again = load()

    assert list(changes(again.plan)) == ["unchanged 8"]
    assert not again.plan.writes


def loads_logged(app):
    with app.app_context():
        rows = reading().scalars(select(AuditRow).where(AuditRow.action == "text.load").order_by(AuditRow.id))
        return [(row.actor_id, row.detail) for row in rows]


def test_a_load_that_changes_something_stands_in_the_log_once_and_is_nobodys(app, load):
    load()
    load()
    load({SMILE: make_small_quiz_text("新"), LADIES[1]: None})

    assert loads_logged(app) == [
        (None, {"course": "etiquette", "new": 8}),
        (None, {"course": "etiquette", "replaced": 1, "retired": 1}),
    ]


def test_a_load_tells_the_log_which_text_of_the_browser_it_replaced(app, load, library):
    load()
    with app.app_context(), writing() as session:
        smile = session.scalars(select(Document).where(Document.slug == "smile")).one()
        smile.loaded_hash = "what was published in the browser since"
    write_texts(library, {SMILE: make_small_quiz_text("新")})

    with app.app_context():
        load_library([library / "quizzes"], is_over=True)

    told = {"course": "etiquette", "replaced": 1, "over": ["quiz/smile.zh"]}
    assert loads_logged(app)[-1] == (None, told)


@pytest.fixture
def at_commit(app):
    """Return a function that lets another one be called before each commit."""

    def listen(act):
        with app.app_context():
            event.listen(database().writers, "before_commit", lambda session: act())

    return listen


CHANGED = {name: make_quiz_text(stem="先扶谁？") for name in LADIES} | {SMILE: make_small_quiz_text("新题")}


def test_each_text_is_written_in_a_turn_of_its_own_with_its_translation_and_then_the_log(load, at_commit):
    load()
    commits = []
    at_commit(lambda: commits.append(1))

    loaded = load(CHANGED)

    assert len(loaded.plan.changed) == 3
    assert len(commits) == 3


def test_what_was_cut_off_is_loaded_the_next_time(load, at_commit):
    commits = []

    def die_at_the_third():
        commits.append(1)
        if len(commits) == 3:
            raise KeyboardInterrupt

    at_commit(die_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        load()

    rest = load()

    assert rest.is_whole
    assert len(rest.plan.unchanged) > 0 < len(rest.plan.new)
    assert len(rest.plan.unchanged) + len(rest.plan.new) == 8
    assert list(changes(load().plan)) == ["unchanged 8"]


def test_what_was_rendered_is_not_rendered_again(app, load):
    load()

    with app.app_context():
        assert render_all() == 0


def test_a_broken_file_is_told_and_kept_and_the_others_are_loaded(app, load):
    load()

    loaded = load(
        {
            SMILE: "---\ntitle: 微笑\n---\n\n## 笑？ {#smile}\n\n- ( ) 甲\n- ( ) 乙\n",
            LADIES[0]: make_quiz_text("新"),
        }
    )

    assert not loaded.is_whole
    assert [one.code for one in loaded.diagnostics if one.is_error]
    assert [one.source.slug for one in loaded.plan.changed] == ["ladies"]
    assert documents(app)["quiz", "smile", "zh"]


def test_items_need_ids_of_their_own(app, load):
    loaded = load({SMILE: make_small_quiz_text().replace(" {#smile}", "")})

    assert "error unwritten-id items have no id of their own: q1" in loaded.faults[0]
    assert ("quiz", "smile", "zh") not in documents(app)


def test_a_picture_that_is_none_keeps_its_text_out(app, load):
    text = make_small_quiz_text().replace("## 笑不笑？", "## ![](media/a.png)")

    loaded = load({SMILE: text, "cases/etiquette/media/a.png": b"no picture"})

    assert "bad-picture" in loaded.faults[0]
    assert ("quiz", "smile", "zh") not in documents(app)
    assert load({"cases/etiquette/media/a.png": make_png()}).is_whole


def test_a_text_that_cannot_be_rendered_keeps_only_itself_out(app, load):
    loaded = load({SMILE: make_small_quiz_text().replace("## 笑不笑？", "## " + "[" * 250)})

    assert loaded.faults or any(one.is_error for one in loaded.diagnostics)
    assert ("quiz", "smile", "zh") not in documents(app)
    assert documents(app)["case", "door", "zh"]


def test_a_file_taken_away_retires_its_document(app, load):
    load()

    loaded = load({SMILE: None})

    assert "retired   etiquette/quiz/smile.zh" in list(changes(loaded.plan))
    assert not documents(app)["quiz", "smile", "zh"]


def test_a_folder_taken_away_with_its_last_file_retires_it_too(app, load, library):
    load()

    write_texts(library, dict.fromkeys((SMILE, *LADIES)))
    (library / "quizzes" / "etiquette").rmdir()
    load()

    assert {name for name, is_there in documents(app).items() if not is_there} == {
        ("quiz", "smile", "zh"),
        ("quiz", "ladies", "zh"),
        ("quiz", "ladies", "en"),
    }


@pytest.mark.parametrize("folder", ["cases", "cases/etiquette"])
def test_a_folder_speaks_for_its_own_kinds_only(app, load, folder):
    load()

    assert load(folders=[folder]).plan.retired == []
    assert all(documents(app).values())


def test_another_library_retires_nothing_of_this_one(app, load, tmp_path):
    load()
    write_texts(tmp_path / "more", {"quizzes/other/smile.md": make_small_quiz_text()})

    with app.app_context():
        loaded = load_library([tmp_path / "more" / "quizzes"])

    assert (loaded.plan.retired, len(loaded.plan.new)) == ([], 1)
    assert all(documents(app).values())


def test_a_course_without_syllabus_is_loaded_and_told_once(app, library, tmp_path, capsys):
    write_texts(tmp_path / "more", {"quizzes/other/smile.md": make_small_quiz_text()})

    with app.app_context():
        report(load_library([tmp_path / "more" / "quizzes"]))

    out, err = capsys.readouterr()
    assert "new       other/quiz/smile.zh" in out
    assert err.count("missing-syllabus the course other has no syllabus") == 1
    assert "write cases/other/syllabus.md" in err


def test_a_syllabus_that_was_published_already_is_not_missed(app, load, tmp_path, capsys):
    load()
    write_texts(tmp_path / "more", {"quizzes/etiquette/other.md": make_small_quiz_text()})

    with app.app_context():
        report(load_library([tmp_path / "more" / "quizzes"]))

    assert "missing-syllabus" not in capsys.readouterr().err
