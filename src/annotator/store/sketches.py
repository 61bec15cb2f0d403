"""Near copies among many new articles: sketches of all texts, put aside on disk so that memory stays flat."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from annotator.domain.copies import LONGEST, SKETCH, sketch
from annotator.domain.ids import ArticleId
from annotator.domain.temporary import temporary
from annotator.store import read
from annotator.store.copies import PossibleCopy, compared
from annotator.store.store import Store

_FILLING, _SORTING = 128, 2_000
"""KiB of the sketches that are in memory, which are only added to until they are sorted."""
_PAGE = 100
"""Texts that are read together."""
_ENOUGH = 2
"""Hashes that two sketches share before the texts are compared; near ones share half of them or more."""
_MOST = 50
"""How many texts with one hash are looked at: what more of them share is the foot of a page."""

_HOLDING = " UNION ALL ".join(
    [f"SELECT content FROM (SELECT content FROM held WHERE content < ?1 AND hash = ? LIMIT {_MOST})"] * SKETCH
)
"""The texts before one that hold some hashes, in one statement."""


class Comparison(NamedTuple):
    """The earlier articles that one is near to; before the first, what is told in pauses of the reading.

    left: how many articles may still be near to others, as far as that is known.
    """

    left: int
    article: ArticleId | None = None
    copies: Sequence[PossibleCopy] = ()


class Sketched(NamedTuple):
    """A text with the first article that has it."""

    content: int
    article: str
    number: int
    hashes: Sequence[int]


def copies_of_many(store: Store, sketches: Sketches, first: int, count: int) -> Iterator[Comparison]:
    """What the articles from a number on, so many, are near to, if nobody had their text before.

    sketches: of the texts that were stored last, as they came. Reads every text before those once,
    about a tenth of a millisecond for one of 2,000 characters; the cost of an article does not
    follow how many there are.
    """
    yield Comparison(count)
    for page in _pages(store, sketches.first):
        sketches.keep(page)
        yield Comparison(count)
    left = sketches.sort(first)
    for article, near in sketches.near():
        copies = compared(store, read.text(store, article), near) if near else ()
        yield Comparison(left, article, copies)
        left -= 1


def _pages(store: Store, end: int) -> Iterator[list[Sketched]]:
    """All texts before one that articles have, in the order in which they came."""
    last = 0
    while page := store.query(
        "SELECT c.id, a.id, min(a.number), c.text FROM main.content c JOIN shown_article a"
        " ON a.sha256 = c.sha256 WHERE c.id > ? AND c.id < ? AND c.length <= ?"
        " GROUP BY c.id ORDER BY c.id LIMIT ?",
        (last, end, LONGEST, _PAGE),
    ):
        yield [Sketched(content, article, number, sketch(text)) for content, article, number, text in page]
        last = page[-1][0]


class Sketches:
    """Which texts hold a hash: found by sorting, since a tree would be filled at random."""

    def __init__(self) -> None:
        self.first = sys.maxsize
        """The first text that is kept."""
        self._file = temporary(
            f"PRAGMA cache_size = -{_FILLING}",
            "CREATE TABLE text (content INTEGER PRIMARY KEY, article TEXT, number INTEGER, hashes INTEGER)",
            "CREATE TABLE held (hash INTEGER, content INTEGER)",
        )

    def close(self) -> None:
        self._file.close()

    def keep(self, texts: Sequence[Sketched]) -> None:
        self.first = min(self.first, texts[0].content)
        rows = [(*text[:3], len(text.hashes)) for text in texts]
        self._file.fill("INSERT INTO text", rows)
        held = [(one, text.content) for text in texts for one in text.hashes]
        self._file.fill("INSERT INTO held", held)

    def sort(self, first: int) -> int:
        """Find the texts of articles from a number on that share enough hashes; returns how many."""
        self._file.execute(f"PRAGMA cache_size = -{_SORTING}")
        self._file.execute("CREATE INDEX held_hash ON held (hash, content)")
        self._file.execute(
            "CREATE TABLE likely AS SELECT t.content, t.article, min(t.hashes, ?1) AS enough,"
            " json_group_array(h.hash) AS hashes"
            " FROM (SELECT hash FROM held GROUP BY hash HAVING count(*) > 1) s"
            " CROSS JOIN held h ON h.hash = s.hash CROSS JOIN text t ON t.content = h.content"
            " WHERE t.number >= ?2 GROUP BY t.content HAVING count(*) >= min(t.hashes, ?1)",
            (_ENOUGH, first),
        )
        return int(self._file.execute("SELECT count(*) FROM likely").fetchone()[0])

    def near(self) -> Iterator[tuple[ArticleId, list[tuple[ArticleId, int]]]]:
        """Those articles with the earlier ones, and their numbers, whose texts share the most hashes."""
        found = "SELECT content, article, enough, hashes FROM likely ORDER BY content"
        named = "SELECT article, number FROM text WHERE content = ?"
        for content, article, enough, listed in self._file.execute(found):
            hashes = sorted(json.loads(listed))
            rows = self._file.execute(_HOLDING, [content, *hashes, *[None] * (SKETCH - len(hashes))])
            shared = Counter(earlier for (earlier,) in rows)
            likely = [earlier for earlier, times in shared.most_common() if times >= enough]
            yield article, [self._file.execute(named, (earlier,)).fetchone() for earlier in likely]
