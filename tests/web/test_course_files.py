"""Files at the modules of a course: its authors put them there, its people read and play them."""

from io import BytesIO

import pytest

from app.models import CourseFile
from tests.support.pages import Page, follow, open_page, send_form
from tests.web.authors import rows

PDF, MP3 = b"%PDF-1.7\n1 0 obj", b"ID3\x04" + bytes(range(200))
COURSE = "/courses/etiquette"
JSON = {"Accept": "application/json"}
pytestmark = pytest.mark.usefixtures("time")


@pytest.fixture
def files(classroom):
    return f"/teach/offerings/{classroom.offering.public_id}/files"


@pytest.fixture
def client(browse):
    return browse("instructor")


@pytest.fixture
def upload(client, files):
    """Return a function that sends a file, as the page does or by itself."""

    def sent(data=PDF, name="第1讲.pdf", title="", headers=None):
        token = client.get("/csrf").get_json()["csrf"]
        fields = {"csrf_token": token, "module": "doors", "title": title, "file": (BytesIO(data), name)}
        return client.post(files, data=fields, headers=headers)

    return sent


def test_a_file_stands_at_its_module_for_learners_and_not_for_passers_by(client, upload, files, browse, app):
    page = follow(client, upload())
    assert "第1讲" in page.text
    assert "PDF · 1 KB" in page.text

    learner = browse("student")
    shown = open_page(learner, COURSE)
    (link,) = [one for one in shown.links if "第1讲" in one]
    with learner.get(shown.links[link]) as answer:
        assert answer.data == PDF
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Content-Disposition"].startswith("inline")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert "script" not in answer.headers["Content-Security-Policy"]
    with learner.get(shown.links[link] + "?download=1") as kept:
        assert kept.headers["Content-Disposition"].startswith("attachment")
    assert app.test_client().get(shown.links[link]).location.startswith("/login")
    assert browse("stranger").get(shown.links[link]).status_code in {403, 404}


def test_a_player_gets_the_part_that_it_asks_for(upload, store, browse):
    upload(MP3, "听力.mp3")
    address = f"{COURSE}/files/{rows(store, CourseFile)[0].id}"
    learner = browse("student")
    page = learner.get(COURSE).text
    assert f'<audio src="{address}"' in page
    assert 'preload="none"' in page

    with learner.get(address, headers={"Range": "bytes=10-19"}) as part:
        assert (part.status_code, part.data) == (206, MP3[10:20])
        assert part.headers["Content-Range"] == f"bytes 10-19/{len(MP3)}"
        tag = part.headers["ETag"]
    with learner.get(address, headers={"If-None-Match": tag}) as same:
        assert same.status_code == 304
    with learner.get(address, headers={"Range": f"bytes={len(MP3)}-"}) as beyond:
        assert beyond.status_code == 416


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"<svg/>", "图.svg", "图.svg is a web page or an SVG picture. Save it as PDF."),
        (b"MZ", "a.exe", "a.exe is none of PDF, PPTX, MP3, M4A, WAV, MP4 and WebM. Save it as one."),
        (PDF, "a.mp4", "a.mp4 is not what its name says. Save it again from its program."),
        (b"", "", "Choose a file first."),
    ],
)
def test_what_cannot_be_taken_is_told_in_a_sentence(upload, store, data, name, sentence):
    page = upload(data, name, headers={"Accept-Language": "en"})

    assert page.status_code == 422
    assert sentence in Page(page.text).text
    assert rows(store, CourseFile) == []


def test_a_page_that_sends_by_itself_is_told_where_to_go_on_or_what_is_wrong(upload, files, store):
    for _ in range(2):
        assert upload(headers=JSON).get_json() == {"next": files}
    refused = upload(b"MZ", "a.exe", headers=JSON | {"Accept-Language": "en"})

    assert (refused.status_code, refused.get_json()["message"][:5]) == (422, "a.exe")
    assert len(rows(store, CourseFile)) == 1


def test_a_file_is_renamed_moved_and_removed(client, upload, files, store, browse):
    upload(title="旧名")
    number = rows(store, CourseFile)[0].id

    form = open_page(client, files).form(f"/{number}")
    follow(client, send_form(client, form, title="新名", module="smiles"))
    row = rows(store, CourseFile)[0]
    assert (row.title, row.module) == ("新名", "smiles")
    assert "新名" in open_page(browse("student"), COURSE).text

    follow(client, send_form(client, open_page(client, files).form(f"/{number}/remove")))
    assert "新名" not in open_page(browse("student"), COURSE).text
    assert browse("student").get(f"{COURSE}/files/{number}").status_code == 404


def test_a_title_cannot_be_empty_nor_a_module_made_up(client, upload, files, store):
    upload(title="名")
    number = rows(store, CourseFile)[0].id
    form = open_page(client, files).form(f"/{number}")

    for change in ({"title": ""}, {"module": "made-up"}):
        assert send_form(client, form, **change).status_code == 303

    row = rows(store, CourseFile)[0]
    assert (row.title, row.module) == ("名", "doors")
