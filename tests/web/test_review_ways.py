"""Addresses that one comes back to, and names for all that the audit log holds."""

import ast
import re
from pathlib import Path

import pytest

from app.settings import ROOT
from app.web.admin.actions import ACTIONS


@pytest.mark.parametrize("target", ["//[", "/[", "//[::1", "///x"])
def test_an_address_that_is_none_leads_nowhere_and_breaks_nothing(client, target):
    answer = client.get("/login", query_string={"next": target})

    assert answer.status_code == 200


#: what is done to what
OBJECTS = "answers|enrolment|exam|file|hours|offering|password|question|quiz|session|text|user"
ACTION = re.compile(rf"({OBJECTS})\.(?!id$)[a-z_]+")


def test_switching_the_language_comes_back_to_the_page_as_it_was_asked_for(client):
    page = client.get("/login?next=/password")

    assert 'name="next" value="/login?next=/password"' in page.text


def test_switching_the_language_on_the_answer_to_a_form_leads_to_the_front_page(client):
    page = client.post("/preferences")

    assert page.status_code == 403
    assert 'name="next" value="/"' in page.text


def recorded_actions(path: Path) -> set[str]:
    """Return the actions that a file names, which are told apart from other texts by how they begin."""
    nodes = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Constant))
    return {node.value for node in nodes if isinstance(node.value, str) and ACTION.fullmatch(node.value)}


def test_every_action_that_is_recorded_has_a_name():
    files = set((ROOT / "app").rglob("*.py")) - {ROOT / "app/web/admin/actions.py"}

    recorded = set().union(*(recorded_actions(path) for path in files))

    assert recorded == set(ACTIONS)
