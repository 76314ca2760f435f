import inspect

import pytest
from werkzeug.exceptions import TooManyRequests

from app.domain import errors
from app.domain.roles import Permission
from app.factory import create_app
from app.models.turns import DatabaseBusy
from app.web.refusals import REFUSALS
from app.web.security import requires
from tests.support.instance import make_settings

JSON = {"Accept": "application/json"}
RULES = [rule for _, rule in inspect.getmembers(errors, inspect.isclass) if issubclass(rule, errors.Refusal)]


class Unforeseen(errors.Refusal):
    """A rule that nobody put into the table."""

    code = "unforeseen"


@pytest.fixture
def refusing(own_app):
    """Return a function that asks for a page at which this fault happens."""

    def ask(fault, **headers):
        @requires(Permission.PUBLIC)
        def view():
            raise fault

        own_app.add_url_rule("/refusing", "health.refusing", view, methods=["GET", "POST"])
        return own_app.test_client().get("/refusing", headers=headers)

    return ask


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_rule_has_words_and_a_status(rule):
    status, message = REFUSALS[rule.code]

    assert status in {403, 404, 409, 422, 503}
    assert str(message)


def test_no_words_are_kept_for_rules_that_are_gone():
    assert set(REFUSALS) == {rule.code for rule in RULES}


@pytest.mark.parametrize("rule", [errors.AttemptClosed, errors.NotFound, errors.NotNext])
def test_a_refusal_is_told_as_json_to_who_asks_for_it(refusing, rule):
    answer = refusing(rule(), **JSON)

    assert answer.status_code == REFUSALS[rule.code][0]
    assert answer.json["error"] == rule.code
    assert answer.json["message"]
    assert answer.json["request"] == answer.headers["X-Request-ID"]


def test_a_refusal_is_told_as_a_page_in_the_language_of_the_visitor(refusing):
    answer = refusing(errors.AttemptClosed(), **{"Accept-Language": "en"})

    assert answer.status_code == 409
    assert answer.mimetype == "text/html"
    assert "This attempt takes no more answers." in answer.text
    assert answer.headers["X-Request-ID"] in answer.text


def test_a_rule_outside_the_table_is_refused_all_the_same(refusing):
    answer = refusing(Unforeseen(), **JSON)

    assert (answer.status_code, answer.json["error"]) == (422, "unforeseen")


def test_a_busy_database_says_when_to_come_back(refusing):
    answer = refusing(DatabaseBusy(), **JSON)

    assert (answer.status_code, answer.json["error"]) == (503, "busy")
    assert int(answer.headers["Retry-After"]) > 0


def test_a_fault_of_ours_shows_no_trace(refusing, caplog):
    answer = refusing(ZeroDivisionError("同步晚了"), **JSON)

    assert (answer.status_code, answer.json["error"]) == (500, "error")
    assert "ZeroDivision" not in answer.text
    assert "同步晚了" not in answer.text
    assert answer.headers["X-Request-ID"] in {r.fields["id"] for r in caplog.records if hasattr(r, "fields")}


def test_too_many_tries_keep_their_waiting_time(refusing):
    answer = refusing(TooManyRequests(retry_after=30), **JSON)

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "30")


def test_an_unknown_page_is_not_found_as_page_and_as_json(client):
    page = client.get("/nowhere")
    data = client.get("/nowhere", headers=JSON)

    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert (data.status_code, data.json["error"]) == (404, "not_found")


def test_a_wrong_method_names_the_right_ones(client):
    answer = client.delete("/healthz", headers=JSON)

    assert answer.status_code in {403, 405}


def test_a_body_too_large_is_told_politely(app, client):
    app.config["WTF_CSRF_ENABLED"] = False

    answer = client.post("/preferences", data={"theme": "x" * 2_000_000}, headers=JSON)

    assert (answer.status_code, answer.json["error"]) == (413, "too_large")


def test_an_error_is_told_even_without_its_page(own_app):
    own_app.jinja_env.globals["static_url"] = None
    own_app.jinja_env.globals["url_for"] = None

    answer = own_app.test_client().get("/nowhere")

    assert answer.status_code == 404
    assert answer.headers["X-Request-ID"] in answer.text


def test_without_its_database_every_page_says_so_and_health_answers(tmp_path):
    app = create_app(make_settings(tmp_path, DATABASE_URL=f"sqlite:///{tmp_path}/gone/casehall.db"))
    client = app.test_client()

    front = client.get("/")
    data = client.get("/courses/ground-service", headers=JSON)

    assert (front.status_code, front.mimetype) == (503, "text/html")
    assert data.json is not None
    assert (data.status_code, data.json["error"]) == (503, "busy")
    assert client.get("/healthz").status_code == 200
