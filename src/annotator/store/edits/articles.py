"""Edits of articles: what is known about a text; the text itself never changes."""

from __future__ import annotations

from typing import Any

from annotator.domain.errors import UserError
from annotator.domain.ids import ArticleId
from annotator.domain.model import Article
from annotator.domain.statuses import STATUSES
from annotator.store import read
from annotator.store.bulk import Progress
from annotator.store.edits.marks import delete_marks
from annotator.store.edits.removal import MANY, delete_many
from annotator.store.edits.rowwise import require, update
from annotator.store.store import Store

FIXED = ("text", "sha256", "origin", "original")
"""What import settled once and for all."""


def edit_article(store: Store, article: ArticleId, **changes: Any) -> None:
    """Change title, outlet, date and the like; the text and its origin cannot change.

    Raises UserError("reference-cycle") for a version of itself, through others too.
    """
    for field in changes:
        if field in FIXED:
            raise UserError("field-unknown", table="article", field=field)
    if "status" in changes:
        _check_status(changes["status"])
    with store.operation("edit-article", article=article, fields=sorted(changes)):
        update(store, Article, article, **changes)
        if changes.get("version_of"):
            _refuse_circle(store, article)


def set_status(store: Store, article: ArticleId, status: str) -> None:
    """Say how far the reading is: new, reading or done."""
    _check_status(status)
    with store.operation("set-status", article=article, status=status):
        update(store, Article, article, status=status)


def _refuse_circle(store: Store, article: ArticleId) -> None:
    rows = store.query(
        "WITH RECURSIVE before (id) AS (SELECT version_of FROM main.article WHERE id = :me"
        " UNION SELECT a.version_of FROM before b JOIN main.article a ON a.id = b.id)"
        " SELECT 1 FROM before WHERE id = :me",
        {"me": article},
    )
    if rows:
        raise UserError("reference-cycle", type="article", id=article)


def _check_status(status: str) -> None:
    if status not in STATUSES:
        raise UserError("status-unknown", status=status, statuses=STATUSES)


def delete_article(store: Store, article: ArticleId, progress: Progress | None = None) -> None:
    """Delete an article with its marks and their links. Raises UserError("article-has-versions").

    One of many marks is deleted in batches, which a worker may do; progress as in `Store.undo`.
    """
    require(store, "article", article)
    if store.query("SELECT 1 FROM main.article WHERE version_of = ?", (article,)):
        raise UserError("article-has-versions", article=article)
    marks = read.mark_ids(store, article)
    if len(marks) > MANY and not store.is_editing:
        delete_many(store, "delete-article", {"article": article}, marks, article, progress)
        return
    with store.operation("delete-article", article=article):
        delete_marks(store, marks)
        store.execute("DELETE FROM main.article WHERE id = ?", (article,))
