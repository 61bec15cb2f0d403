"""From one loose end to the next: in reading order, then what hangs on no place in a text."""

from __future__ import annotations

from typing import NamedTuple

from annotator.domain.checks import FIXES
from annotator.domain.ids import MarkId
from annotator.store.loose_ends.found import SELECTED, OpenEnd, open_end
from annotator.store.store import Store

_TEXTS = ""
"""Stands for a rule: what has a place in an article."""
_PARTS = (_TEXTS, *FIXES)
_LAST = 2**62


class Stop(NamedTuple):
    """A loose end the walk came to, and where that is.

    at: article, offset (-1 for the article itself), row and number of the loose
    end; the article is None where it hangs on a claim, a source or a link that
    starts at an exhibit.
    """

    row: OpenEnd
    at: tuple[str | None, int, str, int]

    @property
    def number(self) -> int:
        """The number of the loose end."""
        return self.at[3]


class Walk:
    """A round over the loose ends that are not quiet, onward (1) or back (-1).

    First what has a place in an article: the articles in the order in which they
    came, each from top to bottom, several at one mark in turn. Then the others,
    rule by rule as the list has them. Each step reads one row of an index.
    """

    def __init__(self, store: Store, direction: int) -> None:
        self._store = store
        self._is_onward = direction > 0
        self._parts = _PARTS if self._is_onward else _PARTS[::-1]

    def from_mark(self, mark: MarkId | None) -> Stop | None:
        """The next one beyond all that is open at a mark; without a mark, the first of the round."""
        place = self._store.query("SELECT article, start, id FROM shown_mark WHERE id = ?", (mark,))
        if not place:
            return self._first(self._parts)
        beyond = _LAST if self._is_onward else -1
        return self._in(_TEXTS, (*place[0], beyond)) or self._first(self._after(_TEXTS))

    def from_stop(self, stop: Stop) -> Stop | None:
        """The next one; what was found anew meanwhile counts as the one that was left."""
        found = self._next(stop)
        if found is not None and _same(found, stop):
            found = self._next(found)
        return found

    def _next(self, stop: Stop) -> Stop | None:
        part = _TEXTS if stop.at[0] is not None else stop.row.end.rule
        return self._in(part, stop.at) or self._first(self._after(part))

    def _after(self, part: str) -> tuple[str, ...]:
        """The other parts in the order of the round, then this one again."""
        place = self._parts.index(part) + 1
        return self._parts[place:] + self._parts[:place]

    def _first(self, parts: tuple[str, ...]) -> Stop | None:
        return next((found for part in parts if (found := self._in(part)) is not None), None)

    def _in(self, part: str, at: tuple[str | None, int, str, int] | None = None) -> Stop | None:
        """The first one of a part, or the first beyond a place in it."""
        order, sign = ("", ">") if self._is_onward else (" DESC", "<")
        columns: tuple[str, ...]
        if part == _TEXTS:
            columns, where = ("article", "place", "row", "id"), "loose_end_place WHERE article IS NOT NULL"
        else:
            columns, where = ("id",), "loose_end_rule WHERE article IS NULL AND rule = ?"
        beyond = at[-len(columns) :] if at else ()
        passed = f" AND ({', '.join(columns)}) {sign} ({', '.join('?' * len(columns))})" if at else ""
        rows = self._store.query(
            f"SELECT article, place, row, id, {SELECTED} FROM main.loose_end INDEXED BY {where}"
            f" AND quiet = 0{passed} ORDER BY {', '.join(name + order for name in columns)} LIMIT 1",
            (*([part] if part else []), *beyond),
        )
        return Stop(open_end(self._store, rows[0][4:]), rows[0][:4]) if rows else None


def _same(one: Stop, other: Stop) -> bool:
    return (one.row.end.rule, one.row.end.target) == (other.row.end.rule, other.row.end.target)
