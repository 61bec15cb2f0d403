"""Reads of single things: frozen records as they stand now, unsealed rows hidden."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TypeVar

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
from annotator.domain.paragraphs import ParagraphNumbers
from annotator.domain.scheme import Scheme
from annotator.store.rows import TABLES, spans_of
from annotator.store.store import Store

R = TypeVar("R", bound=Record)
_PER_QUERY = 500
"""How many ids one statement asks for at most; SQLite allows 32,766 parameters."""


def scheme(store: Store) -> Scheme:
    """The scheme in force, the one stored last; the default one where the project has none of its own yet."""
    rows = store.query(
        "SELECT s.id FROM main.scheme s WHERE EXISTS (SELECT 1 FROM shown_scheme WHERE id = s.id)"
        " ORDER BY s.rowid DESC LIMIT 1"
    )
    if not rows:
        return store.cached(("scheme", "default"), Scheme.default)
    row_id = str(rows[0][0])
    return store.cached(("scheme", row_id), lambda: _scheme_of(store, row_id))


def _scheme_of(store: Store, row_id: str) -> Scheme:
    data = store.query("SELECT data FROM main.scheme WHERE id = ?", (row_id,))[0][0]
    try:
        return Scheme(json.loads(data))
    except (ValueError, TypeError, RecursionError):
        raise UserError("row-unreadable", table="scheme", row=row_id) from None


def project_name(store: Store) -> str:
    """The name of the project; the file's stem where none was given."""
    rows = store.query("SELECT name FROM shown_project ORDER BY id LIMIT 1")
    return rows[0][0] if rows else (store.path.stem if store.path else "")


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
    fields = [table.fields(row) for row in rows]
    if record is Mark:
        chains = attributions(store, [row["id"] for row in fields])
        fields = [row | {"attribution": chains.get(row["id"], ())} for row in fields]
    if record is Article:
        fields = [row | {"text": ""} for row in fields]
    return [record(**row) for row in fields]


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


def is_there(store: Store, table: str, row_id: str) -> bool:
    """Whether a journaled table shows a row."""
    return bool(store.query(f"SELECT 1 FROM shown_{table} WHERE id = ?", (row_id,)))


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


def attributions(store: Store, marks: Sequence[str]) -> dict[str, tuple[Attribution, ...]]:
    """The chains of marks, speaker first; marks without one are left out."""
    found: dict[str, tuple[Attribution, ...]] = {}
    for start in range(0, len(marks), _PER_QUERY):
        some = marks[start : start + _PER_QUERY]
        rows = store.query(
            "SELECT mark, source, cue, mention FROM shown_attribution"
            f" WHERE mark IN ({', '.join('?' * len(some))}) ORDER BY mark, level",
            some,
        )
        for mark_id, source_id, cue, mention in rows:
            step = Attribution(source_id, spans_of(cue), spans_of(mention))
            found[mark_id] = (*found.get(mark_id, ()), step)
    return found


def text(store: Store, article_id: ArticleId) -> str:
    """The text of an article; the last few stay in memory, since texts never change."""
    sha256 = _sha256(store, article_id)
    return store.cached(("text", sha256), lambda: _content(store, sha256))


def paragraphs(store: Store, article_id: ArticleId) -> ParagraphNumbers:
    """The numbers of the paragraphs of an article, kept like its text."""
    sha256 = _sha256(store, article_id)
    return store.cached(("paragraphs", sha256), lambda: ParagraphNumbers(text(store, article_id)))


def _sha256(store: Store, article_id: ArticleId) -> str:
    rows = store.query("SELECT sha256 FROM shown_article WHERE id = ?", (article_id,))
    if not rows:
        raise UserError("no-such-row", table="article", id=article_id)
    return str(rows[0][0])


def _content(store: Store, sha256: str) -> str:
    return str(store.query("SELECT text FROM main.content WHERE sha256 = ?", (sha256,))[0][0])


def text_length(store: Store, article_id: ArticleId) -> int:
    """The length of an article in code points, without reading it."""
    rows = store.query(
        "SELECT length FROM main.content WHERE sha256 = (SELECT sha256 FROM shown_article WHERE id = ?)",
        (article_id,),
    )
    if not rows:
        raise UserError("no-such-row", table="article", id=article_id)
    return int(rows[0][0])


def mark_ids(store: Store, article_id: ArticleId) -> list[MarkId]:
    """All marks of an article in text order."""
    rows = store.query('SELECT id FROM shown_mark WHERE article = ? ORDER BY start, "end", id', (article_id,))
    return [MarkId(row[0]) for row in rows]


def mentions_of(store: Store, mark_id: MarkId) -> list[Mention]:
    """What a mark says about claims."""
    return records(store, Mention, "mark = ?", (mark_id,))


def links_of(store: Store, mark_id: MarkId) -> list[Link]:
    """The links that start or end at a mark."""
    return records(store, Link, "from_mark = ?1 OR to_mark = ?1", (mark_id,))


def count(store: Store, record: type[Identified]) -> int:
    """How many records of a type there are."""
    return int(store.query(f"SELECT count(*) FROM shown_{TABLES[record].name}")[0][0])
