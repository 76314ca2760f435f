import json
import logging
import re

import pytest
from flask import request

from app.factory import create_app
from app.web.database import database
from app.web.requests import JsonLines, warn_of_forwarding
from tests.support.instance import copy_template, make_settings


@pytest.fixture
def app_behind_proxy(tmp_path, template_database):
    copy_template(template_database, tmp_path / "behind")
    app = create_app(make_settings(tmp_path / "behind", TRUSTED_PROXIES="1"))
    yield app
    with app.app_context():
        database().close()


def lines_of(caplog):
    return [record.fields for record in caplog.records if record.name == "casehall.request"]


def test_every_answer_carries_an_id_of_ours(client):
    answer = client.get("/healthz", headers={"X-Request-ID": "mine"})

    assert re.fullmatch("[0-9a-f]{16}", answer.headers["X-Request-ID"])


def test_two_requests_have_two_ids(client):
    first, second = (client.get("/healthz").headers["X-Request-ID"] for _ in range(2))

    assert first != second


def test_a_request_is_one_line_without_its_query(client, caplog):
    caplog.set_level(logging.INFO, "casehall")

    answer = client.get("/healthz?answer=42")

    (line,) = lines_of(caplog)
    assert line.pop("ms") >= 0
    assert line == {
        "id": answer.headers["X-Request-ID"],
        "method": "GET",
        "path": "/healthz",
        "status": 200,
        "person": None,
    }


def test_a_line_is_one_json_object(caplog):
    record = logging.makeLogRecord({"levelname": "INFO", "fields": {"path": "/a\n{}"}})

    line = JsonLines().format(record)

    assert "\n" not in line
    assert json.loads(line)["path"] == "/a\n{}"


def forwarded_address(app):
    answers = []
    app.before_request_funcs[None].append(lambda: answers.append(request.remote_addr))
    app.test_client().get("/healthz", headers={"X-Forwarded-For": "203.0.113.9"})
    return answers[0]


def test_a_forwarding_header_is_believed_from_a_trusted_proxy(app_behind_proxy):
    assert forwarded_address(app_behind_proxy) == "203.0.113.9"


def test_a_forwarding_header_is_not_believed_otherwise(app, caplog):
    warn_of_forwarding.cache_clear()

    addresses = {forwarded_address(app) for _ in range(2)}

    assert addresses == {"127.0.0.1"}
    assert sum("TRUSTED_PROXIES" in record.message for record in caplog.records) == 1
