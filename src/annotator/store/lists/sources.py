"""Sources as the panel and the picker show them."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.ids import ArticleId, SourceId
from annotator.store.lists import filters
from annotator.store.store import Store


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source with how often it speaks."""

    id: SourceId
    number: int
    name: str
    kind: str
    role: str | None
    affiliation: str | None
    marks: int


_SOURCE_COLUMNS = (
    "s.id, s.number, s.name, s.kind, s.role, f.name,"
    " (SELECT count(*) FROM shown_attribution b WHERE b.source = s.id)"
    " FROM shown_source s LEFT JOIN shown_source f ON f.id = s.affiliation"
)


def sources(
    store: Store, *, text: str = "", by_use: bool = False, limit: int = 200, offset: int = 0
) -> list[SourceRow]:
    """Sources whose name, alias, role or handle matches, by name or the most used first."""
    order = "7 DESC, s.name COLLATE NOCASE" if by_use else "s.name COLLATE NOCASE, s.id"
    rows = store.query(
        f"SELECT {_SOURCE_COLUMNS} WHERE {filters.holds('s.name', 's.role')}"
        f" OR {filters.quotes_hold('s.aliases')} OR 's' || s.number = :text"
        f" ORDER BY {order} LIMIT :limit OFFSET :offset",
        filters.words(text) | {"limit": limit, "offset": offset},
    )
    return [SourceRow(*row) for row in rows]


_LATELY = 200
"""In how many of its last uses a source is looked for in an article, so that the picker opens at once."""


def recent_sources(store: Store, article: ArticleId, limit: int = 9) -> list[SourceRow]:
    """Sources for the picker: the last used first, then those used in this article lately, then others."""
    rows = store.query(
        "WITH used (source, last, here) AS (SELECT s.id,"
        " (SELECT max(b.rowid) FROM main.attribution b WHERE b.source = s.id),"
        " EXISTS (SELECT 1 FROM (SELECT b.mark FROM main.attribution b WHERE b.source = s.id"
        " ORDER BY b.rowid DESC LIMIT :lately) b CROSS JOIN shown_mark m ON m.id = b.mark"
        " WHERE m.article = :article) FROM shown_source s),"
        " chosen (source, place) AS (SELECT source, row_number() OVER (ORDER BY"
        " last = (SELECT max(last) FROM used) DESC, here DESC, last DESC) FROM used"
        " WHERE last IS NOT NULL ORDER BY 2 LIMIT :limit)"
        f" SELECT {_SOURCE_COLUMNS} JOIN chosen u ON u.source = s.id ORDER BY u.place",
        {"article": article, "limit": limit, "lately": _LATELY},
    )
    return [SourceRow(*row) for row in rows]
