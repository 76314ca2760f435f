"""Learners who write on and on, and note what was acknowledged."""

import http.client
import json
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from queue import SimpleQueue
from random import Random
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from tests.support.people import PASSWORD

QUIZ = "/courses/etiquette/quizzes/ladies"
PRACTICE = f"{QUIZ}/start"
#: what a server says that is going down or coming up
PASSING = {502, 503}
#: events after which a learner hands in and begins anew
PAPER = 25
#: how often a learner sits an exam, lets the time hand in, comes back for the receipt of time
EXAMS, BY_TIME, COMES_BACK = 0.6, 0.5, 0.5
#: seconds that an exam should last when it is begun
LEAST = 3
PAUSE = 0.01
FAULTS = (OSError, http.client.HTTPException)


@dataclass(slots=True)
class Sent:
    """An event and where it went; ``ack`` is None until it was acknowledged."""

    paper: str
    event: dict[str, Any]
    ack: dict[str, Any] | None = None


@dataclass(slots=True)
class Learner:
    """One browser: it sends an event, and the same one again until it hears of it."""

    login: str
    port: int
    chance: Random
    #: told of each answer that was acknowledged
    traffic: SimpleQueue[str]
    sent: list[Sent] = field(default_factory=list)
    #: exams that are open: when each closes, in seconds since 1970, and where it is begun; the next first
    exams: Sequence[tuple[float, str]] = ()
    #: papers that were handed in, with their receipts, byte by byte, as the server said first
    receipts: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    #: status and Retry-After of saves that were refused for the moment and sent again
    turned_away: list[tuple[int, str | None]] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)
    _cookies: dict[str, str] = field(default_factory=dict)
    _token: str = ""
    _connection: http.client.HTTPConnection | None = None

    def run(self) -> None:
        """Sign in, then write until told to stop."""
        try:
            self.sign_in()
            while not self.stop.is_set():
                self.write_paper()
        except Exception as fault:
            self.faults.append(repr(fault))
            raise
        finally:
            self.hang_up()

    def hang_up(self) -> None:
        """Close the connection, if there is one."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def sign_in(self) -> None:
        """Sign in as a script does."""
        self._token = json.loads(self.ask("GET", "/csrf")[1])["csrf"]
        form = {"username": self.login, "password": PASSWORD}
        _, body, _ = self.ask("POST", "/login", form, wants_json=True)
        self._token = json.loads(body)["csrf"]

    def write_paper(self) -> None:
        """Begin an attempt, answer for a while, hand in; or write on until the time hands in."""
        start = self.choose()
        *_, paper = self.ask("POST", start, {})
        if not paper.startswith("/attempts/"):
            return
        by_time = start != PRACTICE and self.chance.random() < BY_TIME
        window = str(UUID(int=self.chance.getrandbits(128)))
        n = 0
        while (by_time or n < PAPER) and not self.stop.is_set() and self.answer(paper, window, n):
            n += 1
        if not self.stop.is_set() and (not by_time or self.chance.random() < COMES_BACK):
            self.hand_in(paper)
            self.hand_in(self.chance.choice(sorted(self.receipts) or [paper]))

    def choose(self) -> str:
        """Return where to begin: an exam that lasts for a while yet, or practice."""
        lasting = [address for closes, address in self.exams if closes > time.time() + LEAST]
        return lasting[0] if lasting and self.chance.random() < EXAMS else PRACTICE

    def hand_in(self, paper: str) -> None:
        """Hand in, also what was handed in before: the receipt is the same for ever."""
        status, receipt, _ = self.ask("POST", f"{paper}/submit", {}, wants_json=True)
        if status != http.client.OK:
            self.faults.append(f"{status}: {receipt[:200]}")
        elif self.receipts.setdefault(paper, receipt) != receipt:
            self.faults.append(f"{paper} has another receipt: {receipt}")

    def answer(self, paper: str, window: str, n: int) -> bool:
        """Save one answer, which says whose it is; return whether there is time for another."""
        name = str(UUID(int=self.chance.getrandbits(128)))
        answer = f"{self.login} {paper} {n} {name}"
        event = {"id": name, "client": window, "n": n, "base": 0, "kind": "answer", "item": "written"}
        sent = Sent(paper, event | {"answer": answer, "at": n})
        self.sent.append(sent)
        status, body, _ = self.ask("POST", f"{paper}/events", {"events": [sent.event]}, as_json=True)
        if status != http.client.OK:
            self.faults.append(f"{status}: {body[:200]}")
            return False
        ack: dict[str, Any] = json.loads(body)["acks"][0]
        sent.ack = ack
        self.traffic.put(name)
        return bool(ack.get("was", ack["status"]) == "saved")

    def ask(
        self,
        method: str,
        address: str,
        content: dict[str, Any] | None = None,
        *,
        as_json: bool = False,
        wants_json: bool = False,
    ) -> tuple[int, str, str]:
        """Ask until there is an answer; return its status, body and where it leads."""
        accept = "application/json" if wants_json else "*/*"
        while True:
            try:
                answer = self._ask_once(method, address, content, (as_json, accept))
            except FAULTS:
                self.hang_up()
            else:
                if answer[0] not in PASSING:
                    return answer
            # the server is gone for a while
            self.stop.wait(PAUSE)

    def _ask_once(
        self, method: str, address: str, content: dict[str, Any] | None, form: tuple[bool, str]
    ) -> tuple[int, str, str]:
        as_json, accept = form
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        body = None
        if content is not None:
            body = json.dumps(content) if as_json else urlencode(content)
        headers = {
            "Content-Type": "application/json" if as_json else "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
            "X-CSRF-Token": self._token,
            "Accept": accept,
        }
        self._connection.request(method, address, body, headers)
        answer = self._connection.getresponse()
        text = answer.read().decode()
        if answer.status in PASSING and as_json:
            self.turned_away.append((answer.status, answer.headers.get("Retry-After")))
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            self._cookies |= {name: one.value for name, one in SimpleCookie(cookie).items()}
        return answer.status, text, answer.headers.get("Location", "")
