"""Near copies among many new articles: sketches of all texts, put aside on disk so that memory stays flat."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import closing
from typing import NamedTuple

from annotator.domain.copies import SKETCH, sketch
from annotator.domain.ids import ArticleId
from annotator.store.copies import LONGEST, PossibleCopy, compared
from annotator.store.store import Store

_PAGE = 100
"""Texts that are read together."""
_ENOUGH = 2
"""Hashes that two sketches share before the texts are compared; near ones share half of them or more."""
_MOST = 50
"""How many texts with one hash are looked at: what more of them share is the foot of a page."""

_HOLDING = " UNION ALL ".join(
    [f"SELECT content FROM (SELECT content FROM held WHERE hash = ? LIMIT {_MOST})"] * SKETCH
)
"""The texts that hold some hashes, in one statement."""


class _Text(NamedTuple):
    """A text with the first article that has it."""

    content: int
    article: ArticleId
    number: int
    words: str


def copies_of_many(store: Store, articles: Collection[str]) -> Iterator[tuple[ArticleId, list[PossibleCopy]]]:
    """Each of the articles whose text nobody had before, with the earlier ones that are near to it.

    Reads every text of the project once, about a fifth of a millisecond for one of 2,000
    characters; the cost of an article does not follow how many there are.
    """
    wanted = set(articles)
    with closing(_Sketches()) as sketches:
        for text in _texts(store):
            own = sketch(text.words)
            if text.article in wanted:
                yield text.article, compared(store, text.words, sketches.near(own))
            sketches.keep(own, text)


def _texts(store: Store) -> Iterator[_Text]:
    """All texts that articles have, in the order in which they came."""
    last = 0
    while page := store.query(
        "SELECT c.id, a.id, min(a.number), c.text FROM main.content c JOIN shown_article a"
        " ON a.sha256 = c.sha256 WHERE c.id > ? AND c.length <= ? GROUP BY c.id ORDER BY c.id LIMIT ?",
        (last, LONGEST, _PAGE),
    ):
        yield from (_Text(content, ArticleId(row_id), *rest) for content, row_id, *rest in page)
        last = page[-1][0]


class _Sketches:
    """Which texts hold a hash."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("", isolation_level=None)
        for sql in (
            "PRAGMA journal_mode = OFF",
            "PRAGMA synchronous = OFF",
            "CREATE TABLE text (content INTEGER PRIMARY KEY, article TEXT, number INTEGER)",
            "CREATE TABLE held (hash INTEGER, content INTEGER, PRIMARY KEY (hash, content)) WITHOUT ROWID",
            "BEGIN",
        ):
            self._file.execute(sql)

    def close(self) -> None:
        self._file.close()

    def keep(self, hashes: list[int], text: _Text) -> None:
        self._file.execute("INSERT INTO text VALUES (?, ?, ?)", text[:3])
        self._file.executemany("INSERT INTO held VALUES (?, ?)", [(one, text.content) for one in hashes])

    def near(self, hashes: list[int]) -> list[tuple[ArticleId, int]]:
        """The articles, with their numbers, whose texts share the most hashes with these."""
        rows = self._file.execute(_HOLDING, [*hashes, *[None] * (SKETCH - len(hashes))])
        shared = Counter(content for (content,) in rows)
        enough = min(_ENOUGH, len(hashes))
        likely = [content for content, count in shared.most_common() if count >= enough]
        named = "SELECT article, number FROM text WHERE content = ?"
        return [self._file.execute(named, (content,)).fetchone() for content in likely]
