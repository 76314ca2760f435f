"""Reading pages as a person does: texts, forms with their fields, links."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

#: what is taken apart, and what holds no markup: of other tags nothing is noted, and most tags are others
NOTED = "a|button|form|input|option|script|select|style|textarea|title"
PASSED_BY = re.compile(rf"""</?(?!(?:{NOTED})\b)[a-z][a-z0-9-]*(?:\s[^<>"']*(?:"[^"]*"[^<>"']*)*)?>""")


@dataclass
class Form:
    """A form as a browser would send it: its address, and the values of its fields in order.

    ``attributes`` are all that its tag holds; ``buttons`` are the tags of those that send it, in order.
    """

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    attributes: dict[str, str | None] = field(default_factory=dict)
    buttons: list[dict[str, str | None]] = field(default_factory=list)

    def value(self, name: str) -> str | None:
        """Return the first value of a field."""
        return next((value for key, value in self.fields if key == name), None)

    def filled(self, **values: str | list[str] | None) -> list[tuple[str, str]]:
        """Return the fields with some replaced; ``_`` may stand for ``-`` in a name, None leaves one out."""
        own = {name for name, _ in self.fields}
        named = {name if name in own else name.replace("_", "-"): value for name, value in values.items()}
        kept = [(name, value) for name, value in self.fields if name not in named]
        for name, value in named.items():
            kept += [(name, one) for one in ([value] if isinstance(value, str) else value or [])]
        return kept


class Page(HTMLParser):
    """A page taken apart. ``text`` is what is read, without tags and scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: dict[str, str] = {}
        self.items: dict[str, dict[str, str | None]] = {}
        self.notices: list[str] = []
        self._text: list[str] = []
        self._link: str | None = None
        self._area: str | None = None
        self._select: str | None = None
        self.feed(html)
        self.close()
        self.text = " ".join("".join(self._text).split())

    def parse_starttag(self, i: int) -> int:
        """Pass by a tag of which nothing is noted, or take it apart."""
        found = PASSED_BY.match(self.rawdata, i)
        return found.end() if found and "data-item=" not in found[0] else super().parse_starttag(i)

    def parse_endtag(self, i: int) -> int:
        """Pass by a tag of which nothing is noted, or take it apart."""
        found = PASSED_BY.match(self.rawdata, i)
        return found.end() if found else super().parse_endtag(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note forms, fields, links and items."""
        given = dict(attrs)
        if tag == "form":
            form = Form(given.get("action") or "", given.get("method") or "get", attributes=given)
            self.forms.append(form)
        elif tag == "a":
            self._link = given.get("href")
        else:
            self._field(tag, given)
        if "data-item" in given:
            self.items[given["data-item"] or ""] = given

    def _field(self, tag: str, given: dict[str, str | None]) -> None:
        if tag == "textarea" and given.get("name"):
            self._area = given["name"]
            self.forms[-1].fields.append((self._area or "", ""))
        elif tag == "input":
            self._input(given)
        elif tag == "select":
            self._select = given.get("name") or ""
        elif tag == "option" and self._select is not None:
            self._option(given)
        elif tag == "button" and self.forms and given.get("type") == "submit" and "form" not in given:
            self.forms[-1].buttons.append(given)

    def handle_endtag(self, tag: str) -> None:
        """Leave a link or a text area."""
        if tag == "a":
            self._link = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._area is not None:
            name, value = self.forms[-1].fields[-1]
            # a browser drops the first new line of a text area
            self.forms[-1].fields[-1] = (name, value.removeprefix("\n"))
            self._area = None

    def handle_data(self, data: str) -> None:
        """Keep what is read."""
        if self._area is not None:
            name, value = self.forms[-1].fields[-1]
            self.forms[-1].fields[-1] = (name, value + data)
        self._text.append(data)
        if self._link is not None and data.strip():
            self.links[" ".join(data.split())] = self._link

    def _input(self, given: dict[str, str | None]) -> None:
        chosen = given.get("type") not in {"radio", "checkbox"} or "checked" in given
        if self.forms and given.get("name") and chosen:
            self.forms[-1].fields.append((given["name"] or "", given.get("value") or ""))

    def _option(self, given: dict[str, str | None]) -> None:
        """A list to choose from says its first option, or the one that is selected."""
        fields, value = self.forms[-1].fields, (self._select or "", given.get("value") or "")
        if self._select not in {name for name, _ in fields}:
            fields.append(value)
        elif "selected" in given:
            fields[:] = [value if name == self._select else (name, kept) for name, kept in fields]

    def form(self, ending: str) -> Form:
        """Return the form whose address ends so."""
        return next(form for form in self.forms if form.action.endswith(ending))

    def has_form(self, ending: str) -> bool:
        """Whether there is a form whose address ends so."""
        return any(form.action.endswith(ending) for form in self.forms)


def open_page(client: FlaskClient, address: str, status: int = 200, language: str = "en") -> Page:
    """Open a page, by default in English, and read it."""
    answer = client.get(address, headers={"Accept-Language": language}, follow_redirects=True)
    assert answer.status_code == status, answer.text
    return Page(answer.text)


def send_form(client: FlaskClient, form: Form, /, **values: str | list[str] | None) -> TestResponse:
    """Send a form of a page with some values changed, without following where it leads."""
    fields: dict[str, list[str]] = {}
    for name, value in form.filled(**values):
        fields.setdefault(name, []).append(value)
    return client.post(form.action, data=fields, headers={"Accept-Language": "en"})


def follow(client: FlaskClient, answer: TestResponse) -> Page:
    """Go where an answer leads, and read the page there."""
    assert answer.status_code == 303, answer.text
    return open_page(client, answer.headers["Location"])


def press(client: FlaskClient, address: str, ending: str, /, **values: str | list[str] | None) -> Page:
    """Open a page, send the form of it whose address ends so, and read where it leads."""
    return follow(client, send_form(client, open_page(client, address).form(ending), **values))
