"""Lists as panels show them: rows with the words a reader needs, a page at a time.

Every function that lists takes `limit` and `offset`; none reads more rows than
it returns, apart from what a filter has to pass over.
"""

from annotator.store.lists.articles import (
    ArticleOrder,
    ArticleRow,
    article_row,
    articles,
    count_articles,
    search_articles,
)
from annotator.store.lists.claims import ClaimRow, claims
from annotator.store.lists.history import count_history, history, undone
from annotator.store.lists.links import LinkRow, describe, links
from annotator.store.lists.marks import MarkOrder, MarkRow, count_marks, mark_row, marks
from annotator.store.lists.shapes import Shape, density, shapes
from annotator.store.lists.sources import SourceRow, recent_sources, sources

__all__ = [
    "ArticleOrder",
    "ArticleRow",
    "ClaimRow",
    "LinkRow",
    "MarkOrder",
    "MarkRow",
    "Shape",
    "SourceRow",
    "article_row",
    "articles",
    "claims",
    "count_articles",
    "count_history",
    "count_marks",
    "density",
    "describe",
    "history",
    "links",
    "mark_row",
    "marks",
    "recent_sources",
    "search_articles",
    "shapes",
    "sources",
    "undone",
]
