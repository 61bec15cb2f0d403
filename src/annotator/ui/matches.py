"""All matches of some words in a text, counted bit by bit."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

from annotator.domain.spans import Span

MOST = 999
"""Beyond so many the number says no more."""


class Matches:
    """Where the matches of a search start, as far as they have been looked for.

    `find` gives the first match at or after an offset.
    """

    def __init__(self, find: Callable[[int], Span | None]) -> None:
        self._find = find
        self._starts: list[int] = []
        self._next = 0
        self.is_counted = False
        """Whether all were found, or more than `MOST`."""

    def __len__(self) -> int:
        return len(self._starts)

    def look_on(self) -> None:
        """Look for one more."""
        found = None if len(self) > MOST else self._find(self._next)
        if found is None:
            self.is_counted = True
        else:
            self._starts.append(found.start)
            self._next = found.end

    def place_of(self, match: Span) -> int:
        """The number of a match, from 1."""
        return bisect_right(self._starts, match.start)
