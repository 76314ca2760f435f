"""Which answer counts: order and conflict."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.events import (
    CONFLICT,
    IDENTITY,
    REPLAYED,
    SAVED,
    SUPERSEDED,
    AnswerEvent,
    Head,
    Receipt,
    fold,
    fold_record,
    judge,
)


def event(client="a", n=1, base=0, item="q1", given="x"):
    return AnswerEvent(f"{client}-{n}", client, n, base, item, given)


@pytest.mark.parametrize(
    ("head", "sent", "outcome"),
    [
        (None, event(), SAVED),
        (None, event(n=None), SAVED),
        (None, event(base=99), SAVED),
        # the same window
        (Head(5, "a", 1, "x"), event("a", 2), SAVED),
        (Head(5, "a", 1, "x"), event("a", 1), SUPERSEDED),
        (Head(5, "a", 7, "x"), event("a", 3), SUPERSEDED),
        (Head(5, "a", 1, "x"), event("a", 2, base=0), SAVED),
        (Head(5, "a", 7, "x"), event("a", 3, base=5), SUPERSEDED),
        # a form, which does not number
        (Head(5, "a", None, "x"), event("a", None), SAVED),
        (Head(5, "a", None, "x"), event("a", 0), SAVED),
        (Head(5, "a", 3, "x"), event("a", None), SAVED),
        # another window
        (Head(5, "a", 1, "x"), event("b", 9, base=5), SAVED),
        (Head(5, "a", 1, "x"), event("b", 9, base=6), SAVED),
        (Head(5, "a", 1, "x"), event("b", 9, base=4), CONFLICT),
        (Head(5, "a", 1, "x"), event("b", 0, base=0), CONFLICT),
        (Head(5, "a", 1, "x"), event("b", None, base=4), CONFLICT),
        (Head(5, "a", None, "x"), event("b", None, base=5), SAVED),
        # a head that no window set
        (Head(5, None, None, "x"), event("b", 1, base=4), CONFLICT),
    ],
)
def test_an_event_becomes_the_head_if_its_window_knew_the_head(head, sent, outcome):
    assert judge(head, sent) == outcome


def test_what_is_hashed_of_an_event_is_what_makes_it_the_same():
    assert tuple(event().as_json()) == IDENTITY


@pytest.mark.parametrize(
    ("receipt", "counts"),
    [
        (Receipt(SAVED, 3, ""), True),
        (Receipt(CONFLICT, 3, "", head=Head(2, "a", 1, "x")), False),
        (Receipt(SUPERSEDED, 3, ""), False),
        (Receipt(REPLAYED, 3, "", SAVED, Head(3, "a", 1, "x")), True),
        (Receipt(REPLAYED, 3, "", SAVED, Head(4, "a", 1, "x")), False),
        (Receipt(REPLAYED, 3, "", CONFLICT, Head(2, "a", 1, "x")), False),
        (Receipt(REPLAYED, 3, "", SAVED, None), False),
    ],
)
def test_a_receipt_tells_whether_the_event_is_what_counts(receipt, counts):
    assert receipt.counts is counts


events = st.lists(
    st.builds(
        event,
        client=st.sampled_from("ab"),
        n=st.none() | st.integers(0, 5),
        base=st.integers(0, 8),
        item=st.sampled_from(["q1", "q2"]),
        given=st.none() | st.sampled_from("xyz"),
    ),
    max_size=12,
)


def replay(sent):
    """Judge events one by one as they come; give what is stored and the heads at the end."""
    heads: dict[str, Head] = {}
    stored = []
    for seq, one in enumerate(sent, 1):
        status = judge(heads.get(one.item), one)
        stored.append(one.as_json() | {"seq": seq, "status": status})
        if status == SAVED:
            heads[one.item] = Head(seq, one.client, one.n, one.answer)
    return stored, heads


@given(events)
def test_folding_what_was_stored_gives_the_heads_that_were_judged(sent):
    stored, heads = replay(sent)

    assert fold(stored) == heads


@given(events)
def test_what_was_saved_counts_until_an_event_that_knew_it(sent):
    heads: dict[str, Head] = {}
    for seq, one in enumerate(sent, 1):
        before, status = heads.get(one.item), judge(heads.get(one.item), one)
        if status == SAVED:
            assert before is None or one.client == before.client or one.base >= before.seq
            heads[one.item] = Head(seq, one.client, one.n, one.answer)


@given(events)
def test_notes_do_not_touch_the_heads(sent):
    stored, heads = replay(sent)
    note = dict.fromkeys(IDENTITY) | {"kind": "submit", "seq": 99, "status": "noted"}

    assert fold([*stored, note]) == heads


def rivals_by_their_definition(stored):
    """Return the conflicts after which neither their window nor one that knew of them answered."""
    return {
        (one["item"], one["seq"])
        for one in stored
        if one["status"] == CONFLICT
        and not any(
            later["item"] == one["item"]
            and later["seq"] > one["seq"]
            and (
                (later["client"] == one["client"] and later["status"] in {SAVED, CONFLICT})
                or (later["status"] == SAVED and later["base"] >= one["seq"])
            )
            for later in stored
        )
    }


@given(events, st.lists(st.tuples(st.integers(0, 12), st.sampled_from("ab")), max_size=4))
def test_a_conflict_waits_until_its_window_answers_again_or_one_that_knew_of_it(sent, flags):
    stored, _ = replay(sent)
    # a flag is no answer, whoever sets it and whenever
    for place, client in flags:
        flag = event(client, given=True).as_json() | {"kind": "flag", "status": "noted", "seq": 0}
        stored.insert(place, flag)

    rivals = fold_record(stored).rivals

    assert {(item, one.seq) for item, each in rivals.items() for one in each} == (
        rivals_by_their_definition(stored)
    )
    assert all(rivals.values())
