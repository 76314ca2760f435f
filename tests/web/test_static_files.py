import gzip
import re

import pytest
from flask import url_for

from app.web.static_files import FOR_EVER, folder_digest, static_url
from tests.support.exams import set_exam
from tests.support.pages import open_page, send_form


@pytest.fixture
def addresses(app):
    with app.test_request_context():
        return {
            "ours": static_url("css/tokens.css"),
            "bootstrap": url_for("bootstrap.static", filename="css/bootstrap.min.css"),
        }


@pytest.mark.parametrize("whose", ["ours", "bootstrap"])
def test_a_file_in_its_present_version_is_kept_for_ever(client, addresses, whose):
    answer = client.get(addresses[whose])

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == FOR_EVER
    assert "Set-Cookie" not in answer.headers


def test_a_file_of_another_version_is_served_but_not_kept(client, addresses):
    version = addresses["ours"].split("/")[2]

    answer = client.get(addresses["ours"].replace(version, "000000000000"))

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] != FOR_EVER


def test_a_file_that_is_not_there_is_not_kept(client, addresses):
    answer = client.get(addresses["ours"] + ".map")

    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] != FOR_EVER


def test_a_large_file_travels_compressed_over_plain_http(client, addresses):
    plain = client.get(addresses["bootstrap"]).data

    answer = client.get(addresses["bootstrap"], headers={"Accept-Encoding": "gzip, deflate"})

    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.data) == plain
    assert len(answer.data) < len(plain) / 4


def test_a_file_outside_the_folder_is_not_served(client, addresses):
    version = addresses["ours"].split("/")[2]

    assert client.get(f"/static/{version}/../setup.cfg").status_code == 404
    assert client.get(f"/static/{version}/%2e%2e/setup.cfg").status_code == 404


def test_the_version_changes_with_any_file(tmp_path):
    (tmp_path / "a.css").write_text("a")
    first = folder_digest(tmp_path)
    (tmp_path / "a.css").write_text("b")
    second = folder_digest(tmp_path)
    (tmp_path / "a.css").rename(tmp_path / "b.css")

    assert len({first, second, folder_digest(tmp_path)}) == 3


def test_the_notice_of_an_exam_fetches_the_very_scripts_of_the_paper(store, classroom, browse, now, time):
    with store() as session:
        public = set_exam(session, classroom, now).public_id
    student = browse("student")

    notice = student.get(f"/exams/{public}").text
    paper = send_form(student, open_page(student, f"/exams/{public}").form("/start"))

    (fetched,) = re.findall('rel="modulepreload" href="([^"]+)"', notice)
    assert fetched in re.findall('<script type="module" src="([^"]+)"', student.get(paper.location).text)
    assert b"js/attempt.js" in student.get(fetched).data


@pytest.mark.parametrize("address", ["/login", "/", "/courses/ground-service", "/teach/"])
def test_what_a_page_names_is_there(browse, address):
    """In few files: each costs a round on a slow network."""
    client = browse("instructor")
    html = client.get(address, follow_redirects=True).text

    named = re.findall('(?:href|src)="(/static/[^"]+)"', html)
    assert {client.get(name).status_code for name in named} == {200}
    assert len([name for name in named if name.endswith((".css", ".js"))]) <= 7
