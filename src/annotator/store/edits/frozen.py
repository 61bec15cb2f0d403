"""The older version of an article is kept as it was: its marks change no more."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.domain.errors import UserError
from annotator.domain.handles import handle
from annotator.domain.ids import ArticleId, MarkId
from annotator.store.json_columns import dump
from annotator.store.store import Store

_NEWER = (
    "SELECT a.number, n.number, n.id FROM main.article n JOIN main.article a ON a.id = n.version_of"
    " WHERE n.version_of IN ({}) ORDER BY n.number LIMIT 1"
)


def require_open_article(store: Store, article: ArticleId) -> None:
    """Raise UserError("article-frozen") where an article has a newer version."""
    _refuse(store.query(_NEWER.format("?"), (article,)))


def require_open_marks(store: Store, marks: Iterable[MarkId]) -> None:
    """Raise UserError("article-frozen") where a mark stands in an article that has a newer version."""
    articles = "SELECT m.article FROM json_each(?) e CROSS JOIN main.mark m ON m.id = e.value"
    _refuse(store.query(_NEWER.format(articles), (dump(list(marks)),)))


def _refuse(found: list[tuple[int, int, str]]) -> None:
    for older, newer, article in found:
        raise UserError(
            "article-frozen", older=handle("article", older), newer=handle("article", newer), article=article
        )
