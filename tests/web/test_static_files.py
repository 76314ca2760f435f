import gzip

import pytest
from flask import url_for

from app.web.static_files import FOR_EVER, STATIC, folder_digest, modules_of, static_url
from tests.support.exams import set_exam


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


def test_a_page_names_every_module_that_its_script_imports():
    named = modules_of("js/attempt.js")

    own = {f"js/attempt/{path.name}" for path in (STATIC / "js" / "attempt").iterdir()}
    assert own <= set(named)
    assert len(named) == len(set(named))
    assert all((STATIC / name).is_file() for name in named)


def test_the_notice_of_an_exam_fetches_what_the_paper_needs(store, classroom, browse, now, time):
    with store() as session:
        public = set_exam(session, classroom, now).public_id

    html = browse("student").get(f"/exams/{public}").text

    assert html.count('rel="modulepreload"') == len(modules_of("js/attempt.js"))
