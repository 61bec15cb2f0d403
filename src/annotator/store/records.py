"""Reads of whole records, by type and id."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, TypeVar, cast

from annotator.domain.errors import UserError
from annotator.domain.ids import AnnotatorId, ArticleId, LinkId, MarkId, PropositionId, SourceId
from annotator.domain.model import (
    Annotator,
    Article,
    Attribution,
    Identified,
    Link,
    Mark,
    Mention,
    Proposition,
    Record,
    Source,
)
from annotator.domain.runs import Run
from annotator.store.json_columns import spans_of
from annotator.store.rows import TABLES
from annotator.store.store import Store

__all__ = [
    "all_records",
    "all_runs",
    "annotators",
    "article",
    "attributions",
    "by_id",
    "by_ids",
    "count",
    "link",
    "links_of",
    "mark",
    "mentions_of",
    "proposition",
    "records",
    "source",
]

R = TypeVar("R", bound=Record)
Chains = dict[str, tuple[Attribution, ...]]
TextsOf = Callable[[Sequence[ArticleId]], Iterable[Mapping[ArticleId, str]]]
_PER_QUERY = 500
"""How many ids one statement asks for at most; SQLite allows 32,766 parameters."""
_PAGE = 100
"""Rows that are read at once of very many; more of them would not stay in the caches of a processor."""


def records(
    store: Store,
    record: type[R],
    where: str = "1",
    parameters: Sequence[object] = (),
    limit: int = -1,
) -> list[R]:
    """Records of a type by a condition on its table's columns, in id order; all without a limit.

    Marks come with their attribution, articles without their text.
    """
    table = TABLES[record]
    rows = store.query(
        f"SELECT {table.selected} FROM shown_{table.name} WHERE {where} ORDER BY id LIMIT {limit}", parameters
    )
    if not rows:
        return []
    beside: dict[str, Sequence[object]] = {}
    if record is Mark:
        beside["attribution"] = _of_each(rows, attributions(store, [row[0] for row in rows]))
    elif record is Article:
        beside["text"] = [""] * len(rows)
    return [*_run(record, rows, **beside)]


def all_records(store: Store, record: type[R]) -> Iterator[R]:
    """All records of a type in id order, with only some in memory; articles without their text."""
    return chain.from_iterable(all_runs(store, record))


def all_runs(
    store: Store, record: type[R], texts_of: TextsOf = lambda articles: [dict.fromkeys(articles, "")]
) -> Iterator[Run[R]]:
    """`all_records` by runs, articles with the texts that `texts_of` gives of some, a few at a time."""
    table = TABLES[record]
    page = f"SELECT {table.selected} FROM shown_{table.name} WHERE id > ? ORDER BY id LIMIT {_PAGE}"
    last = ""
    while rows := store.query(page, (last,)):
        last = rows[-1][0]
        if record is Article:
            start = 0
            for texts in texts_of([row[0] for row in rows]):
                yield _run(record, rows[start : start + len(texts)], text=[*texts.values()])
                start += len(texts)
        elif record is Mark:
            chains = _chains(store, "mark BETWEEN ? AND ?", (rows[0][0], last))
            yield _run(record, rows, attribution=_of_each(rows, chains))
        else:
            yield _run(record, rows)


def _run(record: type[R], rows: Sequence[Sequence[Any]], **beside: Sequence[Any]) -> Run[R]:
    return cast("Run[R]", TABLES[record].to_run(rows, **beside))


def by_id(store: Store, record: type[R], row_id: str) -> R:
    """One record. Raises UserError("no-such-row")."""
    found = records(store, record, "id = ?", (row_id,))
    if not found:
        raise UserError("no-such-row", table=TABLES[record].name, id=row_id)
    return found[0]


def by_ids(store: Store, record: type[R], ids: Sequence[str]) -> list[R]:
    """Records of the ids that are there, in id order within each 500."""
    found: list[R] = []
    for start in range(0, len(ids), _PER_QUERY):
        some = ids[start : start + _PER_QUERY]
        found += records(store, record, f"id IN ({', '.join('?' * len(some))})", some)
    return found


def mark(store: Store, mark_id: MarkId) -> Mark:
    """A mark with its chain."""
    return by_id(store, Mark, mark_id)


def source(store: Store, source_id: SourceId) -> Source:
    """A source."""
    return by_id(store, Source, source_id)


def proposition(store: Store, proposition_id: PropositionId) -> Proposition:
    """A claim node."""
    return by_id(store, Proposition, proposition_id)


def link(store: Store, link_id: LinkId) -> Link:
    """A link."""
    return by_id(store, Link, link_id)


def article(store: Store, article_id: ArticleId) -> Article:
    """An article without its text, which `text` reads."""
    return by_id(store, Article, article_id)


def annotators(store: Store) -> dict[AnnotatorId, str]:
    """The names of annotators by id."""
    return {row.id: row.name for row in records(store, Annotator)}


def attributions(store: Store, marks: Sequence[str]) -> Chains:
    """The chains of marks, speaker first; marks without one are left out."""
    found: Chains = {}
    for start in range(0, len(marks), _PER_QUERY):
        some = marks[start : start + _PER_QUERY]
        found |= _chains(store, f"mark IN ({', '.join('?' * len(some))})", some)
    return found


def _chains(store: Store, where: str, parameters: Sequence[str]) -> Chains:
    sql = f"SELECT mark, source, cue, mention FROM shown_attribution WHERE {where} ORDER BY mark, level"
    rows = store.query(sql, parameters)
    chains = [_chain(source, cue, mention) for _, source, cue, mention in rows]
    found: Chains = dict(zip([row[0] for row in rows], chains, strict=True))
    if len(found) < len(rows):  # some have more than one step
        found = {}
        for row, chain in zip(rows, chains, strict=True):
            found[row[0]] = found.get(row[0], ()) + chain
    return found


@lru_cache(1_000)
def _chain(source: SourceId | None, cue: str, mention: str) -> tuple[Attribution, ...]:
    """A chain of one step; most say no more than who speaks, and share it."""
    return (Attribution(source, spans_of(cue), spans_of(mention)),)


def _of_each(rows: Sequence[Sequence[str]], chains: Chains) -> list[tuple[Attribution, ...]]:
    return [chains.get(row[0], ()) for row in rows]


def mentions_of(store: Store, mark_id: MarkId) -> list[Mention]:
    """What a mark says about claims."""
    return records(store, Mention, "mark = ?", (mark_id,))


def links_of(store: Store, mark_id: MarkId) -> list[Link]:
    """The links that start or end at a mark."""
    return records(store, Link, "from_mark = ?1 OR to_mark = ?1", (mark_id,))


def count(store: Store, record: type[Identified]) -> int:
    """How many records of a type there are."""
    return int(store.query(f"SELECT count(*) FROM shown_{TABLES[record].name}")[0][0])
