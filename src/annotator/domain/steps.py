"""Work that pauses where it is much: a generator that returns what it came to."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sized
from typing import TypeVar, cast

T = TypeVar("T")
Steps = Generator[None, None, T]
"""Some work, with a pause wherever whoever has it done may do something else first."""
MUCH = 200
"""Rows that take a few milliseconds to go through."""


def at_once(steps: Steps[T]) -> T:
    """Do all of it without a pause."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return cast("T", end.value)


def pause_after(rows: Sized) -> Iterator[None]:
    """A pause after these rows were gone through, if they are many."""
    if len(rows) > MUCH:
        yield
