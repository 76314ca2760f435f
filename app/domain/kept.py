"""Keep what was worked out, up to a number of results; the oldest are forgotten first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from threading import Lock
from typing import Generic, TypeVar

Name = TypeVar("Name", bound=Hashable)
Thing = TypeVar("Thing")
Found = TypeVar("Found")


class Kept(Generic[Name, Found]):
    """Results by name, shared by all threads; only read them."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[Name, Found] = OrderedDict()
        self._lock = Lock()

    def find(self, name: Name) -> Found | None:
        """Return the result of this name, None if it is not kept."""
        return self._kept.get(name)

    def items(self) -> list[tuple[Name, Found]]:
        """Return what is kept, the oldest first."""
        with self._lock:
            return list(self._kept.items())

    def keep(self, name: Name, found: Found) -> None:
        """Keep a result."""
        with self._lock:
            self._kept[name] = found
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)


def kept_by_object(size: int) -> Callable[[Callable[[Thing], Found]], Callable[[Thing], Found]]:
    """Make a function of one immutable object remember its last ``size`` results; only read them.

    They are found by the object itself: a case or a quiz is a large value, and to look it up by its
    content costs more than most questions asked of it.
    """

    def decorate(function: Callable[[Thing], Found]) -> Callable[[Thing], Found]:
        # the object is kept with its result, so that its id cannot become another object's
        kept: Kept[int, tuple[Thing, Found]] = Kept(size)

        @wraps(function)
        def find(thing: Thing) -> Found:
            known = kept.find(id(thing))
            if known is not None and known[0] is thing:
                return known[1]
            found = function(thing)
            kept.keep(id(thing), (thing, found))
            return found

        return find

    return decorate
