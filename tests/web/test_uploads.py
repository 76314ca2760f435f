"""Files as answers: taken by their content, kept with the attempt, given back to their learner alone."""

from io import BytesIO

import pytest
from PIL import Image

from app.models import AttemptFile, Blob
from app.operations.blobs import blob_path
from app.web.database import reading
from tests.support.pages import Page, open_page, press
from tests.web.drills import alerts, begin, client, events_of, send

__all__ = ["client"]

PDF = b"%PDF-1.7\n1 0 obj\n"
NAMES = {"a.png": "image/png", "a.pdf": "application/pdf"}


@pytest.fixture
def paper(client):
    return begin(client)


def picture(colour="red", form="PNG", **extra):
    out = BytesIO()
    Image.new("RGB", (8, 6), colour).save(out, form, **extra)
    return out.getvalue()


def token(client, paper):
    return open_page(client, paper).form("/answers").value("csrf_token")


def post(client, paper, data, name, *, item="", **headers):
    sent = {"file": (BytesIO(data), name), "csrf_token": token(client, paper), "item": item}
    return client.post(
        f"{paper}/files", data=sent, headers={"Accept": "application/json", "Accept-Language": "en"} | headers
    )


def send_with_form(client, paper, *files, **fields):
    form = open_page(client, paper).form("/answers")
    data = dict(form.filled(**fields)) | {"file-file": [(BytesIO(data), name) for data, name in files]}
    return client.post(form.action, data=data, headers={"Accept-Language": "en"})


def test_a_file_sent_by_itself_is_kept_and_may_be_named_by_an_answer(client, paper, app):
    kept = post(client, paper, PDF, "报告.pdf").json

    assert kept == {"sha256": kept["sha256"], "name": "报告.pdf", "size": len(PDF)}
    assert send(client, paper, {"answer-file": kept["sha256"]}).status_code == 303
    assert events_of(app) == {"file": [kept["sha256"]]}
    assert "报告.pdf" in open_page(client, paper).text


def test_a_file_goes_with_the_form_where_there_is_no_javascript(client, paper, app):
    answer = send_with_form(client, paper, (picture(), "图.png"), answer_sum="6")

    assert answer.status_code == 303
    assert len(events_of(app)["file"]) == 1
    assert events_of(app)["sum"] == "6"
    assert "图.png" in open_page(client, paper).text


def test_another_file_is_added_and_a_tick_taken_away_removes_one(client, paper, app):
    send_with_form(client, paper, (picture(), "一.png"))
    send_with_form(client, paper, (PDF, "二.pdf"))
    first, second = events_of(app)["file"]

    send(client, paper, {"answer-file": second})

    assert events_of(app)["file"] == [second]
    assert first != second


def test_a_picture_loses_what_its_camera_added(client, paper, app, settings):
    exif = Image.Exif()
    exif[0x010F] = "zqcamera"
    kept = post(client, paper, picture(form="JPEG", exif=exif), "a.jpg").json

    stored = blob_path(settings.instance, kept["sha256"]).read_bytes()

    assert b"zqcamera" not in stored
    with Image.open(BytesIO(stored)) as seen:
        assert (seen.size, dict(seen.getexif())) == ((8, 6), {})


REFUSED = [
    (b"MZ\x90\x00", "report.pdf", "report.pdf is of a type that cannot be taken here."),
    (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "a.png", "a.png is of a type"),
    (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "b.png", "b.png is a picture that cannot be opened."),
]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case[1])
def test_a_file_that_cannot_be_taken_is_told_in_a_sentence_and_not_kept(client, paper, app, case):
    data, name, sentence = case

    answer = post(client, paper, data, name, **{"Accept-Language": "en"})

    assert answer.status_code == 422
    assert answer.json["error"] == "file_refused"
    assert sentence in answer.json["message"]
    with app.app_context():
        assert reading().query(AttemptFile).count() == 0


@pytest.mark.parametrize("case", [REFUSED[0], REFUSED[2]], ids=lambda case: case[1])
def test_with_the_form_a_bad_file_is_said_at_its_item_and_the_rest_is_saved(client, paper, app, case):
    data, name, sentence = case

    answer = send_with_form(client, paper, (data, name), answer_sum="6")

    assert answer.status_code == 422
    assert sentence in alerts(answer.text)[0]
    assert events_of(app) == {"sum": "6"}
    assert "1 answer could not be saved" in Page(answer.text).text


def test_a_file_of_a_type_that_the_item_does_not_take_is_refused(client, paper, app):
    kept = post(client, paper, picture(form="GIF"), "a.gif").json

    refused = send(client, paper, {"answer-file": kept["sha256"]})

    assert refused.status_code == 422
    assert events_of(app) == {}


def test_a_file_is_refused_at_once_where_its_item_does_not_take_it(client, paper, app):
    refused = post(client, paper, picture(form="GIF"), "a.gif", item="file")

    assert refused.status_code == 422
    assert refused.json["message"] == "a.gif is of a type that cannot be taken here."
    with app.app_context():
        assert reading().query(AttemptFile).count() == 0


def test_with_the_form_a_file_of_a_wrong_type_is_said_and_the_others_are_part_of_the_answer(
    client, paper, app
):
    kept = post(client, paper, PDF, "报告.pdf", item="file").json

    named = {"answer_file": kept["sha256"], "answer_sum": "6"}
    answer = send_with_form(client, paper, (picture(form="GIF"), "a.gif"), **named)

    assert alerts(answer.text) == ["a.gif is of a type that cannot be taken here."]
    assert events_of(app) == {"file": [kept["sha256"]], "sum": "6"}


def test_a5_a_file_is_given_back_to_its_learner_and_nobody_else(client, paper, browse):
    kept = post(client, paper, PDF, "报告.pdf").json
    address = f"{paper}/files/{kept['sha256']}"

    with client.get(address) as own:
        assert (own.status_code, own.data, own.mimetype) == (200, PDF, "application/pdf")
    assert "attachment" in own.headers["Content-Disposition"]
    assert own.headers["Cache-Control"] == "no-store"
    assert "sandbox" in own.headers["Content-Security-Policy"]
    for who, status in (("stranger", 403), ("instructor", 404), ("assistant", 404)):
        assert browse(who).get(address).status_code == status
    assert browse("").get(address).status_code == 303
    assert client.get(f"{paper}/files/{'0' * 64}").status_code == 404
    assert client.get(f"/media/{kept['sha256']}").status_code == 404


def test_a_foreign_attempt_takes_no_file_and_none_is_written(client, paper, browse, app):
    other = browse("instructor")
    sent = {
        "file": (BytesIO(PDF), "a.pdf"),
        "csrf_token": open_page(other, "/courses/etiquette/quizzes/drill").form("/start").value("csrf_token"),
    }

    assert other.post(f"{paper}/files", data=sent).status_code == 404
    with app.app_context():
        assert reading().query(Blob).count() == 0


def test_after_handing_in_no_file_is_taken_and_the_old_ones_stay(client, paper, app):
    kept = post(client, paper, PDF, "报告.pdf").json
    send(client, paper, {"answer-file": kept["sha256"]})
    form = open_page(client, paper).form("/answers")
    result = press(client, f"{paper}/review", "/submit").text

    late = {"file": (BytesIO(PDF + b"2"), "b.pdf"), "csrf_token": form.value("csrf_token")}
    assert client.post(f"{paper}/files", data=late).status_code == 409
    assert "报告.pdf" in result
    with client.get(f"{paper}/files/{kept['sha256']}") as again:
        assert again.data == PDF


def test_without_a_token_no_file_is_taken(client, paper):
    answer = client.post(f"{paper}/files", data={"file": (BytesIO(PDF), "a.pdf")})

    assert answer.status_code == 403
