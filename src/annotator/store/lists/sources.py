"""Sources as the panel and the picker show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from annotator.domain.ids import ArticleId, SourceId
from annotator.domain.source_kinds import NAMELESS_KINDS
from annotator.store.json_columns import dump
from annotator.store.lists import filters
from annotator.store.lists.places import Places, is_settled, places, rows_at
from annotator.store.store import Store


class SourceRow(NamedTuple):
    """A source with how often it speaks, under all of its names."""

    id: SourceId
    number: int
    name: str
    kind: str
    role: str | None
    affiliation: str | None
    marks: int
    owner: str | None = None
    """For whom it speaks in the end, where that is another one."""


_MERGED = (
    "SELECT up.source, up.id AS first FROM (WITH RECURSIVE up (source, id) AS"
    " (SELECT id, same_as FROM shown_source WHERE same_as IS NOT NULL"
    " UNION SELECT up.source, s.same_as FROM up CROSS JOIN shown_source s ON s.id = up.id"
    " WHERE s.same_as IS NOT NULL) SELECT source, id FROM up) up"
    " CROSS JOIN shown_source e ON e.id = up.id WHERE e.same_as IS NULL"
)
"""The sources that were found to be others, and whom; those of a circle stand for themselves."""
_NAMES = (
    "WITH RECURSIVE one (id) AS (SELECT s.id UNION SELECT o.id FROM one CROSS JOIN shown_source o"
    " ON o.same_as = one.id) SELECT id FROM one"
)
"""A source and those that were found to be it."""
_OWNER = (
    "WITH RECURSIVE up (id, step) AS (SELECT s.id, 0 UNION ALL SELECT"
    " CASE WHEN u.same_as IS NOT NULL THEN u.same_as"
    f" WHEN u.kind NOT IN ({', '.join(map(repr, NAMELESS_KINDS))}) THEN u.affiliation END, up.step + 1"
    " FROM up CROSS JOIN shown_source u ON u.id = up.id WHERE up.step < 100)"
    " SELECT o.name FROM up CROSS JOIN shown_source o ON o.id = up.id"
    " WHERE up.step > 0 ORDER BY up.step DESC LIMIT 1"
)
"""The end of a source's chain (`domain.voices.owner`); in a circle some member of it."""


def source_places(store: Store, *, text: str = "", by_use: bool = False, limit: int = -1) -> Places:
    """The places of sources whose name, alias, role or handle matches, by name or the most used first.

    One that was found to be another stands under that one, which its names find.
    """
    where = f"s.id NOT IN (SELECT source FROM ({_MERGED}))"
    if text:
        match = f"({filters.holds(text, '{0}.name', '{0}.role', '{0}.aliases')} OR {{0}}.number = :number)"
        others = f"SELECT i.first FROM ({_MERGED}) i CROSS JOIN shown_source n ON n.id = i.source"
        where += f" AND ({match.format('s')} OR s.id IN ({others} WHERE {match.format('n')}))"
    used = f"{_marks(store)} DESC, " if by_use else ""
    return places(
        store,
        [f"SELECT s.rowid FROM shown_source s WHERE {where} ORDER BY {used}s.name COLLATE NOCASE, s.rowid"],
        filters.parameters(text) | {"number": filters.number("source", text)},
        limit,
    )


def sources_at(store: Store, some: Sequence[int]) -> list[SourceRow | None]:
    """The sources at some places; None where one is gone."""
    return rows_at(
        store,
        some,
        f"s.id, s.number, s.name, s.kind, s.role, f.name, {_marks(store)}, ({_OWNER}) FROM here"
        " CROSS JOIN shown_source s ON s.rowid = here.value LEFT JOIN shown_source f ON f.id = s.affiliation",
        lambda row: SourceRow(*row),
    )


def _marks(store: Store) -> str:
    """How many steps of chains name a source, under any of its names."""
    names = (
        f"CASE WHEN EXISTS (SELECT 1 FROM shown_source o WHERE o.same_as = s.id) THEN ({{}} IN ({_NAMES}))"
    )
    if is_settled(store):
        tally = "SELECT coalesce(sum(marks), 0) FROM main.source_tally WHERE source"
        return f"{names.format(tally)} ELSE ({tally} = s.id) END"
    count = "SELECT count(*) FROM shown_attribution b WHERE b.source"
    return f"{names.format(count)} ELSE ({count} = s.id) END"


def sources(
    store: Store, *, text: str = "", by_use: bool = False, limit: int = 200, offset: int = 0
) -> list[SourceRow]:
    """A stretch of the sources that `source_places` lists."""
    found = source_places(store, text=text, by_use=by_use, limit=offset + limit)
    return [row for row in sources_at(store, found[offset:]) if row]


_LATELY = 500
"""How many of the last uses of sources, and of the marks of an article, are looked at."""


def recent_sources(store: Store, article: ArticleId, limit: int = 9) -> list[SourceRow]:
    """Sources for the picker: the last used first, then those used in this article, then others used lately.

    Looks at the last uses and at so many marks of the article that the picker opens at once;
    where these name too few sources, the most used ones follow.
    """
    lately = _once_each(
        store,
        "SELECT source FROM (SELECT rowid AS used, source FROM main.attribution ORDER BY rowid DESC"
        f" LIMIT {_LATELY}) WHERE source IS NOT NULL ORDER BY used DESC",
    )
    here = _once_each(
        store,
        "SELECT b.source FROM (SELECT id FROM shown_mark WHERE article = :article"
        f" ORDER BY start DESC LIMIT {_LATELY}) m CROSS JOIN shown_attribution b ON b.mark = m.id"
        " WHERE b.source IS NOT NULL ORDER BY b.rowid DESC",
        {"article": article},
    )
    found = [*lately[:1], *here, *lately]
    if len(set(found)) < limit:
        most = f"SELECT source FROM main.source_tally ORDER BY marks DESC, source LIMIT {limit}"
        found += _once_each(store, most)
    return sources_of(store, list(dict.fromkeys(found)))[:limit]


def _once_each(store: Store, sql: str, parameters: Mapping[str, str] | tuple[()] = ()) -> list[SourceId]:
    return list(dict.fromkeys(SourceId(row[0]) for row in store.query(sql, parameters)))


def sources_of(store: Store, ids: Sequence[SourceId]) -> list[SourceRow]:
    """The sources with some ids, in their order, each once, without those that are gone.

    In the place of one that was found to be another stands that one.
    """
    sql = (
        f"SELECT s.rowid FROM json_each(:ids) i LEFT JOIN ({_MERGED}) m ON m.source = i.value"
        " CROSS JOIN shown_source s ON s.id = coalesce(m.first, i.value) ORDER BY i.key"
    )
    found = list(dict.fromkeys(row[0] for row in store.query(sql, {"ids": dump(list(ids))})))
    return [row for row in sources_at(store, found) if row]
