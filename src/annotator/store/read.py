"""Reads of single things: frozen records as they stand now, unsealed rows hidden.

What makes records is loaded with the first: the window is painted without one.
"""

from __future__ import annotations

import json
from importlib import import_module
from typing import TYPE_CHECKING

from annotator.domain.errors import UserError
from annotator.domain.ids import ArticleId, MarkId
from annotator.domain.paragraphs import ParagraphNumbers
from annotator.domain.scheme import Scheme
from annotator.domain.spans import Span
from annotator.store.json_columns import spans_of
from annotator.store.store import Store

if TYPE_CHECKING:
    from annotator.store.records import *  # noqa: F403


def __getattr__(name: str) -> object:
    if name.startswith("__"):  # which the import system asks for
        raise AttributeError(name)
    return getattr(import_module("annotator.store.records"), name)


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


def is_there(store: Store, table: str, row_id: str) -> bool:
    """Whether a journaled table shows a row."""
    return bool(store.query(f"SELECT 1 FROM shown_{table} WHERE id = ?", (row_id,)))


def text(store: Store, article_id: ArticleId) -> str:
    """The text of an article; the last few stay in memory, since texts never change."""
    return content(store, _sha256(store, article_id))


def content(store: Store, sha256: str) -> str:
    """The text of a hash, kept like that of an article."""
    return store.cached(("text", sha256), lambda: _content(store, sha256))


def language(store: Store, article_id: ArticleId) -> str | None:
    """The language an article is said to be in. Raises UserError("no-such-row")."""
    rows = store.query("SELECT language FROM shown_article WHERE id = ?", (article_id,))
    if not rows:
        raise UserError("no-such-row", table="article", id=article_id)
    found: str | None = rows[0][0]
    return found


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


def mark_place(store: Store, mark_id: MarkId) -> tuple[ArticleId, tuple[Span, ...]]:
    """The article of a mark and its pieces there. Raises UserError("no-such-row")."""
    rows = store.query("SELECT article, spans FROM shown_mark WHERE id = ?", (mark_id,))
    if not rows:
        raise UserError("no-such-row", table="mark", id=mark_id)
    return ArticleId(rows[0][0]), spans_of(rows[0][1])


def mark_ids(store: Store, article_id: ArticleId) -> list[MarkId]:
    """All marks of an article in text order."""
    rows = store.query('SELECT id FROM shown_mark WHERE article = ? ORDER BY start, "end", id', (article_id,))
    return [MarkId(row[0]) for row in rows]
