"""Pictures that authors put in: checked, said in words, seen by authors alone until they are published."""

from io import BytesIO

import pytest
from PIL import Image

from app.models import AuditRow, CoursePicture, ManifestEntry
from app.operations.offerings import archive_offering
from tests.support.texts import make_png
from tests.web.authors import author, case, form_of, page_of, rows, send, text_of, texts

__all__ = ["author", "case", "texts"]

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="1" height="1"/></svg>'


def photo():
    """Return a JPEG as a camera makes it."""
    made, exif = BytesIO(), Image.Exif()
    exif[0x010E] = "zq-where-it-was-taken"
    Image.new("RGB", (4, 2), "red").save(made, "JPEG", exif=exif)
    return made.getvalue()


def shown(client, media):
    """Return status, type and bytes of a picture."""
    with client.get(media) as answer:
        return answer.status_code, answer.mimetype, answer.data


@pytest.fixture
def put(author, texts):
    """Send a picture; return the answer."""
    address = texts.replace("/texts", "/pictures")

    def sent(data, name="迎宾 Car.PNG", alt="一辆车", client=author):
        given = {"file": (BytesIO(data), name), "alt": alt}
        given["csrf_token"] = page_of(author, "/teach/").form("/logout").value("csrf_token")
        headers = {"Accept": "application/json", "Accept-Language": "en"}
        return client.post(address, data=given, headers=headers, content_type="multipart/form-data")

    return sent


def test_a_picture_is_put_in_shown_to_its_author_and_published_with_its_text(
    author, case, put, store, browse
):
    answer = put(make_png())

    assert answer.json == {"line": "![一辆车](media/car.png)"}
    (picture,) = rows(store, CoursePicture)
    media = f"/media/{picture.sha256}"
    assert shown(author, media)[:2] == (200, "image/png")
    assert shown(browse("student"), media)[0] == 404
    text = text_of(author, case).replace("## 材料", f"{answer.json['line']}\n\n## 材料", 1)
    assert send(author, form_of(author, case), text, "publish").status_code == 303
    assert [(one.name, one.sha256) for one in rows(store, ManifestEntry)] == [("car.png", picture.sha256)]
    assert shown(browse("student"), media)[0] == 200
    assert "text.picture" in {row.action for row in rows(store, AuditRow)}


def test_what_a_camera_adds_is_not_kept(author, put, store):
    assert put(photo(), "photo.jpeg").json["line"].endswith("(media/photo.jpg)")

    (picture,) = rows(store, CoursePicture)
    assert b"zq-where" in photo()
    assert b"zq-where" not in shown(author, f"/media/{picture.sha256}")[2]


@pytest.mark.parametrize(
    ("data", "alt", "sentence"),
    [
        (SVG, "图", "This is no PNG, JPEG, WebP or GIF picture."),
        (b"%PDF-1.7", "图", "This is no PNG, JPEG, WebP or GIF picture."),
        (b"", "图", "This is no PNG, JPEG, WebP or GIF picture."),
        (make_png()[:40], "图", "The picture cannot be opened."),
        (make_png(), " ", "Say in words what the picture shows."),
    ],
)
def test_what_cannot_be_shown_is_refused_in_a_sentence(put, store, data, alt, sentence):
    answer = put(data, "a.png", alt)

    assert answer.status_code == 422
    assert answer.json["message"].startswith(sentence)
    assert rows(store, CoursePicture) == []


def test_the_same_picture_twice_is_kept_once_and_another_of_its_name_has_its_own(put, store):
    lines = [put(make_png(shade)).json["line"] for shade in (0, 0, 9)]

    assert lines[0] == lines[1]
    assert lines[2] != lines[0]
    assert len(rows(store, CoursePicture)) == 2


def test_words_that_would_end_the_line_are_kept_as_words(put):
    assert put(make_png(), "图.png", "甲](x)\n乙").json["line"] == "![甲\\](x) 乙](media/picture.png)"


def test_without_javascript_the_line_is_said(author, case, texts):
    form = page_of(author, case).form("/pictures")
    data = {"csrf_token": form.value("csrf_token"), "alt": "车", "file": (BytesIO(make_png()), "car.png")}

    answer = author.post(form.action, data=data, content_type="multipart/form-data")

    assert "![车](media/car.png)" in page_of(author, answer.headers["Location"]).text


def test_a_picture_is_put_in_by_authors_only_and_not_into_an_archive(put, browse, store, classroom, now):
    assert put(make_png(), client=browse("assistant")).status_code == 403
    with store() as session:
        archive_offering(session.merge(classroom.offering), now)

    assert put(make_png()).status_code == 409
    assert rows(store, CoursePicture) == []
