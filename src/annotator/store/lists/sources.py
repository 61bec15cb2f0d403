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


def recent_sources(store: Store, article: ArticleId, limit: int = 9) -> list[SourceRow]:
    """Sources for the picker: the last used first, then the others of this article."""
    rows = store.query(
        f"SELECT {_SOURCE_COLUMNS} JOIN (SELECT b.source, max(b.id) AS last,"
        " max(m.article = :article) AS here FROM shown_attribution b JOIN shown_mark m ON m.id = b.mark"
        " WHERE b.source IS NOT NULL GROUP BY b.source) u ON u.source = s.id"
        " ORDER BY u.last = (SELECT max(id) FROM main.attribution WHERE source IS NOT NULL) DESC,"
        " u.here DESC, u.last DESC LIMIT :limit",
        {"article": article, "limit": limit},
    )
    return [SourceRow(*row) for row in rows]
