"""The whole file verified: pages, references, texts, quotes, and the ends of links."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from annotator.domain.errors import UserError
from annotator.domain.ids import ArticleId
from annotator.domain.model import Article, Link, Mark, PropositionLink
from annotator.domain.text import text_sha256
from annotator.store import format_2, format_2_lists, read
from annotator.store.schema import JOURNALED
from annotator.store.store import Store
from annotator.store.stretches import StoredText

MARKS_AT_ONCE = 25
MOST_FINDINGS = 100
"""How many findings of one sort are listed."""


COUNTERS = "damage-counters"
"""The code of damage that `count_anew` mends."""


@dataclass(frozen=True)
class Damage:
    """One thing that is wrong in a file: a code, and where."""

    code: str
    details: dict[str, Any] = field(default_factory=dict)


def damage(store: Store) -> list[Damage]:
    """All that is wrong in a project, each sort in the order of its rows.

    Reads every text and every mark; give it a `Store.snapshot`. A check that the
    state of the file makes impossible is itself listed, and the others go on.
    """
    found: list[Damage] = []
    for check in CHECKS:
        try:
            for number, one in enumerate(check(store)):
                if number == MOST_FINDINGS:
                    found.append(Damage("damage-more", {"like": one.code}))
                    break
                found.append(one)
        except (sqlite3.DatabaseError, UserError, ValueError, TypeError, KeyError) as error:
            found.append(
                Damage("damage-check-failed", {"check": check.__name__[1:], "reason": _reason(error)})
            )
    return found


def _reason(error: Exception) -> str:
    """What SQLite found, where one of our own errors tells it."""
    findings = error.details.get("findings") if isinstance(error, UserError) else None
    return "; ".join(map(str, findings)) if isinstance(findings, list) and findings else str(error)


def article_damage(store: Store, article: ArticleId) -> Iterator[Damage | None]:
    """What is wrong with the text of an article and the words of its marks, a few marks at a time.

    Yields None between the pages it reads, so that a caller can pause or stop. Nothing
    is wrong with an article that was taken away before the check began.
    """
    found = store.query(
        "SELECT c.id, a.sha256 FROM shown_article a LEFT JOIN main.content c ON c.sha256 = a.sha256"
        " WHERE a.id = ?",
        (article,),
    )
    if not found:
        return
    [(row, sha256)] = found
    if row is None:
        yield Damage("damage-text", {"article": article, "sha256": sha256})
        return
    text = StoredText(store, row)
    for _ in text.read_through():
        yield None
    if text.sha256 != sha256:
        yield Damage("damage-text", {"article": article, "sha256": sha256})
    for marks in _in_text_order(store, article):
        for mark in read.by_ids(store, Mark, marks):
            yield from _spans(mark, text)
        yield None


def _in_text_order(store: Store, article: ArticleId) -> Iterator[list[str]]:
    """The marks of an article, some at once; in text order, for which there is an index."""
    last: tuple[Any, ...] = (-1, -1, "")
    while page := store.query(
        'SELECT start, "end", id FROM shown_mark WHERE article = ? AND (start, "end", id) > (?, ?, ?)'
        ' ORDER BY start, "end", id LIMIT ?',
        (article, *last, MARKS_AT_ONCE),
    ):
        yield [row[2] for row in page]
        last = page[-1]


def content_damage(store: Store) -> Iterator[Damage | None]:
    """`article_damage` of every article, for a check in the background."""
    for (article,) in store.query("SELECT id FROM shown_article ORDER BY id"):
        yield from article_damage(store, article)


def _pages(store: Store) -> Iterator[Damage]:
    for (finding,) in store.query(f"PRAGMA main.integrity_check({MOST_FINDINGS})"):
        if finding != "ok":
            yield Damage("damage-pages", {"finding": finding})


def _references(store: Store) -> Iterator[Damage]:
    for table, rowid, target, _ in store.query("PRAGMA main.foreign_key_check"):
        rows = store.query(f"SELECT * FROM main.{table} WHERE rowid = ?", (rowid,))
        yield Damage("damage-reference", {"table": table, "row": rows[0][0], "target": target})


def _operations(store: Store) -> Iterator[Damage]:
    """Rows that a bulk operation is said to have made which is not in the history."""
    for table in JOURNALED:
        rows = store.query(
            f"SELECT id, operation FROM main.{table} WHERE operation IS NOT NULL"
            " AND operation NOT IN (SELECT id FROM main.operation) ORDER BY id"
        )
        for row, operation in rows:
            yield Damage("damage-operation", {"table": table, "row": row, "operation": operation})


def _texts(store: Store) -> Iterator[Damage]:
    for sha256, text, length in store.iterate("SELECT sha256, text, length FROM main.content ORDER BY id"):
        if text_sha256(text) != sha256 or len(text) != length:
            articles = store.query("SELECT id FROM shown_article WHERE sha256 = ? ORDER BY id", (sha256,))
            for (article,) in articles or [(None,)]:
                yield Damage("damage-text", {"article": article, "sha256": sha256})


def _originals(store: Store) -> Iterator[Damage]:
    for sha256, data in store.iterate("SELECT sha256, bytes FROM main.original ORDER BY sha256"):
        if hashlib.sha256(data).hexdigest() != sha256:
            yield Damage("damage-original", {"sha256": sha256})
    rows = store.query(
        "SELECT id, original FROM shown_article WHERE original IS NOT NULL"
        " AND original NOT IN (SELECT sha256 FROM main.original) ORDER BY id"
    )
    for article, sha256 in rows:
        yield Damage("damage-original-missing", {"article": article, "sha256": sha256})


def _marks(store: Store) -> Iterator[Damage]:
    """Quotes and spans, one article at a time."""
    for found in content_damage(store):
        if found is not None and found.code != "damage-text":
            yield found


def _spans(mark: Mark, text: StoredText) -> Iterator[Damage]:
    length = text.length
    if len(mark.spans) != len(mark.quotes) or not mark.spans:
        yield Damage("damage-quotes-count", {"mark": mark.id})
    for (start, end), quote in zip(mark.spans, mark.quotes, strict=False):
        place = {"mark": mark.id, "article": mark.article, "start": start, "end": end}
        if not 0 <= start < end <= length:
            yield Damage("damage-span", place | {"length": length})
        elif (found := text.piece(start, end)) != quote:
            yield Damage("damage-quote", place | {"quote": quote, "found": found})
    steps = [span for step in mark.attribution for span in (*step.cue, *step.mention)]
    for start, end in (*steps, *mark.hedges):
        if not 0 <= start < end <= length:
            place = {"mark": mark.id, "article": mark.article, "start": start, "end": end}
            yield Damage("damage-span", place | {"length": length})


def _regions(store: Store) -> Iterator[Damage]:
    for article in read.records(store, Article, "regions <> '[]'"):
        length = read.text_length(store, article.id)
        for region in article.regions:
            start, end = region.span
            if not 0 <= start <= end <= length:
                yield Damage(
                    "damage-region", {"article": article.id, "start": start, "end": end, "length": length}
                )


def _links(store: Store) -> Iterator[Damage]:
    """Ends that the kind of a link forbids; what the scheme does not know at all is a loose end."""
    scheme = read.scheme(store)
    labels = dict(store.query("SELECT id, label FROM shown_mark"))
    for link in read.records(store, Link):
        kind = scheme.link_kinds.get(link.kind)
        if kind is None:
            continue
        origin = labels.get(link.origin.id, link.origin.table)
        target = labels.get(link.target.id, link.target.table)
        if not (kind.starts_at(origin) and kind.ends_at(target)):
            yield Damage(
                "damage-link-ends", {"link": link.id, "kind": link.kind, "from": origin, "to": target}
            )
    for statement in read.records(store, PropositionLink):
        if statement.kind not in scheme.proposition_link_kinds:
            yield Damage("damage-link-kind", {"link": statement.id, "kind": statement.kind})


def _counters(store: Store) -> Iterator[Damage]:
    """Counters kept beside the project that do not tell what is there."""
    for table, kept, count in (
        ("article", "tally", format_2.COUNT.format("WHERE 1")),
        ("source", "source_tally", format_2_lists.COUNT),
    ):
        both = (
            "SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM counted)"
            " UNION ALL SELECT * FROM (SELECT * FROM counted EXCEPT SELECT * FROM kept)"
        )
        rows = store.query(
            f"WITH kept AS (SELECT * FROM main.{kept}), counted AS ({count})"
            f" SELECT DISTINCT {table} FROM ({both}) ORDER BY 1"
        )
        for (row,) in rows:
            yield Damage(COUNTERS, {"table": table, "row": row})


def count_anew(store: Store) -> None:
    """Mend the counters that are kept beside the project; they follow from the rest. Raises UserError."""
    with store.keeping():
        for table in ("tally", "extent", "source_tally"):
            store.execute(f"DELETE FROM main.{table}")
        for sql in (*format_2.FILL, format_2_lists.COUNTED):
            store.execute(sql)


CHECKS: tuple[Callable[[Store], Iterator[Damage]], ...] = (
    _pages,
    _references,
    _operations,
    _texts,
    _originals,
    _marks,
    _regions,
    _links,
    _counters,
)


def unfinished(store: Store) -> list[str]:
    """Names of operations that were cut short; they are taken back when next opened for writing."""
    return [row[0] for row in store.query("SELECT name FROM main.operation WHERE sealed = 0 ORDER BY id")]
