"""How many marks of each label, or of each stance, fall to each outlet, source, owner or month."""

from __future__ import annotations

from collections import Counter
from typing import Literal, NamedTuple

from annotator.domain.facts import Facts
from annotator.domain.ids import MarkId, SourceId
from annotator.domain.model import Source
from annotator.domain.voices import owner
from annotator.store import conditions, read
from annotator.store.json_columns import dump
from annotator.store.lists import Places
from annotator.store.store import Store

Row = Literal["label", "stance"]
Column = Literal["outlet", "source", "owner", "month"]

NOBODY = ""
"""The column of marks whose outlet, source or month is not known."""


class Pivot(NamedTuple):
    """Counts by row and column. Rows and columns have the most frequent first, `NOBODY` last.

    Columns are ids of sources, or months such as 2024-05; `names` says what to call them.
    """

    rows: list[str]
    columns: list[str]
    counts: dict[tuple[str, str], int]
    names: dict[str, str]

    def total(self, *, row: str | None = None, column: str | None = None) -> int:
        """The sum of a row, of a column, or of all."""
        return sum(
            count
            for (one, other), count in self.counts.items()
            if row in (None, one) and column in (None, other)
        )


_DENIALS = "SELECT value FROM json_each(:denials)"
_STANCES = f"SELECT DISTINCT mark, proposition, stance FROM ({conditions.STATED.format(denials=_DENIALS)})"
_ROWS = {"label": ("m.label", ""), "stance": ("n.stance", f" JOIN ({_STANCES}) n ON n.mark = m.id")}
_SPEAKER = " LEFT JOIN shown_attribution b ON b.mark = m.id AND b.level = 0"
_COLUMNS = {
    "outlet": ("coalesce(a.outlet, '')", " JOIN shown_article a ON a.id = m.article"),
    "source": ("coalesce(b.source, '')", _SPEAKER),
    "owner": ("coalesce(b.source, '')", _SPEAKER),
    "month": ("coalesce(substr(a.date, 1, 7), '')", " JOIN shown_article a ON a.id = m.article"),
}
_AMONG = " AND (:among IS NULL OR m.rowid IN (SELECT value FROM json_each(:among)))"
_LAYERS = "m.label NOT IN (SELECT value FROM json_each(:layers))"


def pivot(store: Store, rows: Row, columns: Column, among: Places | None = None) -> Pivot:
    """Count the marks, or those at some places; by stance, what they do to claims. Layers are not counted.

    Reads every mark: give it a `Store.reader` of its own thread. `source` is the speaker as
    marked, `owner` the one it speaks for (`domain.voices`), `month` that of the article.
    """
    named = _sources(store)
    counts: Counter[tuple[str, str]] = Counter()
    row, joined = _ROWS[rows]
    column, also = _COLUMNS[columns]
    for label, value, count in store.query(
        f"SELECT {row}, {column}, count(*) FROM shown_mark m{joined}{also}"
        f" WHERE {_LAYERS}{_AMONG} GROUP BY 1, 2",
        _asked(store, among),
    ):
        counts[label, _owner(named, value) if columns == "owner" else value] += count
    names: dict[str, str] = {source.id: source.name for source in named.sources.values()}
    return Pivot(
        _by_frequency(counts, 0),
        _by_frequency(counts, 1),
        dict(counts),
        {key: names.get(key, key) for _, key in counts},
    )


def marks_in(
    store: Store,
    rows: Row,
    columns: Column,
    row: str,
    column: str,
    limit: int = 200,
    among: Places | None = None,
) -> list[MarkId]:
    """The marks that a cell counts, each once, in the order of articles and texts."""
    named = _sources(store) if columns == "owner" else None
    values = (
        [column] if named is None else [one for one in ("", *named.sources) if _owner(named, one) == column]
    )
    wanted, joined = _ROWS[rows]
    value, also = _COLUMNS[columns]
    title = "" if "shown_article" in also else " JOIN shown_article a ON a.id = m.article"
    return [
        MarkId(one)
        for (one,) in store.query(
            f"SELECT DISTINCT m.id FROM shown_mark m{joined}{also}{title}"
            f" WHERE {_LAYERS}{_AMONG} AND {wanted} = :row"
            f" AND {value} IN (SELECT value FROM json_each(:values))"
            " ORDER BY a.number, m.start, m.id LIMIT :limit",
            {
                **_asked(store, among),
                "row": row,
                "values": dump(values),
                "limit": limit,
            },
        )
    ]


def _asked(store: Store, among: Places | None) -> dict[str, str | None]:
    """What the conditions of all counts name."""
    scheme = read.scheme(store)
    return {
        "layers": dump([label.id for label in scheme.labels.values() if label.layer]),
        "denials": dump(conditions.denial_labels(scheme)),
        "among": None if among is None else dump(list(among)),
    }


def _sources(store: Store) -> Facts:
    return Facts.of(read.records(store, Source))


def _owner(facts: Facts, source: str) -> str:
    return owner(facts, SourceId(source)) if source else NOBODY


def _by_frequency(counts: Counter[tuple[str, str]], side: int) -> list[str]:
    sums: Counter[str] = Counter()
    for key, count in counts.items():
        sums[key[side]] += count
    return sorted(sums, key=lambda key: (key == NOBODY, -sums[key], key))
