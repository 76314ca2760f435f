"""What a page hands out when nothing reaches the server is read as carefully as what it sends."""

import json

import pytest

from app.domain.errors import BadExport
from app.domain.events import AnswerEvent
from app.domain.exported import MOST_EXPORTED, read_export
from app.domain.protocol import Unfit
from tests.support.wire import event


def exported(*events, **changes):
    said = {"v": 1, "attempt": "a1", "person": "p1", "exported_at": "2026-03-02T09:00:00Z"}
    return json.dumps(said | {"events": list(events)} | changes)


def test_an_export_is_read_with_its_events():
    export = read_export(exported(event("single", "2"), event(None, kind="blur")))

    assert (export.attempt, export.person, export.exported_at) == ("a1", "p1", "2026-03-02T09:00:00Z")
    told = [(one.item, one.kind) for one in export.events if isinstance(one, AnswerEvent)]
    assert told == [("single", "answer"), ("", "blur")]


@pytest.mark.parametrize("frame", ["\ufeff{}", "\n  {}\r\n"])
def test_what_an_editor_puts_around_it_is_no_harm(frame):
    assert read_export(frame.format(exported(event("single", "2")))).attempt == "a1"


def test_one_bad_event_spoils_no_other():
    export = read_export(exported(event("single", "2"), event("single", 1.5), "no event"))

    assert [type(one) for one in export.events] == [AnswerEvent, Unfit, Unfit]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "json"),
        ("{", "json"),
        ("[" * 100_000, "json"),
        ("[]", "form"),
        ("{}", "form"),
        (exported(event("single", "2"), v="1"), "form"),
        (exported(event("single", "2"), v=True), "form"),
        (exported(event("single", "2"), v=2), "version"),
        (exported(event("single", "2"), attempt=7), "form"),
        (exported(event("single", "2"), person=None), "form"),
        (exported(event("single", "2"), exported_at="9" * 65), "form"),
        (exported(events={}), "form"),
        (exported(), "events"),
        (exported(*[None] * (MOST_EXPORTED + 1)), "events"),
    ],
    ids=range(14),
)
def test_anything_else_is_refused_with_the_reason(text, reason):
    with pytest.raises(BadExport) as refused:
        read_export(text)

    assert str(refused.value) == reason
