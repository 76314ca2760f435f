"""A bank of 20,000 questions is searched by index, in few statements."""

import pytest
from sqlalchemy import event

from app.domain.bank_wanted import Wanted
from app.operations.bank_search import PAGE, list_choices, search_bank
from tests.support.banks import fill_bank

SIZE = 20_000
MOST = 4
SEARCHES = (
    Wanted(),
    Wanted(text="行李逾重 晚到"),
    Wanted(text="登"),
    Wanted(text="yuzhong", type="single"),
    Wanted(text="xlyz"),
    Wanted(topic="误机", used="never"),
    Wanted(difficulty="-", use="practice", state=""),
)


def plan_of(session, statement, parameters):
    """Return the steps by which the database would answer."""
    is_sqlite = session.bind.dialect.name == "sqlite"
    rows = session.connection().exec_driver_sql(
        ("EXPLAIN QUERY PLAN " if is_sqlite else "EXPLAIN ") + statement, parameters
    )
    return [row[-1] for row in rows]


def scans(plan):
    """Return the steps that read a table of the bank from one end to the other."""
    whole = ("SCAN bank_", "SCAN found", "Seq Scan on bank_")
    return [step for step in plan if any(one in step for one in whole)]


@pytest.fixture
def sent(session):
    """Return the statements that are sent from now on."""
    found = []

    def note(connection, cursor, statement, parameters, *rest):
        if not statement.startswith("EXPLAIN"):
            found.append((statement, parameters))

    event.listen(session.bind, "before_cursor_execute", note)
    yield found
    event.remove(session.bind, "before_cursor_execute", note)


def test_every_search_among_20000_questions_goes_by_index(session, classroom, now, request):
    course = classroom.offering.course_id
    fill_bank(session, course, now, SIZE)
    assert scans(plan_of(session, "SELECT count(*) FROM bank_item WHERE points = 7", ()))
    sent = request.getfixturevalue("sent")
    for wanted in SEARCHES:
        sent.clear()

        found = search_bank(session, [course], wanted, page=2)
        list_choices(session, [course])

        asked = list(sent)
        assert len(asked) <= MOST, asked
        assert (found.total > PAGE, len(found.items)) == (True, PAGE), wanted
        assert [scans(plan_of(session, *one)) for one in asked] == [[]] * len(asked), wanted
