"""What follows from rows that come in bulk into an empty project, found out at once for all of a batch."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from annotator.store import format_2, format_2_ends, format_2_lists, format_3_ends
from annotator.store.schema import JOURNALED
from annotator.store.store import Store

_FOLLOWING = (
    {f"tally_{name}": event for name, event in format_2.TRIGGERS.items()}
    | {f"source_tally_{name}": event for name, event in format_2_lists.TRIGGERS.items()}
    | format_2_ends.TRIGGERS
    | format_3_ends.TRIGGERS
)
_TRIGGERS = {
    table: {
        name: event for name, event in _FOLLOWING.items() if event.startswith(f"AFTER INSERT ON {table} ")
    }
    for table in JOURNALED
}
"""The triggers that a new row of a table sets off, the journal's aside."""

_COUNTS = {
    "article": f"{format_2.MEASURED.format('a.rowid > :article')}"
    " ON CONFLICT DO UPDATE SET length = excluded.length, parts = excluded.parts",
    "mark": f"{format_2.COUNTED.format('NOT INDEXED WHERE m.rowid > :mark')}"
    " ON CONFLICT DO UPDATE SET marks = marks + excluded.marks, links = links + excluded.links",
    "link": format_2.LINKED.format("l.rowid > :link AND m.rowid <= :mark"),
    "attribution": format_2_lists.COUNTED_MORE.format("rowid > :attribution"),
}
"""What counts the rows beyond the last that was there before, by table and in order; links with their mark,
unless it was there before. Left to itself SQLite goes through an index of all rows to have them in groups."""


@contextmanager
def following_at_once(store: Store, tables: Collection[str]) -> Iterator[None]:
    """A part of a transaction in which rows of a bulk operation that carry it come into some tables.

    No row sets anything off meanwhile, which nobody outside of the transaction sees: all of the
    project is noted at its end, and what came is counted by statements. Triggers take as long as
    the rows themselves: with any there is SQLite copies what it is given before it inserts it, and
    keeps before-images (decisions 17 and 60).
    """
    meant = [table for table in JOURNALED if table in tables]
    last = {table: _last(store, table) for table in _COUNTS}
    for table in meant:
        for name in _TRIGGERS[table]:
            store.execute(f"DROP TRIGGER main.{name}")
    with store.unwatched(meant):
        yield
    for table in meant:
        for name, event in _TRIGGERS[table].items():
            store.execute(f"CREATE TRIGGER {name} {event}")
    for table, sql in _COUNTS.items():
        if table in tables:
            store.execute(sql, last)
    store.execute(format_2_ends.everything())


def _last(store: Store, table: str) -> int:
    return int(store.query(f"SELECT coalesce(max(rowid), 0) FROM main.{table}")[0][0])
