"""Authors at their editor, for the tests of its pages."""

import pytest
from sqlalchemy import select

from app.domain.roles import Role
from app.models import Document, Revision
from tests.support.builders import make_person
from tests.support.pages import open_page, send_form
from tests.support.people import browser_of


@pytest.fixture
def author(time, browse):
    return browse("instructor")


@pytest.fixture
def colleague(app, store, classroom):
    with store() as session:
        person = make_person(session, classroom.offering, "second", Role.INSTRUCTOR)
    return browser_of(app, person.id)


@pytest.fixture
def texts(classroom):
    return f"/teach/offerings/{classroom.offering.public_id}/texts"


@pytest.fixture
def case(texts):
    """Return the address of a published case."""
    return f"{texts}/case/door"


def page_of(client, address):
    return open_page(client, address, language="en")


def form_of(client, address):
    return page_of(client, address).form(f"{address.rpartition('/texts/')[2]}?language=zh")


def send(client, form, text=None, act="save", **more):
    """Send the editor with another text, by one of its buttons."""
    changed = {} if text is None else {"text": text}
    buttons = dict.fromkeys(("save", "check", "try", "discard", "publish")) | {act: "1"}
    return send_form(client, form, **changed, **buttons, **more)


def text_of(client, address):
    return form_of(client, address).value("text")


def rows(store, table):
    with store() as session:
        return session.scalars(select(table).order_by(*table.__table__.primary_key)).all()


def head(store, slug="door"):
    """Return number, message and text of the published revision."""
    with store() as session:
        statement = select(Revision).join(Document, Document.head_revision_id == Revision.id)
        row = session.scalars(statement.where(Document.slug == slug, Document.language == "zh")).one()
        return row.number, row.message, row.source


CHANGED = ("一辆白色轿车停下", "一辆黑色轿车停下")


def changed(client, address):
    return text_of(client, address).replace(*CHANGED)
