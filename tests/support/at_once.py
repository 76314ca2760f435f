"""Several acts at the same moment, each in a real thread and a transaction of its own."""

import threading
from collections.abc import Callable
from itertools import count
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from app.domain.errors import Refusal
from app.web.database import writing

Act = Callable[[Session], Any]
CALLS = count()


def at_once(app: Flask, *acts: Act) -> list[Any]:
    """Run each act in a transaction of its own, all at the same moment; return what they gave or raised."""
    return together(app, *(lambda act=act: _do(act) for act in acts))


def together(app: Flask, *calls: Callable[[], Any]) -> list[Any]:
    """Call each in a thread, all at the same moment; return what they gave, or the rule that refused them.

    Who comes last to the barrier is often the first to go on: each time it is another one.
    """
    begin = threading.Barrier(len(calls))
    found: list[Any] = [None] * len(calls)

    def run(place: int, call: Callable[[], Any]) -> None:
        with app.app_context():
            begin.wait()
            try:
                found[place] = call()
            except Refusal as refusal:
                found[place] = refusal

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    first = next(CALLS) % len(calls)
    for thread in [*threads[first:], *threads[:first]]:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def do(app: Flask, act: Act) -> Any:
    """Do one act in a transaction of its own."""
    with app.app_context():
        return _do(act)


def _do(act: Act) -> Any:
    with writing() as session:
        return act(session)
