"""The claims of a project that say nearly what some words say.

An index in memory of sentences of claims and quotes of their mentions. It is
filled for some milliseconds at a time and follows every change.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from time import perf_counter
from typing import NamedTuple

from annotator.domain.dispute import dispute_map
from annotator.domain.ids import PropositionId
from annotator.store import lists
from annotator.store.claim_facts import claim_facts
from annotator.store.json_columns import dump
from annotator.store.search import indexed
from annotator.store.store import Change, Store

AT_ONCE = 25
"""Claims that are taken in between two looks at the clock."""
STEP_S = 0.008
"""How long claims are taken in at a time."""
_QUOTES = 50
"""How many quotes of the mentions of one claim are taken in."""
_WORDS = 60
"""How many words of a quote are looked for."""
RANKED = 50_000
"""How many matches are ranked, at 0.5 µs each: of words that have more, the rarest are looked for."""
_SPARE = 3
"""How many times as many are found as are wanted: some may be gone from the project since."""
_LEAST = 3
"""Letters of a word that is looked for, if there is a longer one."""
REMEMBERED = 10_000
"""How many touched rows are remembered until somebody asks; after more all claims are taken in anew."""


class NearClaim(NamedTuple):
    """A claim and what is said of it."""

    id: PropositionId
    number: int
    text: str
    said: int
    """How many marks assert it."""
    deniers: int
    """How many owners deny it."""
    first: str | None
    """The date of the article that spoke to it first."""


class ClaimMemory:
    """Finds claims by their words. Belongs to the thread of the window."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._index = sqlite3.connect(":memory:")
        self._index.execute(
            "CREATE VIRTUAL TABLE claim USING fts5(words, tokenize='porter unicode61 remove_diacritics 2')"
        )
        self._last = 0
        self.taken = 0
        """How many claims were taken in since they were last begun anew."""
        self._touched: set[tuple[str, str]] = set()
        self._is_stale = False
        self.is_whole = False
        self.stop: Callable[[], object] = store.subscribe(self._note)

    def fill(self) -> bool:
        """Take in more claims while there is time, and those that changed; whether all are there then."""
        until = perf_counter() + STEP_S
        self._renew()
        while not self.is_whole:
            self._take_some()
            if perf_counter() >= until:
                break
        return self.is_whole

    def nearest(self, words: str, limit: int = 9, besides: Iterable[PropositionId] = ()) -> list[NearClaim]:
        """The claims of those taken in that share most with some words, rare words counting more."""
        self._renew()
        sought = _quoted(words)
        if len(sought) * self.taken > RANKED:
            sought = self._rarest(sought)
        if not sought:
            return []
        passed = set(besides)
        rows = self._index.execute(
            "SELECT rowid FROM claim WHERE claim MATCH ? ORDER BY rank LIMIT ?",
            (" OR ".join(sought), _SPARE * limit + len(passed)),
        )
        found = lists.heads_at(self._store, [row[0] for row in rows])
        return told(self._store, [row for row in found if row and row.id not in passed][:limit])

    def _rarest(self, sought: Sequence[str]) -> list[str]:
        """The words that fewest claims have, but for those that none has."""
        count = "SELECT count(*) FROM claim WHERE claim MATCH ?"
        counts = {word: int(self._index.execute(count, (word,)).fetchone()[0]) for word in sought}
        rarest = sorted((word for word in sought if counts[word]), key=counts.__getitem__)
        sums = accumulate(counts[word] for word in rarest)
        return rarest[: max(1, sum(matches <= RANKED for matches in sums))]

    def _take_some(self) -> None:
        rows = self._store.query(
            "SELECT rowid FROM shown_proposition WHERE rowid > ? ORDER BY rowid LIMIT ?",
            (self._last, AT_ONCE),
        )
        places = [row[0] for row in rows]
        self._take_in(places)
        self._last = max(places, default=self._last)
        self.taken += len(places)
        self.is_whole = len(places) < AT_ONCE

    def _take_in(self, places: Sequence[int]) -> None:
        rows = self._store.query(
            "SELECT h.value, p.text, (SELECT json_group_array(q.value) FROM"
            " (SELECT m.quotes FROM shown_mention n CROSS JOIN shown_mark m ON m.id = n.mark"
            f" WHERE n.proposition = p.id LIMIT {_QUOTES}) m, json_each(m.quotes) q)"
            " FROM json_each(?) h CROSS JOIN shown_proposition p ON p.rowid = h.value",
            (dump(list(places)),),
        )
        self._index.executemany("DELETE FROM claim WHERE rowid = ?", [(place,) for place in places])
        self._index.executemany(
            "INSERT INTO claim (rowid, words) VALUES (?, ?)",
            [(place, indexed(f"{text}\n{quotes}")) for place, text, quotes in rows],
        )

    def _note(self, change: Change) -> None:
        """Remember what may have given claims other words; told on the thread of whoever wrote."""
        if not change.is_whole:
            self._is_stale = True
        for row in change.rows:
            if row.table == "mark":
                self._touched.add(("mark", row.id))
            elif row.table == "proposition":
                self._touched.add(("claim", row.id))
            elif row.table == "mention":
                images = (image for image in (row.old, row.new) if image)
                self._touched |= {("claim", str(image["proposition"])) for image in images}
        if len(self._touched) > REMEMBERED:
            self._is_stale, self._touched = True, set()

    def _renew(self) -> None:
        """Take in anew what was touched."""
        touched, self._touched = self._touched, set()
        if self._is_stale:
            self._index.execute("DELETE FROM claim")
            self._last, self.taken, self.is_whole, self._is_stale = 0, 0, False, False
        elif touched:
            rows = self._store.query(
                "SELECT p.rowid FROM json_each(:claims) h CROSS JOIN main.proposition p ON p.id = h.value"
                " UNION SELECT p.rowid FROM json_each(:marks) h CROSS JOIN main.mention n ON n.mark = h.value"
                " CROSS JOIN main.proposition p ON p.id = n.proposition",
                {
                    f"{table}s": dump(sorted(row for where, row in touched if where == table))
                    for table in ("claim", "mark")
                },
            )
            self._take_in([place for (place,) in rows if self.is_whole or place <= self._last])


def told(store: Store, rows: Sequence[lists.ClaimHead | lists.ClaimRow]) -> list[NearClaim]:
    """Claims with what is said of them, in the same order."""
    ids = [row.id for row in rows]
    boards = {board.id: board for board in dispute_map(claim_facts(store, ids)).claims} if ids else {}
    first = lists.first_said(store, ids)
    return [
        NearClaim(row.id, row.number, row.text, board.saying, board.deniers, first.get(row.id))
        for row in rows
        if (board := boards.get(row.id)) is not None
    ]


def _quoted(words: str) -> list[str]:
    """The words as FTS5 takes them, each once; short ones only where there are no others."""
    tokens = list(dict.fromkeys(re.findall(r"[^\W_]+", indexed(words).casefold())))
    long = [token for token in tokens if len(token) > _LEAST or not token.isascii()]
    return [f'"{token}"' for token in (long or tokens)[:_WORDS]]
