"""Simulated students on asyncio: few lines over bare connections, so that the server is what is measured."""

import asyncio
import json
import re
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from http import HTTPStatus
from random import Random
from time import perf_counter
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

ITEM = re.compile(r'data-item="([^"]+)"\s+data-type="(\w[\w-]*)"')
RETRY = 2.0


@dataclass(slots=True)
class Meter:
    """How long requests took by name, in seconds, and which statuses they got."""

    took: dict[str, list[float]] = field(default_factory=dict)
    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)

    def note(self, name: str, seconds: float, status: int) -> None:
        """Note one request."""
        self.took.setdefault(name, []).append(seconds)
        self.statuses[name, status] += 1

    def centiles(self, name: str) -> tuple[int, float, float, float]:
        """Return how many there were, then p50, p95 and p99 in milliseconds."""
        times = sorted(self.took.get(name, []))
        if not times:
            return 0, 0.0, 0.0, 0.0
        at = [1000 * times[min(len(times) - 1, int(len(times) * share))] for share in (0.5, 0.95, 0.99)]
        return len(times), at[0], at[1], at[2]


@dataclass(slots=True)
class Student:
    """One browser with one connection that is kept open."""

    login: str
    password: str
    port: int
    meter: Meter
    chance: Random
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""
    paper: str = ""
    items: list[str] = field(default_factory=list)
    n: int = 0
    saved: int = 0
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _reader: asyncio.StreamReader | None = None
    _writer: asyncio.StreamWriter | None = None

    async def sign_in(self) -> None:
        """Sign in; who is told to come again does so."""
        _, body, _ = await self.ask("csrf", "GET", "/csrf")
        self.token = json.loads(body)["csrf"]
        form = {"username": self.login, "password": self.password}
        while True:
            status, body, _ = await self.ask("sign in", "POST", "/login", form)
            if status == HTTPStatus.OK:
                self.token = json.loads(body)["csrf"]
                return
            await asyncio.sleep(RETRY * (0.5 + self.chance.random()))

    async def start(self, exam: str) -> None:
        """Begin the exam."""
        status, _, where = await self.ask("start", "POST", f"/exams/{exam}/start", {})
        assert status == HTTPStatus.SEE_OTHER, status
        self.paper = where

    async def open_paper(self) -> None:
        """Open the paper, and note the questions to write at."""
        _, body, _ = await self.ask("paper", "GET", self.paper)
        self.items = [key for key, kind in ITEM.findall(body) if kind == "constructed"]
        assert self.items

    async def save(self) -> None:
        """Save one answer."""
        self.n += 1
        event = {
            "id": str(UUID(int=self.chance.getrandbits(128))),
            "client": str(UUID(int=Random(self.login).getrandbits(128))),
            "n": self.n,
            "base": 0,
            "kind": "answer",
            "item": self.items[self.n % len(self.items)],
            "answer": f"{self.login} 第 {self.n} 稿：先为女宾开门，再照顾后排的客人。",
            "at": self.n,
        }
        body = json.dumps({"events": [event]}).encode()
        status, *_ = await self.ask("save", "POST", f"{self.paper}/events", body)
        self.saved += status == HTTPStatus.OK

    async def poll(self) -> None:
        """Ask how the attempt stands."""
        await self.ask("poll", "GET", f"{self.paper}/state")

    async def hand_in(self) -> None:
        """Hand in."""
        await self.ask("hand in", "POST", f"{self.paper}/submit", {})

    async def ask(
        self, name: str, method: str, address: str, content: dict[str, Any] | bytes | None = None
    ) -> tuple[int, str, str]:
        """Ask once; return status, body and where it leads."""
        is_json = isinstance(content, bytes)
        body = content if isinstance(content, bytes) else urlencode(content or {}).encode()
        began = perf_counter()
        # one connection asks one thing after the other; waiting for one's turn counts
        async with self.turn:
            status, headers, answer = await self._exchange(method, address, body, is_json=is_json)
        self.meter.note(name, perf_counter() - began, status)
        for line in headers.get("set-cookie", []):
            key, _, value = line.partition(";")[0].partition("=")
            self.cookies[key] = value
        return status, answer.decode(), headers.get("location", [""])[0]

    async def _exchange(
        self, method: str, address: str, body: bytes, *, is_json: bool
    ) -> tuple[int, dict[str, list[str]], bytes]:
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port)
        assert self._reader is not None
        kind = "application/json" if is_json else "application/x-www-form-urlencoded"
        cookies = "; ".join(f"{key}={value}" for key, value in self.cookies.items())
        accept = "application/json" if address == "/login" else "*/*"
        head = (
            f"{method} {address} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {cookies}\r\n"
            f"X-CSRF-Token: {self.token}\r\nContent-Type: {kind}\r\nAccept: {accept}\r\n"
            f"Content-Length: {len(body) if method == 'POST' else 0}\r\n\r\n"
        )
        self._writer.write(head.encode() + (body if method == "POST" else b""))
        return await read_answer(self._reader)

    def leave(self) -> None:
        """Close the connection."""
        if self._writer is not None:
            self._writer.close()


async def read_answer(reader: asyncio.StreamReader) -> tuple[int, dict[str, list[str]], bytes]:
    """Read one answer of a connection that stays open."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers: dict[str, list[str]] = {}
    for line in head[1:]:
        name, _, value = line.partition(":")
        if name:
            headers.setdefault(name.lower(), []).append(value.strip())
    if "content-length" in headers:
        body = await reader.readexactly(int(headers["content-length"][0]))
    else:
        body = await read_chunks(reader)
    return int(head[0].split()[1]), headers, body


async def read_chunks(reader: asyncio.StreamReader) -> bytes:
    """Read a body that comes in chunks."""
    parts = []
    while size := int((await reader.readline()).split(b";")[0], 16):
        parts.append(await reader.readexactly(size))
        await reader.readline()
    await reader.readline()
    return b"".join(parts)


#: what a student does
Act = Callable[[Student], Coroutine[Any, Any, None]]


async def spread(students: list[Student], seconds: float, act: Act) -> None:
    """Let everybody do something once, spread evenly over so many seconds."""

    async def one(number: int, student: Student) -> None:
        await asyncio.sleep(seconds * number / len(students))
        await act(student)

    await asyncio.gather(*(one(number, student) for number, student in enumerate(students)))


async def at_rate(students: list[Student], rate: float, seconds: float, act: Act) -> None:
    """Let somebody do something so many times a second, in turn; nobody does two things at once."""
    tasks: list[asyncio.Task[None]] = []
    for number in range(int(rate * seconds)):
        tasks.append(asyncio.create_task(act(students[number % len(students)])))
        await asyncio.sleep(1 / rate)
    await asyncio.gather(*tasks)
